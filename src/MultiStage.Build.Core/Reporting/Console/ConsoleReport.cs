using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using MultiStage.Build.Budgets;
using MultiStage.Build.Budgets.Baselines;
using MultiStage.Build.Images;
using MultiStage.Build.Measurement;
using MultiStage.Build.Measurement.Layers;

namespace MultiStage.Build.Reporting.Console;

/// <summary>Shows an image's size in a terminal or a log: no colours, sizes in a column at the right.</summary>
internal static class ConsoleReport
{
    // 80 columns, less what MSBuild indents a message by.
    internal const int Width = 78;
    private const int BarCells = 20;

    /// <summary>Says in one line what an image takes.</summary>
    /// <param name="width">The longest line, in columns; what does not fit goes on a second one.</param>
    /// <returns>The text, without a line break at its end.</returns>
    public static string Line(SizeReport report, int width = int.MaxValue)
    {
        var (sizes, verdict) = (report.Sizes, TotalOf(report));
        var text = new StringBuilder(report.Image).Append("  ");
        if (verdict is null)
        {
            text.Append(SizeText.Of(sizes.Total));
        }
        else
        {
            AppendComparison(text, verdict);
        }

        var composition = Composition(sizes);
        return text.Append(text.Length + 2 + composition.Length > width ? "\n    " : "  ").Append(composition).ToString();
    }

    /// <summary>Says in a few words what an image takes, of how much, and how that compares with its baseline.</summary>
    /// <returns>Such as <c>227.4 MB of 250 MB (91 %), +1.2 MB</c>.</returns>
    public static string Summary(SizeReport report)
    {
        var text = new StringBuilder();
        if (TotalOf(report) is { } verdict)
        {
            AppendComparison(text, verdict);
        }
        else
        {
            text.Append(SizeText.Of(report.Sizes.Total));
        }

        return Change(report) is { } change ? text.Append(", ").Append(change).ToString() : text.ToString();
    }

    /// <summary>Says how an image's size compares with its baseline.</summary>
    /// <returns>Such as <c>+1.2 MB</c>; null where there is nothing to compare with.</returns>
    public static string? Change(SizeReport report) =>
        report.Comparison is not { IsCompared: true } comparison ? null
        : comparison.TotalBytes == report.Sizes.Total ? "as before"
        : SizeText.OfChange(report.Sizes.Total - comparison.TotalBytes);

    /// <summary>
    /// Shows what an image is made of, layer by layer, how that compares with its baseline, how it stands to its budgets, and what grew.
    /// </summary>
    /// <param name="places">Where the reader goes from here; null where there is nothing to go to.</param>
    /// <returns>The table, its lines separated by a line feed, without one at the end.</returns>
    public static string Table(SizeReport report, ConsolePlaces? places = null)
    {
        var (sizes, verdict) = (report.Sizes, TotalOf(report));
        var comparison = report.Comparison is { IsCompared: true } compared ? compared : null;
        var row = new ConsoleRow(HasChanges: comparison is not null);
        var lines = new List<string>
        {
            row.Of(
                Heading(report),
                verdict is null ? SizeText.Of(sizes.Total) : BudgetText.Compare(verdict).Size,
                comparison is null ? null : sizes.Total - comparison.TotalBytes
            ),
        };
        lines.AddRange(report.Verdicts.Where(v => v.Value is not null && v.Kind != BudgetKinds.Growth).Select(BudgetRow));
        if (sizes.Base is { } origin)
        {
            var changed = comparison is { BaseChanged: true } ? " (changed)" : "";
            lines.Add(
                row.Of(
                    $"  base  {Named(origin.Reference)}{changed}{Count(origin.LayerCount)}",
                    origin.Bytes is { } bytes ? SizeText.Of(bytes) : "not measured",
                    comparison?.BaseGrowthBytes
                )
            );
        }

        var waste = new ConsoleWaste(report.Measured.Breakdown);
        if (waste.Of(Enumerable.Range(0, sizes.Layers.Length).Where(layer => sizes.Layers[layer].IsBase), "    ") is { } hidden)
        {
            lines.Add(hidden);
        }

        ImmutableArray<LayerSize> own = [.. sizes.AppLayers];
        if (sizes.AppBytes is { } appBytes)
        {
            lines.Add(row.Of($"  app{Count(own.Length, "   ")}{Grown(comparison)}", SizeText.Of(appBytes), comparison?.GrowthBytes));
        }
        else
        {
            lines.Add($"  all{Count(own.Length, "   ")}");
        }

        var changes = comparison?.Of(ChangeSubject.Layer).ToLookup(change => (change.Name, change.After));
        foreach (var (layer, index) in sizes.Layers.Select((layer, index) => (layer, index)).Where(pair => !pair.layer.IsBase))
        {
            lines.Add(
                row.Of(
                    "    " + (layer.CreatedBy.Length == 0 ? "(no instruction recorded)" : layer.CreatedBy),
                    SizeText.Of(layer.Bytes),
                    changes is null ? null : changes[(layer.CreatedBy, layer.Bytes)].FirstOrDefault()?.Bytes ?? 0
                )
            );
            if (waste.Of([index], "      ") is { } wasted)
            {
                lines.Add(wasted);
            }
        }

        if (comparison is null && verdict is { Passed: false } && Largest(sizes, own) is { } largest)
        {
            lines.Add(largest);
        }

        lines.AddRange(ConsoleFindings.Of(report, places));
        return string.Join('\n', lines);
    }

    private static string Grown(SizeComparison? comparison) =>
        comparison is { GrowthBytes: > 0 }
            ? $"  (grew by {SizeText.PercentOver(comparison.GrowthBytes, comparison.TotalBytes)} of the image)"
            : "";

    private static Verdict? TotalOf(SizeReport report) =>
        report.Verdicts.FirstOrDefault(verdict => verdict.Kind == BudgetKinds.Total && verdict.Value is not null);

    private static void AppendComparison(StringBuilder text, Verdict verdict)
    {
        var compared = BudgetText.Compare(verdict);
        text.Append(
            CultureInfo.InvariantCulture,
            $"{compared.Size} of {compared.Limit} ({SizeText.PercentOf(verdict.Value!.Value, verdict.Limit)})"
        );
    }

    private static string Composition(ImageSizes sizes) =>
        sizes switch
        {
            { Base: null } => string.Create(
                CultureInfo.InvariantCulture,
                $"{sizes.Layers.Length} {Plural(sizes.Layers.Length)}, no base image"
            ),
            { Base: { Bytes: { } bytes } origin } =>
                $"base {ShortName(origin.Reference)} {SizeText.Of(bytes)} + app {SizeText.Of(sizes.Total - bytes)}",
            { Base: var origin } => $"base {ShortName(origin.Reference)} not measured",
        };

    private static string Heading(SizeReport report)
    {
        var where = report.Stage is null ? $"{report.Sizes.Platform}" : $"stage {report.Stage}, {report.Sizes.Platform}";
        return $"Image {report.Image} ({where})";
    }

    private static string BudgetRow(Verdict verdict)
    {
        var compared = BudgetText.Compare(verdict);
        var apart =
            verdict.Value == verdict.Limit ? "nothing left" : compared.Difference + (verdict.Value < verdict.Limit ? " left" : " over");
        var of = verdict.Kind == BudgetKinds.Total ? "" : $"{verdict.Kind.Label(verdict.Budget)}: ";
        var waived = verdict.Status == VerdictStatus.Waived ? ", waived" : "";
        return $"  {of}limit {compared.Limit}  {Bar(verdict)}  {SizeText.PercentOf(verdict.Value!.Value, verdict.Limit)} of budget, "
            + $"{apart}{waived}";
    }

    // A full bar is a used-up budget; what is over it breaks out of the frame.
    private static string Bar(Verdict verdict)
    {
        if (verdict.Value > verdict.Limit)
        {
            return "[" + new string('#', BarCells) + "#>";
        }

        var cells = (int)((decimal)verdict.Value!.Value * BarCells / verdict.Limit);
        return "[" + new string('#', cells) + new string('.', BarCells - cells) + "]";
    }

    private static string? Largest(ImageSizes sizes, ImmutableArray<LayerSize> own)
    {
        if (own.MaxBy(layer => layer.Bytes) is not { Bytes: > 0, CreatedBy.Length: > 0 } layer)
        {
            return null;
        }

        var whole =
            sizes.AppBytes is { } app and > 0 && sizes.Base is not null ? (Name: "app", Bytes: app) : (Name: "image", Bytes: sizes.Total);
        var end = $"  {SizeText.Of(layer.Bytes)}, {SizeText.PercentOf(layer.Bytes, whole.Bytes)} of the {whole.Name}";
        const string Beginning = "  largest: ";
        return Beginning + HistoryInstruction.Shorten(layer.CreatedBy, Width - Beginning.Length - end.Length) + end;
    }

    private static string Count(int? layers, string separator = ", ") =>
        layers is { } count ? string.Create(CultureInfo.InvariantCulture, $"{separator}{count} {Plural(count)}") : "";

    private static string Plural(int layers) => layers == 1 ? "layer" : "layers";

    private static string Named(string reference) => ImageReference.TryParse(reference)?.Shown ?? reference;

    private static string ShortName(string reference) => ImageReference.TryParse(reference)?.ShortName ?? reference;
}
