using MultiStage.Build.Budgets;

namespace MultiStage.Build.Reporting;

/// <summary>The sizes of an image for several platforms, as the cells of a table that every report shows (pure).</summary>
internal static class PlatformRows
{
    /// <summary>What the cells of a row say.</summary>
    public static readonly string[] Heads = ["platform", "size", "app", "budget"];

    /// <param name="reports">The reports, the worst first.</param>
    public static string Heading(IReadOnlyCollection<SizeReport> reports) => $"{reports.Count} platforms, the worst first";

    /// <summary>Whether a column holds numbers.</summary>
    public static bool IsNumber(int column) => column is 1 or 2;

    /// <summary>The cells of a platform, with the budget that it breaks, or is closest to.</summary>
    public static string[] Cells(SizeReport report) =>
        [
            report.Sizes.Platform.ToString(),
            SizeText.Of(report.Sizes.Total),
            report.Sizes.AppBytes is { } bytes ? SizeText.Of(bytes) : "not measured",
            report.Verdicts.OrderBy(verdict => verdict.Passed).ThenByDescending(VerdictText.Part).FirstOrDefault() is { } tightest
                ? $"{VerdictText.Line(tightest with { Waiver = null })} ({VerdictText.Name(tightest)})"
                : "",
        ];
}
