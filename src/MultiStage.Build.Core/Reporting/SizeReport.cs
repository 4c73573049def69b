using System.Collections.Immutable;
using MultiStage.Build.Budgets;
using MultiStage.Build.Budgets.Baselines;
using MultiStage.Build.Budgets.Hints;
using MultiStage.Build.Measurement;

namespace MultiStage.Build.Reporting;

/// <summary>What there is to report of an image's size.</summary>
/// <param name="Image">The name and tag that the image is built for.</param>
/// <param name="Stage">The stage that was built; null where it is not known, such as for an image that something else built.</param>
/// <param name="Measured">What was measured. Its breakdown has a file of its own, <c>breakdown.json</c>, and is null where that is not
/// there.</param>
/// <param name="Verdicts">How it stands to its budgets; empty where it has none.</param>
internal sealed record SizeReport(string Image, string? Stage, MeasuredImage Measured, ImmutableArray<Verdict> Verdicts)
{
    /// <summary>How it compares with its baseline; null where there is none.</summary>
    public SizeComparison? Comparison { get; init; }

    /// <summary>What would make it smaller, the largest saving first.</summary>
    public ImmutableArray<SizeHint> Hints { get; init; } = [];

    /// <summary>How files and folders name its platform, where the image is for several; null where it is for one.</summary>
    public string? PlatformFolder { get; init; }

    /// <summary>The reports of all platforms, the worst first, on the one that stands for all; empty on every other.</summary>
    public ImmutableArray<SizeReport> Platforms { get; init; } = [];

    /// <summary>The folder of its files in that of the run; empty for the run's own.</summary>
    public string Folder => PlatformFolder is null ? "" : Path.Combine(PipelineFiles.Platforms, PlatformFolder);

    /// <summary>The image's sizes.</summary>
    public ImageSizes Sizes => Measured.Sizes;

    /// <summary>Whether every budget is kept.</summary>
    public bool Passed => Verdicts.All(verdict => verdict.Passed);

    /// <summary>Orders the reports of several platforms.</summary>
    /// <returns>First what breaks a budget, then what is closest to one, then what is largest.</returns>
    public static ImmutableArray<SizeReport> WorstFirst(IEnumerable<SizeReport> reports) =>
        [
            .. reports
                .OrderBy(report => report.Passed)
                .ThenByDescending(report => report.Verdicts.Select(VerdictText.Part).DefaultIfEmpty().Max())
                .ThenByDescending(report => report.Sizes.Total),
        ];
}
