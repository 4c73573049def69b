using System.Collections.Immutable;
using System.Text.RegularExpressions;
using MultiStage.Build.Context;
using MultiStage.Build.Projects;

namespace MultiStage.Build.Dockerfiles.Reading;

/// <summary>Finds the instructions that may copy files at the context's root.</summary>
internal static partial class RootCopies
{
    /// <summary>Finds them.</summary>
    /// <returns>
    /// Where in the text the keyword of each <c>COPY</c> and <c>ADD</c> ends; none where the Dockerfile asks for a frontend of its own,
    /// which may not know the flags of the daemon's.
    /// </returns>
    public static ImmutableArray<int> Of(string text)
    {
        var dockerfile = DockerfileLexer.Read(text);
        var starts = text.Select((c, index) => c == '\n' ? index + 1 : 0).Where(start => start > 0).Prepend(0).ToList();
        return dockerfile.HasFrontend
            ? []
            :
            [
                .. dockerfile
                    .Instructions.Where(TakesRoot)
                    .Select(instruction => Keyword().Match(text, starts[instruction.Line - 1]))
                    .Where(keyword => keyword.Success)
                    .Select(keyword => keyword.Index + keyword.Length),
            ];
    }

    private static bool TakesRoot(DockerfileInstruction instruction) =>
        instruction.Keyword is "COPY" or "ADD"
        && instruction.Flag("--from") is null
        && StepText
            .Copy(instruction.Arguments)
            .Sources.SkipLast(1)
            .Any(source => source.Contains('$', StringComparison.Ordinal) || IsRoot(GoPath.Clean("/" + source)));

    // The root itself, or a pattern for what lies in it.
    private static bool IsRoot(string path) => path == "/" || (path.LastIndexOf('/') == 0 && path.AsSpan().ContainsAny('*', '?', '['));

    [GeneratedRegex(@"\G\uFEFF?[^\S\n]*(COPY|ADD)(?=\s)", RegexOptions.IgnoreCase)]
    private static partial Regex Keyword();
}
