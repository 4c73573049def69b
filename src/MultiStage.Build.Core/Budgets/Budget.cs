namespace MultiStage.Build.Budgets;

/// <summary>What of an image a budget limits, in the order in which verdicts and errors are told.</summary>
public enum BudgetMetric
{
    /// <summary>The whole image, in unpacked bytes.</summary>
    Total,

    /// <summary>What the app adds to its base image, in unpacked bytes.</summary>
    App,

    /// <summary>The largest layer that is not the base image's, in unpacked bytes.</summary>
    Layer,

    /// <summary>How many layers the image has, those of the base image among them.</summary>
    LayerCount,

    /// <summary>What a registry stores and a machine pulls that has no layer of it yet, in bytes.</summary>
    Compressed,

    /// <summary>What the image carries and no container sees, because the app's layers overwrite, delete or hide it, in unpacked bytes.</summary>
    Wasted,

    /// <summary>The files of the finished image whose paths a pattern takes, in unpacked bytes.</summary>
    Path,

    /// <summary>The image of one stage by itself, in unpacked bytes.</summary>
    Stage,

    /// <summary>How much the app grew over the baseline, in unpacked bytes.</summary>
    Growth,
}

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
