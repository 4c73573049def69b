namespace MultiStage.Build.Reporting.Console;

/// <summary>Sets rows of cells into columns: words are read from the left, numbers compared from the right (pure).</summary>
internal static class TextTable
{
    private const string Gap = "  ";

    /// <param name="rows">The rows, the heading among them, each with a cell for every column.</param>
    /// <param name="isNumber">Whether a column holds numbers.</param>
    /// <returns>A line for each row, indented by two blanks and with none at its end.</returns>
    public static IEnumerable<string> Lines(IReadOnlyList<string[]> rows, Func<int, bool> isNumber)
    {
        var widths = Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(row => row[column].Length)).ToArray();
        return rows.Select(row =>
            Gap
            + string.Join(
                    Gap,
                    row.Select((cell, column) => isNumber(column) ? cell.PadLeft(widths[column]) : cell.PadRight(widths[column]))
                )
                .TrimEnd()
        );
    }
}
