using System.Buffers;
using System.Text;

namespace MultiStage.Build.Context;

/// <summary>
/// Writes paths where Docker reads patterns: in ignore files and as sources of <c>COPY</c>. There they are matched in several ways, by the
/// daemon and by <c>docker</c> on any system: as Go's <c>filepath.Match</c> does, and by a regular expression that is made of the pattern.
/// </summary>
internal static class LiteralPattern
{
    private static readonly SearchValues<char> MakesAPattern = SearchValues.Create("*?[]^\\");

    /// <summary>Writes a path so that it matches itself alone.</summary>
    /// <param name="path">A path relative to the context, with forward slashes.</param>
    /// <returns>The pattern, which in an ignore file is still to be negated or not; the path itself, where nothing in it is
    /// special.</returns>
    public static string Of(string path)
    {
        if (!path.AsSpan().ContainsAny(MakesAPattern) && !path.StartsWith('!') && !path.StartsWith('#'))
        {
            return path;
        }

        var pattern = new StringBuilder();
        foreach (var c in path)
        {
            _ = c switch
            {
                // Classes, since a backslash is a slash to docker on Windows, and alone makes no pattern of a source.
                '[' or '+' or '(' or ')' or '|' or '{' or '}' => pattern.Append('[').Append(c).Append(']'),
                '!' or '#' when pattern.Length == 0 => pattern.Append('[').Append(c).Append(']'),
                // Even in a class these mean something to the ones or the others.
                '*' or '?' or '^' or '\\' => pattern.Append("[\\").Append(c).Append(']'),
                _ => pattern.Append(c),
            };
        }

        return pattern.ToString();
    }
}
