using MultiStage.Build.Projects;
using MultiStage.Build.Stages;

namespace MultiStage.Build.Dockerfiles.Writing;

/// <summary>Renders what a project's author wrote, to the letter, so that a Dockerfile's reader takes it as that and no more.</summary>
internal static class WrittenText
{
    private const string Continued = "    ";

    /// <summary>Renders an instruction that may go over several lines.</summary>
    public static List<string> Instruction(WrittenStep step) => Continue(step.Keyword, step.Lines);

    /// <summary>
    /// Renders a <c>RUN</c>. Lines that the shell reads as one stay one command; a script becomes a here-document, in which the shell sees
    /// each character as it is written, and which ends at the first command that fails.
    /// </summary>
    public static void Script(ScriptStep step, DockerfilePage page)
    {
        var start = string.Join(' ', step.Flags.Prepend("RUN"));
        if (step.IsOneLine)
        {
            page.Instruction(Continue(start, step.Lines));
            return;
        }

        var end = Delimiter(step.Lines);
        IEnumerable<string> options = step.Lines[0].StartsWith("#!", StringComparison.Ordinal) ? [] : ["set -e"];
        page.Document($"{start} <<{end}", [.. options, .. step.Lines], end);
    }

    // Docker passes over comments and empty lines within an instruction, which goes on in the line behind them. At its end they would let
    // it take in the next instruction.
    private static List<string> Continue(string start, IReadOnlyList<string> lines)
    {
        List<string> kept = [lines[0], .. lines.Skip(1).Reverse().SkipWhile(IsNothing).Reverse()];
        return
        [
            .. kept.Select(
                (line, index) =>
                    (index == 0 ? start + " " : Continued)
                    + (index == kept.Count - 1 ? Whole(line).TrimStart() : Whole(line).Trim() + " \\")
            ),
        ];
    }

    private static bool IsNothing(string line) => line.Trim() is "" or ['#', ..];

    private static string Whole(string line) => StepText.IsContinued(line) ? line[..^1].TrimEnd() : line;

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
