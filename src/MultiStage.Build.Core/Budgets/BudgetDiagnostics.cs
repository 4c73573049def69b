using MultiStage.Build.Diagnostics;
using MultiStage.Build.Measurement;

namespace MultiStage.Build.Budgets;

/// <summary>Says in one line how an image stands to a budget that it does not simply keep.</summary>
internal static class BudgetDiagnostics
{
    /// <summary>Makes the diagnostic of a verdict.</summary>
    /// <param name="imageName">The name and tag that the image is built for.</param>
    /// <param name="severity">What a broken budget is; with a warning the image is delivered.</param>
    /// <returns>The diagnostic, about the budget's property; null where the budget is kept.</returns>
    public static Diagnostic? Of(Verdict verdict, MeasuredImage measured, string imageName, DiagnosticSeverity severity) =>
        verdict.Status switch
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
        return (verdict.Kind.Broken with { Severity = severity }).With(
            verdict.Kind.Subject(verdict.Budget, imageName),
            text.Size,
            text.Difference,
            SizeText.PercentOver(value - limit, limit),
            text.Limit,
            verdict.Kind.Largest(verdict, measured),
            Outcome(measured, verdict, severity)
        );
    }

    private static Diagnostic NotMeasured(Verdict verdict, MeasuredImage measured, string imageName, DiagnosticSeverity severity) =>
        (Codes.BudgetNotMeasured with { Severity = severity }).With(
            verdict.Property,
            verdict.Kind.Subject(verdict.Budget, imageName),
            verdict.Reason,
            Outcome(measured, verdict, severity)
        );

    private static Diagnostic Near(Verdict verdict, string imageName)
    {
        var text = BudgetText.Compare(verdict);
        if (verdict.IsEstimate && verdict.Value <= (verdict.Budget.WarnAt ?? long.MaxValue))
        {
            return Codes.BudgetUnsure.With(verdict.Kind.Subject(verdict.Budget, imageName), text.Size, text.Limit);
        }

        return Codes.BudgetNear.With(
            verdict.Kind.Subject(verdict.Budget, imageName),
            text.Size,
            SizeText.PercentOf(verdict.Value!.Value, verdict.Limit),
            text.Limit,
            BudgetText.Of(verdict, verdict.Budget.WarnAt!.Value)
        );
    }

    private static string Outcome(MeasuredImage measured, Verdict verdict, DiagnosticSeverity severity) =>
        BudgetText.Outcome(measured.Sizes.ImageId, severity)
        + (severity == DiagnosticSeverity.Error ? $" Make it smaller, or raise {verdict.Property}." : "");
}
