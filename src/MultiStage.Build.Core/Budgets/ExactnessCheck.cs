using MultiStage.Build.Budgets.Baselines;
using MultiStage.Build.Measurement;

namespace MultiStage.Build.Budgets;

/// <summary>Says when a measurement is not exact enough for the budgets.</summary>
internal static class ExactnessCheck
{
    // What symlink targets may add to a size that lacks them. Debian has 21 kB of them in 167 MB; a hundred times that is 1 %.
    private const long Percent = 100;
    private const long AtLeast = 100_000;

    /// <summary>
    /// Whether a verdict could be another one if the image, or what it is compared with, were measured to the byte. A size that may be a
    /// little
    /// too small breaks a budget for certain, but keeps it for certain only with room to spare. Of a growth, either size may be too small.
    /// </summary>
    /// <param name="measured">What was measured, quickly.</param>
    /// <param name="comparison">How the image compares with its baseline; null where there is none.</param>
    /// <returns>Whether a verdict is that close.</returns>
    public static bool IsTooClose(MeasuredImage measured, SizeComparison? comparison, IEnumerable<Budget> budgets) =>
        budgets.Any(budget => IsClose(budget.Kind.Value(measured, comparison, budget), budget));

    private static bool IsClose(MetricValue metric, Budget budget)
    {
        if (metric is not { Value: { } value, LayerBytes: { } bytes })
        {
            return false;
        }

        var slack = AtLeast + bytes / Percent;
        return IsNear(budget.Limit) || (budget.WarnAt is { } point && IsNear(point));

        bool IsNear(long limit) =>
            value <= limit ? limit - value < slack : budget.Kind.Needs == BudgetNeed.Baseline && value - limit < slack;
    }
}
