using System.Text.RegularExpressions;
using MultiStage.Build.Diagnostics;

namespace MultiStage.Build.Pipeline.Building;

/// <summary>Finds in what a failing step wrote a command that a target of the project runs and that the SDK image does not have.</summary>
internal static partial class MissingCommand
{
    /// <summary>Reads one line.</summary>
    /// <param name="line">What a step wrote.</param>
    /// <returns>The command, and what brings it; null where the line names none.</returns>
    public static Diagnostic? Find(string line) =>
        Shell().Match(line) is { Success: true } match
            ? Codes.CommandNotInImage.With(match.Groups["command"].Value, Packages(match))
            : null;

    private static string Packages(Match match) =>
        match.Groups["command"].Value is "node" or "npm" or "npx" ? "nodejs;npm" : match.Groups["command"].Value;

    // MSBuild writes a command into a script of this name and has the shell run it.
    [GeneratedRegex(@"/MSBuildTemp\S*\.cmd: (line \d+: )?(?<command>[\w.+-]+): (command )?not found\s*$", RegexOptions.CultureInvariant)]
    private static partial Regex Shell();
}
