using System.Collections.Immutable;
using MultiStage.Build.Budgets.Baselines;
using MultiStage.Build.Measurement;

namespace MultiStage.Build.Budgets;

/// <summary>An image that was measured and held against its budgets.</summary>
/// <param name="Verdicts">One verdict for each budget, in their order.</param>
internal sealed record BudgetedImage(MeasuredImage Measured, ImmutableArray<Verdict> Verdicts)
{
    /// <summary>How it compares with its baseline; null where there is none.</summary>
    public SizeComparison? Comparison { get; init; }
}
