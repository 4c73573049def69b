namespace MultiStage.Build.Budgets;

/// <summary>What of an image a budget limits.</summary>
public enum BudgetMetric
{
    /// <summary>The whole image, in unpacked bytes.</summary>
    Total,
}

/// <summary>A limit on an image.</summary>
/// <param name="Metric">What is limited.</param>
/// <param name="Limit">The largest value that passes; bytes where the metric is a size.</param>
/// <param name="Property">The property that sets it, by which its line in the project is found.</param>
public sealed record Budget(BudgetMetric Metric, long Limit, string Property);

/// <summary>How an image stands to a budget.</summary>
/// <param name="Metric">What is limited.</param>
/// <param name="Property">The property that sets the limit.</param>
/// <param name="Value">What the image has, in the unit of <paramref name="Limit"/>.</param>
/// <param name="Limit">The largest value that passes.</param>
/// <param name="Passed">Whether the image keeps to it.</param>
public sealed record Verdict(BudgetMetric Metric, string Property, long Value, long Limit, bool Passed);
