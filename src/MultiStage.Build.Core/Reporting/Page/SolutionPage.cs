namespace MultiStage.Build.Reporting.Page;

/// <summary>Writes the images of a solution as one HTML file with links to the report of each. It needs no script.</summary>
internal static class SolutionPage
{
    private static readonly PageTable s_table = new(column => column is 1 or 3);

    /// <param name="solution">The solution's file name.</param>
    /// <param name="folder">The page's folder, to which links are relative.</param>
    public static string Write(string solution, IReadOnlyList<SolutionImage> images, string folder) =>
        PageParts.Plain(
            PageParts.Resource("size.css"),
            SolutionImage.Heading(solution, images),
            "solution.html",
            new Dictionary<string, string>
            {
                ["heads"] = s_table.Heads(SolutionImage.Heads),
                ["rows"] = string.Concat(images.Select(image => s_table.Row(image.Cells, Link(folder, image.Page)))),
            }
        );

    private static string? Link(string folder, string? page) =>
        page is null ? null : Path.GetRelativePath(folder, page).Replace('\\', '/');
}
