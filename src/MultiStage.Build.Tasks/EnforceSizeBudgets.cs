using Microsoft.Build.Framework;
using MultiStage.Build.Pipeline;

namespace MultiStage.Build.Tasks;

/// <summary>Fails the build for each budget that the image breaks, before the image gets a name.</summary>
[MSBuildMultiThreadableTask]
public sealed class EnforceSizeBudgets : MultiStageTask
{
    /// <inheritdoc />
    protected override Task RunAsync(TargetRun run, CancellationToken cancellationToken) =>
        new EnforceTarget(run).RunAsync(cancellationToken);
}
