namespace MultiStage.Build.Reporting.Page;

/// <summary>The part of the page that compares the platforms of an image, with a link to the page of each.</summary>
internal static class PlatformSection
{
    private static readonly PageTable s_table = new(PlatformRows.IsNumber);

    /// <param name="reports">The reports, the worst first; empty where the image is for one platform.</param>
    /// <param name="page">Where the page of a platform is, relative to this one.</param>
    /// <returns>The section as HTML; empty where there is nothing to compare.</returns>
    public static string Write(IReadOnlyCollection<SizeReport> reports, Func<SizeReport, string> page) =>
        reports.Count == 0
            ? ""
            : PageParts.Fill(
                PageParts.Resource("platforms.html"),
                new()
                {
                    ["title"] = PlatformRows.Heading(reports),
                    ["heads"] = s_table.Heads(PlatformRows.Heads),
                    ["rows"] = string.Concat(reports.Select(report => s_table.Row(PlatformRows.Cells(report), page(report)))),
                }
            );
}
