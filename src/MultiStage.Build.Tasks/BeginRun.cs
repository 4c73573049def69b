using Microsoft.Build.Framework;
using MultiStage.Build.Pipeline;

namespace MultiStage.Build.Tasks;

/// <summary>Gives this build a folder of its own for the pipeline's files, so that publishes which overlap never read each
/// other's.</summary>
[MSBuildMultiThreadableTask]
public sealed class BeginRun : MultiStageTask
{
    /// <summary>The folder, absolute: the other tasks' <see cref="MultiStageTask.PipelineDirectory"/>.</summary>
    [Output]
    public string Folder { get; private set; } = "";

    /// <inheritdoc />
    protected override Task RunAsync(TargetRun run, CancellationToken cancellationToken)
    {
        var files = PipelineRun.Begin(PipelineDirectory);
        // MSBuild disposes it when the build is over, whether it succeeded or not.
        ((IBuildEngine4)BuildEngine).RegisterTaskObject(
            files.Folder,
            files,
            RegisteredTaskObjectLifetime.Build,
            allowEarlyCollection: false
        );
        Folder = files.Folder;
        return Task.CompletedTask;
    }
}
