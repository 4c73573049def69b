using MultiStage.Build.Diagnostics;
using MultiStage.Build.Measurement;

namespace MultiStage.Build.Budgets;

/// <summary>Holds a pushed image against the budget of its pull size, which only an estimate could be held against before (pure).</summary>
internal static class PushedSize
{
    /// <summary>Whether there is a reason to ask the registry.</summary>
    /// <returns>Whether a budget limits the pull size.</returns>
    public static bool Matters(BudgetSettings settings) => settings.Need(BudgetNeed.Compression);

    /// <summary>Gives the verdict that holds after the push.</summary>
    /// <param name="measured">What was measured before.</param>
    /// <param name="settings">The budgets, of which one limits the pull size.</param>
    /// <param name="bytes">What the registry stores, in bytes.</param>
    /// <param name="clock">The time, by which waivers end.</param>
    /// <returns>The verdict on the pull size.</returns>
    public static Verdict Of(MeasuredImage measured, BudgetSettings settings, long bytes, TimeProvider clock) =>
        ImageVerdicts
            .Of(measured with { Compressed = new(bytes, IsEstimate: false) }, settings.Only(BudgetKinds.Compressed), null, clock)
            .Single();

    /// <summary>Says what the push brought to light.</summary>
    /// <param name="before">The verdict on the estimate.</param>
    /// <param name="after">The verdict on what the registry stores.</param>
    /// <param name="severity">What a broken budget is.</param>
    /// <returns>The diagnostic, about the budget's property; null where the budget is kept, or was known to be broken before.</returns>
    public static Diagnostic? Problem(Verdict? before, Verdict after, MeasuredImage measured, string imageName, DiagnosticSeverity severity)
    {
        if (after.Status != VerdictStatus.Failed || before?.Status == VerdictStatus.Failed)
        {
            return null;
        }

        var text = BudgetText.Compare(after);
        return (after.Kind.Broken with { Severity = severity }).With(
            after.Kind.Subject(after.Budget, imageName),
            text.Size,
            text.Difference,
            SizeText.PercentOver(after.Value!.Value - after.Limit, after.Limit),
            text.Limit,
            after.Kind.Largest(after, measured),
            $"The registry has it already: what it stores could only be estimated before. Make it smaller and push it again, or raise "
                + $"{after.Property}."
        ) with
        {
            About = after.Property,
        };
    }
}
