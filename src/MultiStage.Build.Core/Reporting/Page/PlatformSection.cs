using System.Net;

namespace MultiStage.Build.Reporting.Page;

/// <summary>The part of the page that compares the platforms of an image, with a link to the page of each.</summary>
internal static class PlatformSection
{
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
                    ["heads"] = string.Concat(PlatformRows.Heads.Select((head, column) => $"<th{Number(column)}>{head}</th>")),
                    ["rows"] = string.Concat(reports.Select(report => Row(report, page(report)))),
                }
            );

    private static string Row(SizeReport report, string page)
    {
        var cells = PlatformRows.Cells(report).Select(WebUtility.HtmlEncode).ToArray();
        cells[0] = $"<a href=\"{WebUtility.HtmlEncode(Link(page))}\">{cells[0]}</a>";
        return $"<tr>{string.Concat(cells.Select((cell, column) => $"<td{Number(column)}>{cell}</td>"))}</tr>\n";
    }

    private static string Link(string page) => string.Join('/', page.Split('/').Select(Uri.EscapeDataString));

    private static string Number(int column) => PlatformRows.IsNumber(column) ? " class=\"number\"" : "";
}
