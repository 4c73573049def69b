using System.Text.Json.Serialization;
using MultiStage.Build.Budgets;
using MultiStage.Build.Budgets.Waivers;

namespace MultiStage.Build.Reporting;

/// <summary>A verdict in <c>size.json</c>. The order of its parts is the order in the file.</summary>
internal sealed record VerdictEntry(BudgetKind Metric, string Property, long? Value, long Limit, VerdictStatus Status)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Name { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Path { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? WarnAt { get; init; }

    public bool IsEstimate { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Reason { get; init; }

    public AppliedWaiver? Waiver { get; init; }

    public static VerdictEntry Of(Verdict verdict) =>
        new(verdict.Kind, verdict.Property, verdict.Value, verdict.Limit, verdict.Status)
        {
            Name = verdict.Name,
            Path = verdict.Budget.Path,
            WarnAt = verdict.Budget.WarnAt,
            IsEstimate = verdict.IsEstimate,
            Reason = verdict.Reason,
            Waiver = verdict.Waiver,
        };

    public Verdict ToVerdict() =>
        new(
            new Budget(Metric, Limit)
            {
                Name = Name,
                Path = Path,
                WarnAt = WarnAt,
            },
            Value,
            Status
        )
        {
            IsEstimate = IsEstimate,
            Reason = Reason,
            Waiver = Waiver,
        };
}
