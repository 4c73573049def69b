using Microsoft.Build.Framework;
using MultiStage.Build.Pipeline;

namespace MultiStage.Build.Tasks;

/// <summary>
/// Measures the built image, compares it with its baseline, holds it against the budgets, and writes <c>size.json</c> and, where files had
/// to be known, <c>breakdown.json</c>.
/// </summary>
[MSBuildMultiThreadableTask]
public sealed class MeasureImage : MultiStageTask
{
    /// <summary>Whether the image's files should be known even where every budget is kept, for a report.</summary>
    public bool Explain { get; set; }

    /// <inheritdoc />
    protected override Task RunAsync(TargetRun run, CancellationToken cancellationToken) =>
        new MeasureTarget(run) { Explain = Explain }.RunAsync(cancellationToken);
}
