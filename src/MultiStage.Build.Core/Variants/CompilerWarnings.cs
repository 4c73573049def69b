using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace MultiStage.Build.Variants;

/// <summary>The warnings of the trimming and native compilers, as they pass in the output of a build.</summary>
internal sealed partial class CompilerWarnings
{
    private readonly SortedSet<string> _lines = new(StringComparer.Ordinal);

    /// <summary>The warnings, each once: MSBuild repeats them at its end.</summary>
    public ImmutableArray<string> Lines => [.. _lines];

    /// <summary>Looks at a line.</summary>
    public void Read(string line)
    {
        if (Warning().Match(line) is { Success: true } match)
        {
            _lines.Add(match.Groups["text"].Value.Trim());
        }
    }

    // IL2xxx are the trimmer's, IL3xxx the native compiler's; the project in brackets at the end says nothing more.
    [GeneratedRegex(@"^\s*(?<text>.*?\bwarning IL[0-9]{4}\b.*?)(\s*\[[^\[\]]*\])?$", RegexOptions.CultureInvariant)]
    private static partial Regex Warning();
}
