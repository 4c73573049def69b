using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace MultiStage.Build.Projects.Evaluation;

/// <summary>What a project most likely wants of several, for a message that suggests it.</summary>
public static partial class LikelyChoice
{
    /// <summary>Chooses a framework: the newest .NET that runs on every system.</summary>
    /// <param name="frameworks">The frameworks; at least one.</param>
    public static string Framework(IReadOnlyList<string> frameworks) =>
        frameworks.Where(framework => Portable().IsMatch(framework)).MaxBy(framework => Version.Parse(framework["net".Length..]))
        ?? frameworks[0];

    /// <summary>Chooses a runtime identifier: Linux, and this machine's own processor, on which the image can be tried.</summary>
    /// <returns>One of them, or the one that fits the machine where none is Linux's.</returns>
    public static string Runtime(IReadOnlyList<string> identifiers, Architecture machine)
    {
        var own = $"linux-{machine.ToString().ToLowerInvariant()}";
        return identifiers.Contains(own) ? own : identifiers.FirstOrDefault(id => id.StartsWith("linux-", StringComparison.Ordinal), own);
    }

    [GeneratedRegex(@"^net\d+\.\d+$", RegexOptions.CultureInvariant)]
    private static partial Regex Portable();
}
