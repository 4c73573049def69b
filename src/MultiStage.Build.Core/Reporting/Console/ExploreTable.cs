using System.Globalization;
using MultiStage.Build.Variants;

namespace MultiStage.Build.Reporting.Console;

/// <summary>Writes an exploration as a table for a log (pure).</summary>
internal static class ExploreTable
{
    private const int Change = 4;

    /// <param name="page">The page's path, as the reader opens it.</param>
    /// <returns>Lines, separated by line feeds.</returns>
    public static string Write(Exploration exploration, string page)
    {
        var results = ExploreText.Rows(exploration).ToList();
        var rows = results.Select(row => Cells(row, exploration)).Prepend(ExploreText.Heads).ToList();
        var lines = new List<string>
        {
            string.Create(
                CultureInfo.InvariantCulture,
                $"Variants of {exploration.Project}, smallest working one first ({exploration.Platform}, {exploration.Seconds:0} s)"
            ),
        };
        lines.AddRange(TextTable.Lines(rows, column => column > 0 && column < ExploreText.Heads.Length - 1));
        lines.AddRange(results.Where(row => row.Outcome is VariantOutcome.Fails or VariantOutcome.CannotBeBuilt).Select(Reason));
        lines.AddRange(Advice(exploration));
        lines.AddRange(ExploreText.Notes(exploration).Select(note => "  " + note));
        lines.Add($"  page: {page}");
        return string.Join('\n', lines);
    }

    // A terminal is narrow: of the change the percents, and why a variant does not work below the table.
    private static string[] Cells(VariantResult row, Exploration exploration)
    {
        var cells = ExploreText.Cells(row, exploration);
        cells[Change] =
            row.TotalBytes is { } bytes && cells[Change].Length > 0 ? ExploreText.Percent(bytes, exploration.Today.TotalBytes!.Value) : "";
        cells[^1] = ExploreText.Word(row.Outcome);
        return cells;
    }

    private static string Reason(VariantResult row) => $"  {row.Name} {ExploreText.Verdict(row)}";

    private static IEnumerable<string> Advice(Exploration exploration)
    {
        if (exploration.Best is not { } best)
        {
            return ["  No variant that works is smaller than today's image."];
        }

        return
        [
            $"  Smallest that works: {best.Name}, {ExploreText.Change(best, exploration.Today)}. To take it, write at the "
                + $"end of {exploration.ProjectFile}:",
            .. AdviceLines.For(best.Properties).Select(line => "      " + line),
            $"  or publish it without a change: {ExploreText.Command(best.Name)}",
        ];
    }
}
