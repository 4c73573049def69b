using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace MultiStage.Build.Dockerfiles.Reading;

/// <summary>The build arguments that a Dockerfile declares before its first stage, which alone may be used in <c>FROM</c>.</summary>
/// <param name="given">The build arguments of the build.</param>
internal sealed partial class DockerfileVariables(ImmutableSortedDictionary<string, string> given)
{
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    /// <summary>Takes in a declaration.</summary>
    /// <param name="arguments">What follows <c>ARG</c>: names, each with or without a value.</param>
    public void Declare(string arguments)
    {
        foreach (Match declared in Declaration().Matches(arguments))
        {
            var name = declared.Groups["name"].Value;
            _values[name] = given.TryGetValue(name, out var value) ? value : Expand(declared.Groups["value"].Value.Trim('"', '\''));
        }
    }

    /// <summary>Writes values in place of variables.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The text; what is not declared is empty, as it is for Docker.</returns>
    public string Expand(string text) => Variable().Replace(text, match =>
    {
        var value = _values.GetValueOrDefault(match.Groups["name"].Value + match.Groups["plain"].Value, "");
        var word = match.Groups["word"].Value;
        return match.Groups["modifier"].Value switch
        {
            "" => value,
            "-" or ":-" => value.Length > 0 ? value : Expand(word),
            _ => value.Length > 0 ? Expand(word) : "",
        };
    });

    [GeneratedRegex(@"(?<name>[A-Za-z_][A-Za-z0-9_]*)(=(?<value>""[^""]*""|'[^']*'|\S*))?", RegexOptions.CultureInvariant)]
    private static partial Regex Declaration();

    [GeneratedRegex(@"\$(\{(?<name>[A-Za-z_][A-Za-z0-9_]*)((?<modifier>:?[-+])(?<word>[^}]*))?\}|(?<plain>[A-Za-z_][A-Za-z0-9_]*))", RegexOptions.CultureInvariant)]
    private static partial Regex Variable();
}
