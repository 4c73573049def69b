using System.Text.RegularExpressions;

namespace MultiStage.Build.Engines.Progress;

/// <summary>Says in one line why a step failed.</summary>
internal static partial class FailureText
{
    private const int LongestName = 100;

    /// <summary>The exit code and the line of the log that says most, or the builder's own words.</summary>
    /// <returns>One line.</returns>
    public static string Of(FailedStep step)
    {
        // The builder quotes the whole command, which the step's name already shows.
        var cause = ExitCode().Match(step.Error) is { Success: true } exit ? "exit code " + exit.Groups["code"].Value : Shorten(step.Error);
        return step.Log.Line is { } line ? $"{cause}: {line}" : cause;
    }

    /// <summary>The step's name, cut where a script begins to fill the message.</summary>
    public static string NameOf(FailedStep step)
    {
        var name = StepName.Parse(step.Name).Text;
        return name.Length <= LongestName ? name : name[..(LongestName - 3)].TrimEnd() + "...";
    }

    /// <summary>Takes the builder's own prefix off an error.</summary>
    /// <returns>What follows the prefix.</returns>
    public static string Shorten(string error) =>
        error.StartsWith("failed to solve: ", StringComparison.Ordinal) ? error["failed to solve: ".Length..] : error;

    [GeneratedRegex(@"(did not complete successfully: exit code: |returned a non-zero code: |exit status )(?<code>\d+)\s*$")]
    private static partial Regex ExitCode();
}
