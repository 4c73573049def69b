using MultiStage.Build.Reporting.Page;
using MultiStage.Build.Variants;

namespace MultiStage.Build.Pipeline.Exploring;

/// <summary>An exploration as files beside the other reports.</summary>
internal static class ExplorationFiles
{
    /// <summary>The folder of the lists of warnings, beside <c>explore.json</c>.</summary>
    public const string Folder = "explore";

    /// <param name="shared">The folder of the reports.</param>
    /// <param name="copies">The folder of copies; null for none.</param>
    /// <returns>The page's path: that of the copy, where there is one.</returns>
    public static string Write(Exploration exploration, string shared, string? copies)
    {
        var html = ExplorePage.Write(exploration);
        var page = Path.Combine(shared, PipelineFiles.ExplorePage);
        PipelineFile.Write(Path.Combine(shared, PipelineFiles.Explore), exploration);
        PipelineFile.WriteText(page, html);
        if (copies is null)
        {
            return page;
        }

        var copy = Path.Combine(copies, $"{exploration.Project}.{PipelineFiles.ExplorePage}");
        PipelineFile.Write(Path.Combine(copies, $"{exploration.Project}.{PipelineFiles.Explore}"), exploration);
        PipelineFile.WriteText(copy, html);
        return copy;
    }
}
