using System.Collections.Immutable;

namespace MultiStage.Build.Stages.Generated;

/// <summary>Plans a step that writes a file whose text is in the Dockerfile.</summary>
internal static class InlineFile
{
    /// <param name="path">The file's absolute path.</param>
    /// <param name="target">The builder; the classic one knows no files in a Dockerfile.</param>
    public static Step Plan(string path, ImmutableArray<string> lines, PlanTarget target) =>
        target is PlanTarget.BuildKit
            ? new FileStep(path, lines)
            : new RunStep([$@"mkdir -p {path[..path.LastIndexOf('/')]}/ && printf '%s\n'", .. lines.Select(ShellWord.Quote), $"> {path}"]);
}
