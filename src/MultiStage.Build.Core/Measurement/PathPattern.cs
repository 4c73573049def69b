using System.Text;
using System.Text.RegularExpressions;
using MultiStage.Build.Diagnostics;

namespace MultiStage.Build.Measurement;

/// <summary>
/// A pattern of absolute paths in an image: <c>*</c> is any part of a name, <c>?</c> one character of it, <c>**</c> any number of folders.
/// A pattern that takes a folder takes all that lies below it. Case counts, as it does in Linux.
/// </summary>
internal sealed class PathPattern
{
    private static readonly char[] s_wildcards = ['*', '?'];

    private const int MostShown = 100;

    private readonly Regex _paths;
    private readonly string _literal;

    private PathPattern(Regex paths, string literal)
    {
        _paths = paths;
        _literal = literal;
    }

    /// <summary>Reads a pattern.</summary>
    /// <param name="pattern">The pattern, beginning with a slash.</param>
    /// <exception cref="MultiStageException"><see cref="Codes.ValueNotUnderstood"/>.</exception>
    /// <returns>The pattern, ready to be asked.</returns>
    public static PathPattern Parse(string pattern)
    {
        try
        {
            return Read(pattern);
        }
        catch (NotSupportedException)
        {
            // Thousands of wildcards would take a machine too large to build.
            throw Codes.ValueNotUnderstood.ErrorAbout(
                "ContainerPathBudget",
                "ContainerPathBudget Path",
                $"{pattern[..Math.Min(pattern.Length, MostShown)]}…",
                "a path with fewer wildcards, such as /app/wwwroot/**"
            );
        }
    }

    private static PathPattern Read(string pattern)
    {
        var names = pattern.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var expression = new StringBuilder("^");
        foreach (var name in names)
        {
            expression.Append(name == "**" ? "(?:/[^/]+)*" : "/" + Name(name));
        }

        var literal = string.Concat(names.TakeWhile(name => name.IndexOfAny(s_wildcards) < 0).Select(name => "/" + name));
        return new PathPattern(
            new Regex(
                expression.Append("(?:/.*)?$").ToString(),
                RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.Singleline
            ),
            literal
        );
    }

    /// <summary>Whether the pattern takes a file.</summary>
    /// <param name="path">The file's absolute path.</param>
    public bool Takes(string path) => _paths.IsMatch(path);

    /// <summary>Whether everything that the pattern can take lies in a folder.</summary>
    /// <param name="folder">The folder's absolute path.</param>
    public bool StaysIn(string folder) => (_literal + "/").StartsWith(folder.TrimEnd('/') + "/", StringComparison.Ordinal);

    private static string Name(string name)
    {
        var expression = new StringBuilder();
        foreach (var character in name)
        {
            expression.Append(
                character switch
                {
                    '*' => "[^/]*",
                    '?' => "[^/]",
                    _ => Regex.Escape(character.ToString()),
                }
            );
        }
        return expression.ToString();
    }
}
