using Microsoft.Build.Framework;
using MultiStage.Build.Pipeline;

namespace MultiStage.Build.Tasks;

/// <summary>Reads what of the build context is sent to the builder, and adds it to <c>facts.json</c>. It follows the tasks that read what
/// is built.</summary>
[MSBuildMultiThreadableTask]
public sealed class CollectContextFacts : MultiStageTask
{
    /// <summary><c>ContainerBuildInputScope</c>; empty for <c>Repository</c>.</summary>
    public string BuildInputScope { get; set; } = "";

    /// <summary><c>ContainerBuildInput</c> items.</summary>
    public ITaskItem[] BuildInputs { get; set; } = [];

    /// <summary>What builds write on this machine: output folders as the project names them, and the folder of restored packages.</summary>
    public string[] OutputFolders { get; set; } = [];

    /// <summary><c>ContainerArchiveOutputPath</c>.</summary>
    public string ArchiveOutputPath { get; set; } = "";

    /// <inheritdoc />
    protected override Task RunAsync(TargetRun run, CancellationToken cancellationToken)
    {
        new ContextTarget(run)
        {
            BuildInputScope = BuildInputScope,
            BuildInputs = ProjectItems.Read(BuildInputs, "ContainerBuildInput"),
            OutputFolders = [.. OutputFolders],
            ArchiveOutputPath = ArchiveOutputPath,
        }.Run();
        return Task.CompletedTask;
    }
}
