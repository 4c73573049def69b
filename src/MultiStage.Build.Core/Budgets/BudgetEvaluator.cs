using System.Collections.Immutable;
using MultiStage.Build.Measurement;

namespace MultiStage.Build.Budgets;

/// <summary>Holds images against budgets (pure).</summary>
public static class BudgetEvaluator
{
    /// <summary>Holds an image against budgets. An image as large as its limit passes.</summary>
    /// <param name="sizes">The image's sizes.</param>
    /// <param name="budgets">The limits.</param>
    /// <returns>One verdict for each budget, in their order.</returns>
    public static ImmutableArray<Verdict> Evaluate(ImageSizes sizes, IEnumerable<Budget> budgets) => [.. budgets.Select(budget => Evaluate(sizes, budget))];

    private static Verdict Evaluate(ImageSizes sizes, Budget budget)
    {
        var value = budget.Metric switch
        {
            BudgetMetric.Total => sizes.Total,
            _ => throw new ArgumentOutOfRangeException(nameof(budget), budget.Metric, "There is no such metric."),
        };
        return new Verdict(budget.Metric, budget.Property, value, budget.Limit, value <= budget.Limit);
    }
}
