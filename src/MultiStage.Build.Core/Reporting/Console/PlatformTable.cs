using MultiStage.Build.Budgets;

namespace MultiStage.Build.Reporting.Console;

/// <summary>The sizes of an image for several platforms, in one table (pure).</summary>
internal static class PlatformTable
{
    private static readonly string[] s_heading = ["platform", "size", "app", "budget"];

    /// <param name="reports">The reports, the worst first.</param>
    /// <returns>The lines, separated by a line feed.</returns>
    public static string Write(IReadOnlyList<SizeReport> reports)
    {
        var rows = reports.Select(Row).Prepend(s_heading).ToList();
        var name = reports[0].Image.Split(' ')[0];
        return string.Join(
            '\n',
            TextTable.Lines(rows, column => column is 1 or 2).Prepend($"{name}  {reports.Count} platforms, the worst first")
        );
    }

    private static string[] Row(SizeReport report) =>
        [
            report.Sizes.Platform.ToString(),
            SizeText.Of(report.Sizes.Total),
            report.Sizes.AppBytes is { } bytes ? SizeText.Of(bytes) : "not measured",
            report.Verdicts.OrderBy(verdict => verdict.Passed).ThenByDescending(VerdictText.Part).FirstOrDefault() is { } tightest
                ? $"{VerdictText.Line(tightest with { Waiver = null })} ({VerdictText.Name(tightest)})"
                : "",
        ];
}
