using System.Collections.Immutable;
using MultiStage.Build.Budgets;
using MultiStage.Build.Budgets.Baselines;
using MultiStage.Build.Diagnostics;
using MultiStage.Build.Images;
using MultiStage.Build.Measurement.Layers;

namespace MultiStage.Build.Reporting.Console;

/// <summary>
/// All broken budgets of an image as one short table, for a terminal that shows errors and little else (pure): what is over and by how
/// much, what grew, what to try, where the report is, and how the size is accepted.
/// </summary>
internal static class GateBlock
{
    // A terminal of 80 columns, less what the terminal logger puts before each line.
    private const int Width = 73;
    private const int Indent = 11;
    private const int LabelWidth = 7;
    private const int MostGrown = 3;
    private const int MostHints = 2;

    /// <summary>Puts the broken budgets into one diagnostic and leaves the others as they are.</summary>
    /// <param name="problems">What is wrong with the image's size.</param>
    /// <param name="places">Where the reader goes from here.</param>
    /// <returns>The diagnostics. The one of the broken budgets has the code and the place of the first of them.</returns>
    public static IEnumerable<Diagnostic> Join(IEnumerable<Diagnostic> problems, SizeReport report, ConsolePlaces places)
    {
        var broken = report.Verdicts.Where(verdict => verdict.Status == VerdictStatus.Failed).ToImmutableArray();
        var told = false;
        foreach (var problem in problems)
        {
            if (broken.All(verdict => verdict.Kind.Broken.Code != problem.Descriptor.Code))
            {
                yield return problem;
            }
            else if (!told)
            {
                told = true;
                yield return problem with
                {
                    Block = Text(broken, problem.Descriptor.Severity, report, places),
                };
            }
        }
    }

    private static string Text(ImmutableArray<Verdict> broken, DiagnosticSeverity severity, SizeReport report, ConsolePlaces places)
    {
        var outcome =
            severity == DiagnosticSeverity.Error
                ? $"not tagged (image {ImageDescription.ShortId(report.Sizes.ImageId)})"
                : "delivered all the same";
        var rows = broken
            .Select(verdict => (Label: Label(verdict), Text: VerdictText.Line(verdict with { Waiver = null }), verdict.Property))
            .ToList();
        // As wide as the longest label of the lines below.
        var (label, text) = (Math.Max(LabelWidth, rows.Max(row => row.Label.Length)), rows.Max(row => row.Text.Length));
        List<string> lines =
        [
            $"{report.Image} is over its size budget: {outcome}",
            .. rows.Select(row => $"  {row.Label.PadRight(label)}  {row.Text.PadRight(text)}  {row.Property}"),
            .. Grown(report),
            .. report
                .Hints.Take(MostHints)
                .Select(hint =>
                    WrappedText.Of($"  try      {(hint.Bytes is { } bytes ? $"{SizeText.Of(bytes)}: " : "")}{hint.Do}", Width, Indent)
                ),
            $"  report   {places.Page}",
            $"  accept   {Accept(broken, places)}",
        ];
        return string.Join('\n', lines);
    }

    private static string Label(Verdict verdict) => verdict.Name ?? verdict.Kind.Label(verdict.Budget);

    // Without a baseline nothing is known to have grown, and the largest layer says where to look.
    private static IEnumerable<string> Grown(SizeReport report)
    {
        if (report.Comparison is { IsCompared: true } comparison)
        {
            var packages = comparison.Of(ChangeSubject.Origin).Where(change => change.Bytes > 0).ToList();
            var changes = packages.Count > 0 ? packages : [.. comparison.Of(ChangeSubject.Layer).Where(change => change.Bytes > 0)];
            return changes.Take(MostGrown).Select(change => Row("grew", ChangeText.Name(change), ChangeText.Of(change)));
        }

        return report
            .Sizes.AppLayers.Where(layer => layer is { Bytes: > 0, CreatedBy.Length: > 0 })
            .OrderByDescending(layer => layer.Bytes)
            .Take(1)
            .Select(layer => Row("largest", layer.CreatedBy, SizeText.Of(layer.Bytes)));
    }

    private static string Row(string label, string name, string size) =>
        $"  {label.PadRight(LabelWidth)}  {HistoryInstruction.Shorten(name, Width - Indent - 2 - size.Length)}  {size}";

    private static string Accept(ImmutableArray<Verdict> broken, ConsolePlaces places) =>
        broken.All(verdict => verdict.Kind == BudgetKinds.Growth)
            ? places.AcceptCommand
            : $"raise {(broken.Length == 1 ? broken[0].Property : "them")}, or add a ContainerBudgetWaiver";
}
