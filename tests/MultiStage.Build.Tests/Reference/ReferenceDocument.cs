using System.Text.RegularExpressions;

namespace MultiStage.Build.Tests.Reference;

/// <summary>The reference that the package carries, <c>sdk/README.md</c>.</summary>
internal sealed partial class ReferenceDocument
{
    private static readonly string s_path = RepositoryRoot.Combine("sdk", "README.md");

    private static readonly Lock s_lock = new();

    private readonly string[] _lines = File.ReadAllLines(s_path);

    /// <summary>Its text.</summary>
    public string Text => string.Join('\n', _lines);

    /// <summary>The names that have an entry: those in code quotes in a heading, and in the first cell of a table's row.</summary>
    public IEnumerable<string> Entries =>
        _lines
            .Select(line => EntryLine().Match(line))
            .Where(match => match.Success)
            .SelectMany(match => QuotedName().Matches(match.Value))
            .Select(match => match.Groups[1].Value);

    /// <summary>Every name in code quotes.</summary>
    public IEnumerable<string> Names => QuotedName().Matches(Text).Select(match => match.Groups[1].Value);

    /// <summary>The lines between a heading and the next one of its level.</summary>
    /// <param name="heading">The heading, with its number signs.</param>
    /// <returns>The lines, joined by line feeds.</returns>
    public string Section(string heading)
    {
        var (start, end) = Bounds(heading);
        return string.Join('\n', _lines[start..end]);
    }

    /// <summary>Fails the test unless a part of a section is what it should be; with <c>UPDATE_SNAPSHOTS=1</c> it rewrites the part
    /// instead.</summary>
    /// <param name="heading">The section's heading, with its number signs.</param>
    /// <param name="first">What the first line of the part begins with.</param>
    /// <param name="last">What the line after the part begins with; the section's end is one too.</param>
    /// <param name="expected">What the part should be, without a line feed at its end.</param>
    public static void Holds(string heading, string first, string last, string expected)
    {
        lock (s_lock)
        {
            var document = new ReferenceDocument();
            var (start, end) = document.Bounds(heading);
            var from = Array.FindIndex(document._lines, start, line => line.StartsWith(first, StringComparison.Ordinal));
            Assert.IsTrue(from >= 0 && from < end, $"'{heading}' has no line that begins with '{first}'.");
            var to = Array.FindIndex(document._lines, from + 1, end - from - 1, line => line.StartsWith(last, StringComparison.Ordinal));
            to = to < 0 ? end : to;
            if (Environment.GetEnvironmentVariable("UPDATE_SNAPSHOTS") == "1")
            {
                File.WriteAllLines(s_path, [.. document._lines[..from], .. expected.Split('\n'), .. document._lines[to..]]);
                return;
            }

            Assert.AreEqual(
                expected,
                string.Join('\n', document._lines[from..to]),
                $"sdk/README.md, '{heading}'. UPDATE_SNAPSHOTS=1 rewrites it."
            );
        }
    }

    private (int Start, int End) Bounds(string heading)
    {
        var start = Array.IndexOf(_lines, heading) + 1;
        Assert.IsGreaterThan(0, start, $"sdk/README.md has no heading '{heading}'.");
        var level = heading[..(heading.IndexOf(' ', StringComparison.Ordinal) + 1)];
        var end = Array.FindIndex(_lines, start, line => line.StartsWith(level, StringComparison.Ordinal));
        return (start, end < 0 ? _lines.Length : end);
    }

    [GeneratedRegex(@"^#{2,4} .*$|^\| `[^|]*\|", RegexOptions.CultureInvariant)]
    private static partial Regex EntryLine();

    [GeneratedRegex("`([A-Za-z_][A-Za-z0-9_]*)`", RegexOptions.CultureInvariant)]
    private static partial Regex QuotedName();
}
