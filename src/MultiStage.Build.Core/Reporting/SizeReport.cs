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

    /// <summary>The image's sizes.</summary>
    public ImageSizes Sizes => Measured.Sizes;

    /// <summary>Whether every budget is kept.</summary>
    public bool Passed => Verdicts.All(verdict => verdict.Passed);
}
