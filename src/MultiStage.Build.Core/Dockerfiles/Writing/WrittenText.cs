using MultiStage.Build.Stages;

namespace MultiStage.Build.Dockerfiles.Writing;

/// <summary>Renders what a project's author wrote, to the letter, so that a Dockerfile's reader takes it as that and no more.</summary>
internal static class WrittenText
{
    private const string Continued = "    ";

    /// <summary>Renders an instruction that may go over several lines.</summary>
    /// <param name="step">The instruction.</param>
    /// <returns>Its lines.</returns>
    public static List<string> Instruction(WrittenStep step) => Continue(step.Keyword, step.Lines);

    /// <summary>
    /// Renders a <c>RUN</c>. Lines that the shell reads as one stay one command; a script becomes a here-document, in which the shell sees
    /// each character as it is written, and which ends at the first command that fails.
    /// </summary>
    /// <param name="step">The step.</param>
    /// <returns>Its lines.</returns>
    public static List<string> Script(ScriptStep step)
    {
        var start = string.Join(' ', step.Flags.Prepend("RUN"));
        if (step.IsOneLine && !MeansMoreToDocker(step.Lines))
        {
            return Continue(start, step.Lines);
        }

        var end = Delimiter(step.Lines);
        IEnumerable<string> options = step.Lines[0].StartsWith("#!", StringComparison.Ordinal) ? [] : ["set -e"];
        return [$"{start} <<{end}", .. options, .. step.Lines, end];
    }

    private static List<string> Continue(string start, IReadOnlyList<string> lines) =>
        [
            .. lines.Select(
                (line, index) =>
                    (index == 0 ? start + " " : Continued)
                    + (index == lines.Count - 1 ? line.TrimStart() : line.Trim().TrimEnd('\\').TrimEnd() + " \\")
            ),
        ];

    // A last backslash would take in the next instruction, and two angle brackets would begin a here-document.
    private static bool MeansMoreToDocker(IReadOnlyList<string> lines) =>
        lines[^1].EndsWith('\\')
        || lines.Any(line => line.Contains("<<", StringComparison.Ordinal) && !line.Contains("<<<", StringComparison.Ordinal));

    private static string Delimiter(IReadOnlyList<string> lines)
    {
        var end = "EOF";
        while (lines.Contains(end))
        {
            end += "_";
        }

        return end;
    }
}
