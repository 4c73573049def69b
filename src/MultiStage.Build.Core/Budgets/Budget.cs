using System.Text.Json.Serialization;
using MultiStage.Build.Images;

namespace MultiStage.Build.Budgets;

/// <summary>A limit on an image.</summary>
/// <param name="Limit">The largest value that passes, in the kind's unit.</param>
internal sealed record Budget([property: JsonPropertyName("metric")] BudgetKind Kind, long Limit)
{
    /// <summary>What tells it from others of its kind: the name of a path budget, the stage of a stage budget; null where there can be only
    /// one.</summary>
    public string? Name { get; init; }

    /// <summary>The pattern of a path budget, such as <c>/app/wwwroot/**</c>; null for other kinds.</summary>
    public string? Path { get; init; }

    /// <summary>The only platform that it is for, such as <c>linux/arm64</c>; null for every platform.</summary>
    public Platform? Platform { get; init; }

    /// <summary>The largest value that passes without a warning, in the unit of <see cref="Limit"/>; null where the limit itself
    /// is.</summary>
    public long? WarnAt { get; init; }
}
