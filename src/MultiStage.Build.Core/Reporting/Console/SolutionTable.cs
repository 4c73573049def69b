namespace MultiStage.Build.Reporting.Console;

/// <summary>Shows the images of a solution, one line each.</summary>
internal static class SolutionTable
{
    /// <summary>Shows them.</summary>
    /// <param name="solution">The solution's file name.</param>
    /// <param name="page">The solution's report, as a path that may be opened.</param>
    /// <returns>The lines, separated by line feeds.</returns>
    public static string Of(string solution, IReadOnlyList<SolutionImage> images, string page)
    {
        string[][] rows = [SolutionImage.Heads, .. images.Select(image => image.Cells)];
        var used = Enumerable.Range(0, rows[0].Length).Where(column => rows.Skip(1).Any(row => row[column].Length > 0)).ToArray();
        return string.Join(
            '\n',
            TextTable
                .Lines([.. rows.Select(row => used.Select(column => row[column]).ToArray())], column => used[column] is 1 or 3)
                .Prepend(SolutionImage.Heading(solution, images))
                .Append($"  report  {page}")
        );
    }
}
