using Microsoft.Build.Framework;
using MultiStage.Build.Pipeline;

namespace MultiStage.Build.Tasks;

/// <summary>Tells the image's size: one line where it keeps its budgets, and what it is made of where it does not. Writes every
/// report.</summary>
[MSBuildMultiThreadableTask]
public sealed class ReportSize : MultiStageTask
{
    /// <summary><c>ContainerSizeReportDirectory</c>; empty for no copies.</summary>
    public string ReportDirectory { get; set; } = "";

    /// <inheritdoc />
    protected override Task RunAsync(TargetRun run, CancellationToken cancellationToken)
    {
        new ReportTarget(run) { Copies = ReportDirectory }.Run();
        return Task.CompletedTask;
    }
}
