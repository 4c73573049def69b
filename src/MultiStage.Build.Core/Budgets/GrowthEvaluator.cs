using MultiStage.Build.Budgets.Baselines;

namespace MultiStage.Build.Budgets;

/// <summary>Holds an image's growth against its budget (pure).</summary>
public static class GrowthEvaluator
{
    /// <summary>Holds the growth over a baseline against its budget.</summary>
    /// <param name="budget">The budget.</param>
    /// <param name="comparison">How the image compares with its baseline; null where there is no baseline.</param>
    /// <returns>
    /// The verdict. Its limit is what the budget allows over this baseline, in bytes. Without a baseline, or with one of something else, there is nothing to hold it
    /// against: that is told and breaks nothing, as a first image could not be built otherwise.
    /// </returns>
    public static Verdict Evaluate(GrowthBudget budget, SizeComparison? comparison) => comparison switch
    {
        null => Verdict(null, 0, VerdictStatus.NotCompared) with { Reason = "there is no baseline" },
        { NotComparedBecause: { } reason } => Verdict(null, budget.AllowedBytes(comparison.TotalBytes), VerdictStatus.NotCompared) with { Reason = reason },
        _ => Verdict(
            comparison.GrowthBytes,
            budget.AllowedBytes(comparison.TotalBytes),
            budget.Allows(comparison.GrowthBytes, comparison.TotalBytes) ? VerdictStatus.Passed : VerdictStatus.Failed),
    };

    private static Verdict Verdict(long? value, long limit, VerdictStatus status) => new(BudgetMetric.Growth, GrowthBudget.Property, value, limit, status);
}
