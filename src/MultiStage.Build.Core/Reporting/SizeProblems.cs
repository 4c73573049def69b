using System.Collections.Immutable;
using MultiStage.Build.Budgets;
using MultiStage.Build.Budgets.Baselines;
using MultiStage.Build.Budgets.Waivers;
using MultiStage.Build.Diagnostics;

namespace MultiStage.Build.Reporting;

/// <summary>Everything that is wrong with an image's size, one line each, in the order of the verdicts (pure).</summary>
internal static class SizeProblems
{
    /// <summary>Finds the problems.</summary>
    /// <param name="place">Where the baseline is, and how it is accepted.</param>
    /// <returns>Each with what it is about: the budget's property, and the name of a path's or stage's budget.</returns>
    public static ImmutableArray<(Diagnostic Diagnostic, string Subject)> Of(
        SizeReport report,
        BudgetSettings settings,
        BaselinePlace place
    ) =>
        [
            .. report.Verdicts.SelectMany(verdict =>
                Of(verdict, report, settings, place)
                    .Concat(UnusedPath(verdict, report))
                    .Select(diagnostic => (diagnostic, $"{verdict.Property} {verdict.Name}".TrimEnd()))
            ),
            .. BaselineProblem(report, place).Select(diagnostic => (diagnostic, BaselineProperty)),
        ];

    private const string BaselineProperty = "ContainerSizeBaseline";

    // A misspelt path would be a budget that cannot fail.
    private static IEnumerable<Diagnostic> UnusedPath(Verdict verdict, SizeReport report)
    {
        if (verdict is { Kind.HasPath: true, Value: 0 })
        {
            yield return Codes.PathMatchesNothing.With(verdict.Name, verdict.Budget.Path, report.Image) with
            {
                About = verdict.Property,
            };
        }
    }

    private static IEnumerable<Diagnostic> Of(Verdict verdict, SizeReport report, BudgetSettings settings, BaselinePlace place)
    {
        if (verdict.Waiver is { IsOver: true } waiver)
        {
            yield return Expired(verdict, waiver, settings.Severity);
        }

        if (verdict.Status == VerdictStatus.Waived)
        {
            yield return Waived(verdict, report);
        }
        else if (verdict.Kind == BudgetKinds.Growth)
        {
            if (verdict.Status == VerdictStatus.Failed)
            {
                yield return Grown(verdict, report, settings, place);
            }
            else if (verdict.Status == VerdictStatus.NotCompared && report.Comparison is null)
            {
                var severity = place.IsRequired ? settings.Severity : DiagnosticSeverity.Warning;
                yield return (Codes.NoBaseline with { Severity = severity }).With(report.Image, place.Source, place.AcceptCommand) with
                {
                    About = BudgetKinds.Growth.Setting,
                };
            }
        }
        else if (BudgetDiagnostics.Of(verdict, report.Measured, report.Image, settings.Severity) is { } diagnostic)
        {
            yield return diagnostic;
        }
    }

    // With or without a growth budget: who keeps a baseline wants to know that it cannot be used.
    private static IEnumerable<Diagnostic> BaselineProblem(SizeReport report, BaselinePlace place)
    {
        if (report.Comparison is { NotComparedBecause: { } reason } comparison)
        {
            yield return Codes.BaselineNotComparable.With(report.Image, comparison.Source, reason, place.AcceptCommand) with
            {
                About = BaselineProperty,
            };
        }
    }

    private static Diagnostic Expired(Verdict verdict, AppliedWaiver waiver, DiagnosticSeverity severity) =>
        (Codes.WaiverExpired with { Severity = severity }).With(
            verdict.Name ?? verdict.Property,
            waiver.UntilText,
            waiver.Reason.TrimEnd('.'),
            verdict.Status is VerdictStatus.Passed or VerdictStatus.Warned
                ? "The budget is kept without it: remove it."
                : "Make the image smaller, or renew it with a new Until."
        ) with
        {
            About = BudgetWaiver.Item,
        };

    private static Diagnostic Waived(Verdict verdict, SizeReport report)
    {
        var text = BudgetText.Compare(verdict);
        return Codes.BudgetWaived.With(
            report.Image,
            VerdictText.Name(verdict),
            text.Difference,
            text.Limit,
            verdict.Waiver!.UntilText,
            BudgetText.Of(verdict, verdict.Waiver.Ceiling),
            verdict.Waiver.Reason
        ) with
        {
            About = verdict.Property,
        };
    }

    private static Diagnostic Grown(Verdict verdict, SizeReport report, BudgetSettings settings, BaselinePlace place)
    {
        var (growth, baseline) = (verdict.Value!.Value, report.Comparison!.TotalBytes);
        var largest = report
            .Comparison.Of(ChangeSubject.Origin)
            .Concat(report.Comparison.Of(ChangeSubject.Layer))
            .FirstOrDefault(change => change.Bytes > 0);
        return (verdict.Kind.Broken with { Severity = settings.Severity }).With(
            report.Image,
            SizeText.Of(growth),
            SizeText.PercentOver(growth, baseline),
            SizeText.Of(baseline),
            SizeText.Compare(growth, verdict.Limit).Difference,
            settings.Growth,
            largest is null ? "" : $"Largest growth: {ChangeText.Name(largest)} {ChangeText.Of(largest)}. ",
            place.AcceptCommand,
            BudgetText.Outcome(report.Sizes.ImageId, settings.Severity)
        ) with
        {
            About = BudgetKinds.Growth.Setting,
        };
    }
}
