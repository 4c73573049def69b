using System.Text.RegularExpressions;

namespace MultiStage.Build.Tests.Reference;

/// <summary>The reference that the package carries: <c>sdk/README.md</c> and the pages in <c>sdk/docs</c>.</summary>
internal sealed partial class ReferenceDocument
{
    private static readonly Lock s_lock = new();

    /// <summary>The pages.</summary>
    public IReadOnlyList<ReferencePage> Pages { get; } =
    [
        .. Directory
            .EnumerateFiles(RepositoryRoot.Combine("sdk"), "*.md", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal)
            .Select(file => new ReferencePage(file)),
    ];

    /// <summary>The names that have an entry: those in code quotes in a heading, and in the first cell of a table's row.</summary>
    public IEnumerable<string> Entries => Pages.SelectMany(page => page.Entries);

    /// <summary>Every name in code quotes.</summary>
    public IEnumerable<string> Names =>
        Pages.SelectMany(page => QuotedName().Matches(string.Join('\n', page.Lines))).Select(match => match.Groups[1].Value);

    /// <summary>The targets that are parts of others, and have names of their own because a terminal shows them.</summary>
    public static IEnumerable<string> Phases =>
        QuotedName()
            .Matches(
                string.Join(
                    '\n',
                    new ReferenceDocument()
                        .Section("### Phases")
                        .Split('\n')
                        .Where(line => line.StartsWith("| `", StringComparison.Ordinal))
                        .Select(line => line.Split('|')[1])
                )
            )
            .Select(match => match.Groups[1].Value);

    /// <summary>The lines between a heading and the next one of its level.</summary>
    /// <param name="heading">The heading, with its number signs; one page has it.</param>
    /// <returns>The lines, joined by line feeds.</returns>
    public string Section(string heading)
    {
        var (page, start, end) = Find(heading);
        return string.Join('\n', page.Lines[start..end]);
    }

    /// <summary>Fails the test unless a part of a section is what it should be; with <c>UPDATE_SNAPSHOTS=1</c> it rewrites the part
    /// instead.</summary>
    /// <param name="heading">The section's heading, with its number signs; one page has it.</param>
    /// <param name="first">What the first line of the part begins with.</param>
    /// <param name="last">What the line after the part begins with; the section's end is one too.</param>
    /// <param name="expected">What the part should be, without a line feed at its end.</param>
    public static void Holds(string heading, string first, string last, string expected)
    {
        lock (s_lock)
        {
            var (page, start, end) = new ReferenceDocument().Find(heading);
            var from = Array.FindIndex(page.Lines, start, line => line.StartsWith(first, StringComparison.Ordinal));
            Assert.IsTrue(from >= 0 && from < end, $"{page.Name}, '{heading}': no line begins with '{first}'.");
            var to = Array.FindIndex(page.Lines, from + 1, end - from - 1, line => line.StartsWith(last, StringComparison.Ordinal));
            to = to < 0 ? end : to;
            if (Environment.GetEnvironmentVariable("UPDATE_SNAPSHOTS") == "1")
            {
                File.WriteAllLines(page.File, [.. page.Lines[..from], .. expected.Split('\n'), .. page.Lines[to..]]);
                return;
            }

            Assert.AreEqual(
                expected,
                string.Join('\n', page.Lines[from..to]),
                $"{page.Name}, '{heading}'. UPDATE_SNAPSHOTS=1 rewrites it."
            );
        }
    }

    private (ReferencePage Page, int Start, int End) Find(string heading)
    {
        var pages = Pages.Where(page => Array.IndexOf(page.Lines, heading) >= 0).ToList();
        Assert.HasCount(1, pages, $"'{heading}' is a heading of {pages.Count} pages.");
        var lines = pages[0].Lines;
        var start = Array.IndexOf(lines, heading) + 1;
        var level = heading[..(heading.IndexOf(' ', StringComparison.Ordinal) + 1)];
        var end = Array.FindIndex(lines, start, line => line.StartsWith(level, StringComparison.Ordinal));
        return (pages[0], start, end < 0 ? lines.Length : end);
    }

    [GeneratedRegex("`([A-Za-z_][A-Za-z0-9_]*)`", RegexOptions.CultureInvariant)]
    private static partial Regex QuotedName();
}
