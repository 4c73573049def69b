using MultiStage.Build.Diagnostics;
using MultiStage.Build.Images;
using MultiStage.Build.Measurement;

namespace MultiStage.Build.Budgets;

/// <summary>Says in one line how an image stands to a budget that it does not simply keep.</summary>
public static class BudgetDiagnostics
{
    /// <summary>Makes the diagnostic of a verdict.</summary>
    /// <param name="verdict">The verdict.</param>
    /// <param name="measured">What was measured of the image.</param>
    /// <param name="imageName">The name and tag that the image is built for.</param>
    /// <param name="severity">What a broken budget is; with a warning the image is delivered.</param>
    /// <returns>The diagnostic, about the budget's property; null where the budget is kept.</returns>
    public static Diagnostic? Of(Verdict verdict, MeasuredImage measured, string imageName, DiagnosticSeverity severity) => verdict.Status switch
    {
        VerdictStatus.Failed => Broken(verdict, measured, imageName, severity) with { About = verdict.Property },
        VerdictStatus.NotMeasured => NotMeasured(verdict, measured, imageName, severity) with { About = verdict.Property },
        VerdictStatus.Warned => Near(verdict, imageName) with { About = verdict.Property },
        _ => null,
    };

    private static Diagnostic Broken(Verdict verdict, MeasuredImage measured, string imageName, DiagnosticSeverity severity)
    {
        var (value, limit) = (verdict.Value!.Value, verdict.Limit);
        var text = BudgetText.Compare(verdict);
        return (Descriptor(verdict.Metric) with { Severity = severity }).With(
            BudgetText.Subject(verdict, imageName),
            text.Size,
            text.Difference,
            SizeText.PercentOver(value - limit, limit),
            text.Limit,
            Culprit.Of(verdict, measured),
            Outcome(ImageDescription.ShortId(measured.Sizes.ImageId), verdict, severity));
    }

    private static Diagnostic NotMeasured(Verdict verdict, MeasuredImage measured, string imageName, DiagnosticSeverity severity) =>
        (Codes.BudgetNotMeasured with { Severity = severity }).With(
            verdict.Property, BudgetText.Subject(verdict, imageName), verdict.Reason, Outcome(ImageDescription.ShortId(measured.Sizes.ImageId), verdict, severity));

    private static Diagnostic Near(Verdict verdict, string imageName)
    {
        var text = BudgetText.Compare(verdict);
        if (verdict.IsEstimate && verdict.Value <= (verdict.WarnAt ?? long.MaxValue))
            return Codes.BudgetUnsure.With(BudgetText.Subject(verdict, imageName), text.Size, text.Limit);
        return Codes.BudgetNear.With(BudgetText.Subject(verdict, imageName), text.Size, SizeText.PercentOf(verdict.Value!.Value, verdict.Limit), text.Limit, BudgetText.Of(verdict, verdict.WarnAt!.Value));
    }

    private static DiagnosticDescriptor Descriptor(BudgetMetric metric) => metric switch
    {
        BudgetMetric.Total => Codes.SizeBudgetBroken,
        BudgetMetric.App => Codes.AppBudgetBroken,
        BudgetMetric.Layer => Codes.LayerBudgetBroken,
        BudgetMetric.LayerCount => Codes.LayerCountBudgetBroken,
        BudgetMetric.Compressed => Codes.CompressedBudgetBroken,
        BudgetMetric.Wasted => Codes.WastedBudgetBroken,
        BudgetMetric.Path => Codes.PathBudgetBroken,
        BudgetMetric.Stage => Codes.StageBudgetBroken,
        _ => throw new ArgumentOutOfRangeException(nameof(metric), metric, "There is no such metric."),
    };

    private static string Outcome(string id, Verdict verdict, DiagnosticSeverity severity) => severity == DiagnosticSeverity.Error
        ? $"The rejected image is {id}; no tag was moved and nothing was pushed. Make it smaller, or raise {verdict.Property}."
        : $"It is delivered all the same, as {id}, because {BudgetSettings.SeverityProperty} is warning.";
}
