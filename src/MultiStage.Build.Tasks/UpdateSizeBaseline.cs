using Microsoft.Build.Framework;
using MultiStage.Build.Budgets;
using MultiStage.Build.Budgets.Baselines;

namespace MultiStage.Build.Tasks;

/// <summary>Makes the image as it was measured the baseline of later ones.</summary>
[MSBuildMultiThreadableTask]
public sealed class UpdateSizeBaseline : SizeTask
{
    /// <inheritdoc />
    protected override Task RunAsync(CancellationToken cancellationToken)
    {
        var report = ReadSize();
        var written = PipelineFile.WriteText(BaselinePath, SizeBaselineFile.Write(SizeBaselines.Of(report.Measured)));
        var change = report.Comparison is { } comparison ? $" (was {SizeText.Of(comparison.TotalBytes)})" : "";
        Log.LogMessage(
            MessageImportance.High,
            "{0}{1}",
            ForTerminal,
            written
                ? $"{Place.Source}: {SizeText.Of(report.Sizes.Total)}{change}. Commit it."
                : $"{Place.Source} is up to date: {SizeText.Of(report.Sizes.Total)}."
        );
        return Task.CompletedTask;
    }
}
