namespace MultiStage.Build.Reporting.Console;

/// <summary>Shows the images of a solution, one line each.</summary>
internal static class SolutionTable
{
    private const string Indentation = "  ";

    /// <summary>Shows them.</summary>
    /// <param name="solution">The solution's file name.</param>
    /// <param name="page">The solution's report, as a path that may be opened.</param>
    /// <returns>The lines, separated by line feeds.</returns>
    public static string Of(string solution, IReadOnlyList<SolutionImage> images, string page)
    {
        string[][] rows = [SolutionImage.Heads, .. images.Select(image => image.Cells)];
        var widths = Enumerable.Range(0, SolutionImage.Heads.Length).Select(column => rows.Max(row => row[column].Length)).ToArray();
        var used = Enumerable.Range(0, widths.Length).Where(column => rows.Skip(1).Any(row => row[column].Length > 0)).ToArray();
        return string.Join(
            '\n',
            rows.Select(row => Indentation + string.Join(Indentation, used.Select(column => Cell(row, column, widths[column]))).TrimEnd())
                .Prepend(SolutionImage.Heading(solution, images))
                .Append($"{Indentation}report  {page}")
        );
    }

    // Sizes and changes in a column at the right, as in every table.
    private static string Cell(string[] row, int column, int width) =>
        column is 1 or 3 ? row[column].PadLeft(width) : row[column].PadRight(width);
}
