using MultiStage.Build.Measurement;

namespace MultiStage.Build.Budgets;

/// <summary>Says when a measurement is not exact enough for the budgets.</summary>
public static class SizeGate
{
    // What symlink targets may add to a size that lacks them. Debian has 21 kB of them in 167 MB; a hundred times that is 1 %.
    private const long Percent = 100;
    private const long AtLeast = 100_000;

    /// <summary>
    /// Whether a verdict could be another one if the image were measured to the byte. A size that may be a little too small breaks a budget for certain, but
    /// keeps it for certain only with room to spare.
    /// </summary>
    /// <param name="measured">What was measured, quickly.</param>
    /// <param name="budgets">The limits.</param>
    /// <returns>Whether the image should be read from end to end.</returns>
    public static bool IsTooClose(MeasuredImage measured, IEnumerable<Budget> budgets) =>
        !measured.Sizes.Exact && budgets.Any(budget => IsClose(measured, budget));

    private static bool IsClose(MeasuredImage measured, Budget budget) =>
        budget.Metric is BudgetMetric.Total or BudgetMetric.App or BudgetMetric.Layer
        && MetricValue.Of(measured, budget).Value is { } value
        && (IsJustBelow(value, budget.Limit) || (budget.WarnAt is { } point && IsJustBelow(value, point)));

    private static bool IsJustBelow(long value, long limit) => value <= limit && limit - value < AtLeast + value / Percent;
}
