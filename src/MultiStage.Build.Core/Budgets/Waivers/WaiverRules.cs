using System.Collections.Immutable;

namespace MultiStage.Build.Budgets.Waivers;

/// <summary>Lets waivers count (pure).</summary>
internal static class WaiverRules
{
    /// <summary>Marks the verdicts that a waiver is about. While it holds and the value is not above its ceiling, a broken budget is a
    /// waived one.</summary>
    /// <param name="baselineBytes">The baseline's total in bytes, of which a ceiling of growth may be a percentage; null where there is
    /// none.</param>
    /// <returns>The verdicts, in their order.</returns>
    public static ImmutableArray<Verdict> Apply(
        ImmutableArray<Verdict> verdicts,
        ImmutableArray<BudgetWaiver> waivers,
        long? baselineBytes,
        TimeProvider clock
    ) =>
        [
            .. verdicts.Select(verdict =>
                waivers.FirstOrDefault(waiver => waiver.IsFor(verdict.Property, verdict.Name)) is { } waiver
                    ? Apply(
                        verdict,
                        new AppliedWaiver(
                            waiver.Until,
                            waiver.Reason,
                            waiver.CeilingOver(baselineBytes),
                            IsOver: !waiver.HoldsAt(clock.GetUtcNow())
                        )
                    )
                    : verdict
            ),
        ];

    private static Verdict Apply(Verdict verdict, AppliedWaiver waiver) =>
        verdict with
        {
            Waiver = waiver,
            Status =
                verdict is { Status: VerdictStatus.Failed, Value: { } value } && !waiver.IsOver && value <= waiver.Ceiling
                    ? VerdictStatus.Waived
                    : verdict.Status,
        };
}

/// <summary>A waiver that is about a verdict.</summary>
/// <param name="Until">Its last day, in UTC.</param>
/// <param name="Reason">Why there is one.</param>
/// <param name="Ceiling">The largest value that it lets pass, in the verdict's unit.</param>
/// <param name="IsOver">Whether its last day is over.</param>
internal sealed record AppliedWaiver(DateOnly Until, string Reason, long Ceiling, bool IsOver)
{
    /// <summary>Its last day, as the project has it.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public string UntilText => Until.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
