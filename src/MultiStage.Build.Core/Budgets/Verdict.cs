using System.Text.Json.Serialization;
using MultiStage.Build.Budgets.Waivers;

namespace MultiStage.Build.Budgets;

/// <summary>How an image stands to a budget.</summary>
/// <param name="Metric">What is limited.</param>
/// <param name="Property">The property or item that sets the limit.</param>
/// <param name="Value">What the image has, in the unit of <paramref name="Limit"/>; null where it could not be measured.</param>
/// <param name="Limit">The largest value that passes.</param>
/// <param name="Status">How it stands.</param>
public sealed record Verdict(BudgetMetric Metric, string Property, long? Value, long Limit, VerdictStatus Status)
{
    /// <summary>The name of a path budget, the stage of a stage budget; null for other metrics.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Name { get; init; }

    /// <summary>The pattern of a path budget; null for other metrics.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Path { get; init; }

    /// <summary>The largest value that passes without a warning; null where none was asked for.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? WarnAt { get; init; }

    /// <summary>Whether <see cref="Value"/> is an estimate: right within a few percent, and marked as one wherever it is shown.</summary>
    public bool IsEstimate { get; init; }

    /// <summary>Why the value could not be measured, one clause; null where it was.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Reason { get; init; }

    /// <summary>The waiver that is about this budget, whether it counts or not; null where there is none.</summary>
    public AppliedWaiver? Waiver { get; init; }

    /// <summary>Whether the image may be delivered as far as this budget goes. A waiver that is over stops it even where the budget is kept.</summary>
    [JsonIgnore]
    public bool Passed => Status is not (VerdictStatus.Failed or VerdictStatus.NotMeasured) && Waiver is not { IsOver: true };

    /// <summary>Whether <see cref="Value"/> and <see cref="Limit"/> count layers instead of bytes.</summary>
    [JsonIgnore]
    public bool IsCount => Metric == BudgetMetric.LayerCount;
}
