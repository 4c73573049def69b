using System.Text.RegularExpressions;

namespace MultiStage.Build.Tests.Reference;

/// <summary>One page of the reference.</summary>
/// <param name="file">Its absolute path.</param>
internal sealed partial class ReferencePage(string file)
{
    /// <summary>Its absolute path.</summary>
    public string File { get; } = file;

    /// <summary>Its path below the repository's root, with slashes.</summary>
    public string Name { get; } = Path.GetRelativePath(RepositoryRoot.Combine(), file).Replace('\\', '/');

    /// <summary>Its lines.</summary>
    public string[] Lines { get; } = System.IO.File.ReadAllLines(file);

    /// <summary>Its first heading.</summary>
    public string Title => Lines[0].TrimStart('#', ' ');

    /// <summary>The names that have an entry: those in code quotes in a heading, and in the first cell of a table's row.</summary>
    public IEnumerable<string> Entries =>
        Lines
            .Select(line => EntryLine().Match(line))
            .Where(match => match.Success)
            .SelectMany(match => QuotedName().Matches(match.Value))
            .Select(match => match.Groups[1].Value);

    /// <summary>The names of headings, as links lead to them.</summary>
    public IEnumerable<string> Anchors =>
        WithoutCode().Where(line => line.StartsWith('#')).Select(line => Anchor(line.TrimStart('#', ' ')));

    /// <summary>Where its relative links lead: a path, an anchor behind <c>#</c>, or both.</summary>
    public IEnumerable<string> Links =>
        WithoutCode()
            .SelectMany(line => Link().Matches(line))
            .Select(match => match.Groups[1].Value)
            .Where(target => !target.Contains("://", StringComparison.Ordinal));

    /// <summary>The anchor of a heading, as Markdown's readers make it.</summary>
    /// <param name="heading">The heading's text.</param>
    /// <returns>The anchor.</returns>
    public static string Anchor(string heading) => NotInAnchors().Replace(heading.ToLowerInvariant(), "").Replace(' ', '-');

    private IEnumerable<string> WithoutCode()
    {
        var code = false;
        foreach (var line in Lines)
        {
            var fence = line.TrimStart().StartsWith("```", StringComparison.Ordinal);
            code ^= fence;
            if (!code && !fence)
            {
                yield return line;
            }
        }
    }

    [GeneratedRegex(@"^#{2,4} .*$|^\| `[^|]*\|", RegexOptions.CultureInvariant)]
    private static partial Regex EntryLine();

    [GeneratedRegex("`([A-Za-z_][A-Za-z0-9_]*)`", RegexOptions.CultureInvariant)]
    private static partial Regex QuotedName();

    [GeneratedRegex(@"\]\(([^)\s]+)\)", RegexOptions.CultureInvariant)]
    private static partial Regex Link();

    [GeneratedRegex("[^a-z0-9_ -]", RegexOptions.CultureInvariant)]
    private static partial Regex NotInAnchors();
}
