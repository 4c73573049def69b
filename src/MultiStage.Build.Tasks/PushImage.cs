using Microsoft.Build.Framework;
using MultiStage.Build.Pipeline;

namespace MultiStage.Build.Tasks;

/// <summary>Gives an image that goes to a registry its names, and pushes it. It runs after the gate alone.</summary>
[MSBuildMultiThreadableTask]
public sealed class PushImage : MultiStageTask
{
    /// <inheritdoc />
    protected override Task RunAsync(TargetRun run, CancellationToken cancellationToken) => new PushTarget(run).RunAsync(cancellationToken);
}
