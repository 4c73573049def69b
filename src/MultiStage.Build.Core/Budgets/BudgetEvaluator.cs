using System.Collections.Immutable;
using MultiStage.Build.Budgets.Baselines;
using MultiStage.Build.Measurement;

namespace MultiStage.Build.Budgets;

/// <summary>Holds images against budgets (pure).</summary>
internal static class BudgetEvaluator
{
    /// <summary>Holds an image against budgets. An image as large as its limit passes.</summary>
    /// <param name="comparison">How the image compares with its baseline; null where there is none.</param>
    /// <returns>One verdict for each budget, in their order.</returns>
    public static ImmutableArray<Verdict> Evaluate(
        MeasuredImage measured,
        IEnumerable<Budget> budgets,
        SizeComparison? comparison = null
    ) => [.. budgets.Select(budget => Evaluate(budget.Kind.Value(measured, comparison, budget), budget))];

    private static Verdict Evaluate(MetricValue value, Budget budget) =>
        new(budget, value.Value, Status(value, budget)) { IsEstimate = value.Band > 0, Reason = value.Reason };

    // Only what is wrong at both ends of its band is wrong for certain.
    private static VerdictStatus Status(MetricValue metric, Budget budget) =>
        metric.Value switch
        {
            null => budget.Kind.WithoutValue,
            { } value when value - metric.Band > budget.Limit => VerdictStatus.Failed,
            { } value when value + metric.Band > budget.Limit || value > (budget.WarnAt ?? budget.Limit) => VerdictStatus.Warned,
            _ => VerdictStatus.Passed,
        };
}
