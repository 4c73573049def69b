using Microsoft.Build.Framework;

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
    protected override Task RunAsync(CancellationToken cancellationToken)
    {
        var run = PipelineRun.Begin(PipelineDirectory);
        // MSBuild disposes it when the build is over, whether it succeeded or not.
        ((IBuildEngine4)BuildEngine).RegisterTaskObject(run.Folder, run, RegisteredTaskObjectLifetime.Build, allowEarlyCollection: false);
        Folder = run.Folder;
        return Task.CompletedTask;
    }
}
