using System.Net;

namespace MultiStage.Build.Reporting.Page;

/// <summary>Writes the images of a solution as one HTML file with links to the report of each. It needs no script.</summary>
internal static class SolutionPage
{
    /// <param name="solution">The solution's file name.</param>
    /// <param name="folder">The page's folder, to which links are relative.</param>
    public static string Write(string solution, IReadOnlyList<SolutionImage> images, string folder) =>
        PageParts.Plain(
            PageParts.Resource("size.css"),
            SolutionImage.Heading(solution, images),
            "solution.html",
            new Dictionary<string, string>
            {
                ["heads"] = string.Concat(SolutionImage.Heads.Select((head, column) => $"<th{Number(column)}>{head}</th>")),
                ["rows"] = string.Concat(images.Select(image => Row(image, folder))),
            }
        );

    private static string Row(SolutionImage image, string folder)
    {
        var cells = image.Cells.Select(WebUtility.HtmlEncode).ToArray();
        if (image.Page is { } page)
        {
            cells[0] = $"<a href=\"{WebUtility.HtmlEncode(Link(folder, page))}\">{cells[0]}</a>";
        }

        return $"<tr>{string.Concat(cells.Select((cell, column) => $"<td{Number(column)}>{cell}</td>"))}</tr>\n";
    }

    // Each part by itself: a folder may have a '#' or a '%' in its name.
    private static string Link(string folder, string page) =>
        string.Join('/', Path.GetRelativePath(folder, page).Replace('\\', '/').Split('/').Select(Uri.EscapeDataString));

    private static string Number(int column) => column is 1 or 3 ? " class=\"number\"" : "";
}
