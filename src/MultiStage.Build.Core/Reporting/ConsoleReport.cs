using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using MultiStage.Build.Budgets;
using MultiStage.Build.Measurement;

namespace MultiStage.Build.Reporting;

/// <summary>Shows an image's size in a terminal or a log: no colours, about 100 columns, sizes in a column at the right.</summary>
public static class ConsoleReport
{
    private const int Width = 100;
    private const int SizeColumn = 13;
    private const int BarCells = 20;

    /// <summary>Says in one line what an image takes.</summary>
    /// <param name="report">The report.</param>
    /// <returns>The line, without a line break.</returns>
    public static string Line(SizeReport report)
    {
        var (sizes, verdict) = (report.Sizes, TotalOf(report));
        var text = new StringBuilder(report.Image).Append("  ");
        if (verdict is null)
            text.Append(SizeText.Of(sizes.Total));
        else
            AppendComparison(text, verdict);
        return text.Append("  ").Append(Composition(sizes)).ToString();
    }

    /// <summary>Shows what an image is made of, layer by layer, and how it stands to its budget.</summary>
    /// <param name="report">The report.</param>
    /// <returns>The table, its lines separated by a line feed, without one at the end.</returns>
    public static string Table(SizeReport report)
    {
        var (sizes, verdict) = (report.Sizes, TotalOf(report));
        var lines = new List<string>
        {
            Row(Heading(report), verdict is null ? SizeText.Of(sizes.Total) : BudgetText.Compare(verdict).Size),
        };
        if (verdict is not null)
            lines.Add(BudgetRow(verdict));
        if (sizes.Base is { } origin)
            lines.Add(Row($"  base  {Named(origin.Reference)}{Count(origin.LayerCount)}", origin.Bytes is { } bytes ? SizeText.Of(bytes) : "not measured"));

        ImmutableArray<LayerSize> own = [.. sizes.AppLayers];
        if (sizes.AppBytes is { } appBytes)
            lines.Add(Row($"  app{Count(own.Length, "   ")}", SizeText.Of(appBytes)));
        else
            lines.Add($"  all{Count(own.Length, "   ")}");
        lines.AddRange(own.Select(layer => Row("    " + (layer.CreatedBy.Length == 0 ? "(no instruction recorded)" : layer.CreatedBy), SizeText.Of(layer.Bytes))));
        if (verdict is { Passed: false } && Largest(sizes, own) is { } largest)
            lines.Add(largest);
        return string.Join('\n', lines);
    }

    private static Verdict? TotalOf(SizeReport report) => report.Verdicts.FirstOrDefault(verdict => verdict is { Metric: BudgetMetric.Total, Value: not null });

    private static void AppendComparison(StringBuilder text, Verdict verdict)
    {
        var compared = BudgetText.Compare(verdict);
        text.Append(CultureInfo.InvariantCulture, $"{compared.Size} of {compared.Limit} ({SizeText.PercentOf(verdict.Value!.Value, verdict.Limit)})");
    }

    private static string Composition(ImageSizes sizes) => sizes switch
    {
        { Base: null } => string.Create(CultureInfo.InvariantCulture, $"{sizes.Layers.Length} {Plural(sizes.Layers.Length)}, no base image"),
        { Base: { Bytes: { } bytes } origin } => $"base {ShortName(origin.Reference)} {SizeText.Of(bytes)} + app {SizeText.Of(sizes.Total - bytes)}",
        { Base: var origin } => $"base {ShortName(origin.Reference)} not measured",
    };

    private static string Heading(SizeReport report)
    {
        var where = report.Stage is null ? report.Sizes.Platform : $"stage {report.Stage}, {report.Sizes.Platform}";
        return $"Image {report.Image} ({where})";
    }

    private static string BudgetRow(Verdict verdict)
    {
        var compared = BudgetText.Compare(verdict);
        var apart = verdict.Value == verdict.Limit ? "nothing left" : compared.Difference + (verdict.Passed ? " left" : " over");
        return $"  limit {compared.Limit}  {Bar(verdict)}  {SizeText.PercentOf(verdict.Value!.Value, verdict.Limit)} of budget, {apart}";
    }

    // A full bar is a used-up budget; what is over it breaks out of the frame.
    private static string Bar(Verdict verdict)
    {
        if (!verdict.Passed)
            return "[" + new string('#', BarCells) + "#>";
        var cells = (int)((decimal)verdict.Value!.Value * BarCells / verdict.Limit);
        return "[" + new string('#', cells) + new string('.', BarCells - cells) + "]";
    }

    private static string? Largest(ImageSizes sizes, ImmutableArray<LayerSize> own)
    {
        if (own.MaxBy(layer => layer.Bytes) is not { Bytes: > 0, CreatedBy.Length: > 0 } layer)
            return null;
        var whole = sizes.AppBytes is { } app and > 0 && sizes.Base is not null ? (Name: "app", Bytes: app) : (Name: "image", Bytes: sizes.Total);
        var end = $"  {SizeText.Of(layer.Bytes)}, {SizeText.PercentOf(layer.Bytes, whole.Bytes)} of the {whole.Name}";
        const string Beginning = "  largest: ";
        return Beginning + Instruction.Shorten(layer.CreatedBy, Width - Beginning.Length - end.Length) + end;
    }

    // The name gives way, never the size.
    private static string Row(string name, string size)
    {
        var room = Width - Math.Max(SizeColumn, size.Length + 2);
        return Instruction.Shorten(name, room).PadRight(room) + size.PadLeft(Width - room);
    }

    private static string Count(int? layers, string separator = ", ") =>
        layers is { } count ? string.Create(CultureInfo.InvariantCulture, $"{separator}{count} {Plural(count)}") : "";

    private static string Plural(int layers) => layers == 1 ? "layer" : "layers";

    // A digest of 64 digits tells a reader nothing that its beginning does not.
    private static string Named(string reference)
    {
        const int ShownDigits = 12;
        const string Algorithm = "@sha256:";
        var digest = reference.IndexOf(Algorithm, StringComparison.Ordinal);
        var end = digest + Algorithm.Length + ShownDigits;
        return digest >= 0 && end < reference.Length ? reference[..end] : reference;
    }

    private static string ShortName(string reference)
    {
        var name = Named(reference);
        var at = name.IndexOf('@', StringComparison.Ordinal);
        var path = at < 0 ? name : name[..at];
        return name[(path.LastIndexOf('/') + 1)..];
    }
}
