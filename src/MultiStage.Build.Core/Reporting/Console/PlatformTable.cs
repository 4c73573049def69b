namespace MultiStage.Build.Reporting.Console;

/// <summary>The sizes of an image for several platforms, in one table (pure).</summary>
internal static class PlatformTable
{
    /// <param name="reports">The reports, the worst first.</param>
    /// <returns>The lines, separated by a line feed.</returns>
    public static string Write(IReadOnlyList<SizeReport> reports)
    {
        var rows = reports.Select(PlatformRows.Cells).Prepend(PlatformRows.Heads).ToList();
        var name = reports[0].Image.Split(' ')[0];
        return string.Join('\n', TextTable.Lines(rows, PlatformRows.IsNumber).Prepend($"{name}  {PlatformRows.Heading(reports)}"));
    }
}
