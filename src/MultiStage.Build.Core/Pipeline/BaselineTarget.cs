using MultiStage.Build.Budgets;
using MultiStage.Build.Budgets.Baselines;
using MultiStage.Build.Diagnostics;
using MultiStage.Build.Reporting;

namespace MultiStage.Build.Pipeline;

/// <summary><c>UpdateMultiStageSizeBaseline</c>: makes the image as it was measured the baseline of later ones.</summary>
public sealed class BaselineTarget(TargetRun run)
{
    /// <summary>Runs the target, which writes the baseline file.</summary>
    /// <exception cref="MultiStageException"><see cref="Codes.FileNotWritten"/>.</exception>
    public void Run()
    {
        foreach (var report in run.ReadSizes())
        {
            Write(report, report.PlatformFolder is { } platform ? run.ReadBaseline().For(platform) : run.ReadBaseline());
        }
    }

    private void Write(SizeReport report, BaselineSettings baseline)
    {
        var written = PipelineFile.WriteText(baseline.File, SizeBaselineFile.Write(SizeBaselines.Of(report.Measured)));
        var change = report.Comparison is { } comparison ? $" (was {SizeText.Of(comparison.TotalBytes)})" : "";
        run.Tell(
            written
                ? $"{baseline.Place.Source}: {SizeText.Of(report.Sizes.Total)}{change}. Commit it."
                : $"{baseline.Place.Source} is up to date: {SizeText.Of(report.Sizes.Total)}."
        );
    }
}
