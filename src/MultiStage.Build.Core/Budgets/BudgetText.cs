using MultiStage.Build.Diagnostics;
using MultiStage.Build.Images;

namespace MultiStage.Build.Budgets;

/// <summary>Numbers of budgets, for people.</summary>
internal static class BudgetText
{
    /// <summary>Writes a value and its limit and how far they are apart, each in the verdict's unit; an estimate is marked as
    /// one.</summary>
    /// <param name="verdict">The verdict, of something that was measured.</param>
    public static ComparedSize Compare(Verdict verdict)
    {
        var value = verdict.Value!.Value;
        var text =
            verdict.Kind.Unit == BudgetUnit.Layers
                ? new ComparedSize(Of(verdict, value), Of(verdict, verdict.Limit), Of(verdict, Math.Abs(value - verdict.Limit)))
                : SizeText.Compare(value, verdict.Limit);
        return verdict.IsEstimate ? text with { Size = "about " + text.Size } : text;
    }

    /// <summary>Says what becomes of an image that breaks a budget.</summary>
    /// <param name="severity">What a broken budget is; with a warning the image is delivered.</param>
    /// <returns>One sentence.</returns>
    public static string Outcome(string imageId, DiagnosticSeverity severity) =>
        severity == DiagnosticSeverity.Error
            ? $"The rejected image is {ImageDescription.ShortId(imageId)}; no tag was moved and nothing was pushed."
            : $"It is delivered all the same, as {ImageDescription.ShortId(imageId)}, because {BudgetSettings.SeverityProperty} is "
                + $"warning.";

    /// <summary>Writes a number in a verdict's unit.</summary>
    /// <returns>The text: a size, or the bare number where it counts layers.</returns>
    public static string Of(Verdict verdict, long number) => verdict.Kind.Unit.WriteLimit(number);
}
