using System.Collections.Immutable;
using MultiStage.Build.Budgets.Baselines;
using MultiStage.Build.Budgets.Waivers;
using MultiStage.Build.Measurement;

namespace MultiStage.Build.Budgets;

/// <summary>Gives every verdict on an image: its budgets', its growth's, and what waivers make of them (pure).</summary>
internal static class ImageVerdicts
{
    /// <summary>Gives the verdicts.</summary>
    /// <param name="comparison">How the image compares with its baseline; null where there is none.</param>
    /// <param name="clock">The time, by which waivers end.</param>
    /// <returns>One for each budget, in their order, and that of the growth budget last.</returns>
    public static ImmutableArray<Verdict> Of(
        MeasuredImage measured,
        BudgetSettings settings,
        SizeComparison? comparison,
        TimeProvider clock
    )
    {
        var verdicts = BudgetEvaluator.Evaluate(measured, settings.Over(comparison), comparison);
        return WaiverRules.Apply(verdicts, settings.Waivers, comparison?.TotalBytes, clock);
    }
}
