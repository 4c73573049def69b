using System.Collections.Immutable;
using MultiStage.Build.Measurement;

namespace MultiStage.Build.Budgets;

/// <summary>Holds images against budgets (pure).</summary>
public static class BudgetEvaluator
{
    /// <summary>Holds an image against budgets. An image as large as its limit passes.</summary>
    /// <param name="measured">What was measured of the image.</param>
    /// <param name="budgets">The limits.</param>
    /// <returns>One verdict for each budget, in their order.</returns>
    public static ImmutableArray<Verdict> Evaluate(MeasuredImage measured, IEnumerable<Budget> budgets) => [.. budgets.Select(budget => Evaluate(measured, budget))];

    private static Verdict Evaluate(MeasuredImage measured, Budget budget)
    {
        var value = MetricValue.Of(measured, budget);
        return new Verdict(budget.Metric, budget.Property, value.Value, budget.Limit, Status(value, budget))
        {
            Name = budget.Name,
            Path = budget.Path,
            WarnAt = budget.WarnAt,
            IsEstimate = value.Band > 0,
            Reason = value.Reason,
        };
    }

    // Only what is wrong at both ends of its band is wrong for certain.
    private static VerdictStatus Status(MetricValue metric, Budget budget) => metric.Value switch
    {
        null => VerdictStatus.NotMeasured,
        { } value when value - metric.Band > budget.Limit => VerdictStatus.Failed,
        { } value when value + metric.Band > budget.Limit || value > (budget.WarnAt ?? budget.Limit) => VerdictStatus.Warned,
        _ => VerdictStatus.Passed,
    };
}
