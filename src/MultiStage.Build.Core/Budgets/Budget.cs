namespace MultiStage.Build.Budgets;

/// <summary>A limit on an image.</summary>
/// <param name="Metric">What is limited.</param>
/// <param name="Limit">The largest value that passes; layers where the metric is <see cref="BudgetMetric.LayerCount"/>, else bytes.</param>
/// <param name="Property">The property or item that sets it, by which its line in the project is found.</param>
public sealed record Budget(BudgetMetric Metric, long Limit, string Property)
{
    /// <summary>What tells it from others of its metric: the name of a path budget, the stage of a stage budget; null where there can be only one.</summary>
    public string? Name { get; init; }

    /// <summary>The pattern of a path budget, such as <c>/app/wwwroot/**</c>; null for other metrics.</summary>
    public string? Path { get; init; }

    /// <summary>The largest value that passes without a warning, in the unit of <see cref="Limit"/>; null where the limit itself is.</summary>
    public long? WarnAt { get; init; }
}
