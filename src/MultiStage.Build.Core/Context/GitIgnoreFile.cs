using System.Text;

namespace MultiStage.Build.Context;

/// <summary>
/// Says what a <c>.gitignore</c> says in patterns of a <c>.dockerignore</c>. Source of the rules: https://git-scm.com/docs/gitignore
/// They differ in two places: a pattern lets in a file again although its folder is left out, and letters match in their own case alone.
/// </summary>
internal static class GitIgnoreFile
{
    /// <summary>Translates the file of a folder in the context.</summary>
    /// <param name="folder">The folder, relative to the context; empty for the context itself.</param>
    /// <returns>The patterns, in the file's order.</returns>
    public static IEnumerable<string> Patterns(string text, string folder)
    {
        var prefix = folder.Length == 0 ? "" : LiteralPattern.Of(folder) + "/";
        return Lines(text).Select(line => line.Written(prefix, line.Body));
    }

    /// <summary>Translates the file of a folder above the context.</summary>
    /// <param name="context">The context, relative to the file's folder.</param>
    /// <returns>The patterns that may match in the context, in the file's order.</returns>
    public static IEnumerable<string> PatternsAbove(string text, string context) =>
        Lines(text)
            .Where(line => !line.IsAnchored || line.Body.StartsWith(context + "/", StringComparison.Ordinal))
            .Select(line => line.Written("", line.IsAnchored ? line.Body[(context.Length + 1)..] : line.Body));

    private static IEnumerable<Line> Lines(string text)
    {
        foreach (var raw in text.TrimStart('\uFEFF').Split('\n'))
        {
            var line = WithoutTrailingBlanks(raw.TrimEnd('\r'));
            var isNegated = line.StartsWith('!');
            var pattern = isNegated ? line[1..] : line;
            var isFolder = pattern.EndsWith('/');
            pattern = pattern.TrimEnd('/');
            var body = Translate(pattern.TrimStart('/'));
            // Git takes a pattern that it does not understand for one that matches nothing.
            if (body.Length > 0 && !line.StartsWith('#') && GoPath.FindSyntaxError(body) is null)
            {
                yield return new(body, isNegated, pattern.Contains('/', StringComparison.Ordinal), isFolder);
            }
        }
    }

    private static string WithoutTrailingBlanks(string line)
    {
        var end = line.Length;
        while (end > 0 && line[end - 1] == ' ' && (end < 2 || line[end - 2] != '\\'))
        {
            end--;
        }

        return line[..end];
    }

    private static string Translate(string pattern)
    {
        var text = new StringBuilder();
        for (var i = 0; i < pattern.Length; i++)
        {
            switch (pattern[i])
            {
                case '\\' when i + 1 < pattern.Length:
                    text.Append(LiteralPattern.Of(pattern[++i].ToString()));
                    break;
                case '\\':
                    break;
                case '[' when i + 1 < pattern.Length && pattern[i + 1] == '!':
                    text.Append("[^");
                    i++;
                    break;
                default:
                    text.Append(pattern[i]);
                    break;
            }
        }

        return text.ToString();
    }

    private readonly record struct Line(string Body, bool IsNegated, bool IsAnchored, bool IsFolder)
    {
        // What lies below the folder is left out and not its name: the pattern does not concern a file of that name.
        public string Written(string prefix, string body) =>
            (IsNegated ? "!" : "") + prefix + (IsAnchored ? "" : "**/") + body + (IsFolder && !IsNegated ? "/**" : "");
    }
}
