using Microsoft.Build.Framework;
using MultiStage.Build.Pipeline;

namespace MultiStage.Build.Tasks;

/// <summary>Makes the image as it was measured the baseline of later ones.</summary>
[MSBuildMultiThreadableTask]
public sealed class UpdateSizeBaseline : MultiStageTask
{
    /// <inheritdoc />
    protected override Task RunAsync(TargetRun run, CancellationToken cancellationToken)
    {
        new BaselineTarget(run).Run();
        return Task.CompletedTask;
    }
}
