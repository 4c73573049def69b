using System.Text;
using MultiStage.Build.Diagnostics;
using MultiStage.Build.Reporting.Ci;
using MultiStage.Build.Reporting.Page;

namespace MultiStage.Build.Reporting;

/// <summary>Where reports go.</summary>
/// <param name="Copies">The folder that copies go to, absolute; null for none.</param>
/// <param name="Project">The project's name, which keeps the copies of several projects apart.</param>
internal sealed record ReportFolders(PipelineRun Run, string? Copies, string Project)
{
    /// <summary>The folder in that of the run; empty for the run's own.</summary>
    public string Within { get; init; } = "";
}

/// <param name="Page">The page's absolute path: that of the copy, where there is one.</param>
/// <param name="Summary">The Markdown file's absolute path.</param>
internal sealed record ReportFiles(string Page, string Summary)
{
    /// <summary>Writes every report beside <c>size.json</c>, and copies of all of them where they are asked for.</summary>
    /// <param name="server">The build server, which may want one more.</param>
    /// <param name="stages">The stages as an SVG drawing; null where there is none.</param>
    /// <exception cref="MultiStageException"><see cref="Codes.FileNotWritten"/>.</exception>
    public static ReportFiles Write(
        SizeReport report,
        IReadOnlyList<FoundProblem> problems,
        BuildServer server,
        string? stages,
        ReportFolders folders
    )
    {
        var page = Path.Combine(folders.Run.ForPeople, folders.Within, PipelineFiles.Page);
        var summary = Path.Combine(folders.Run.ForPeople, folders.Within, PipelineFiles.Summary);
        string Page(Func<SizeReport, string> pageOf) => PageReport.Write(report, stages, pageOf);
        var files = new List<(string Name, string Copy, string Text)>
        {
            (
                PipelineFiles.Page,
                $"{folders.Project}.size.html",
                Page(platform => $"{PipelineFiles.Platforms}/{platform.PlatformFolder}/{PipelineFiles.Page}")
            ),
            (PipelineFiles.Summary, $"{folders.Project}.size.md", MarkdownReport.Write(report, problems)),
            (PipelineFiles.Sarif, $"{folders.Project}.size.sarif", SarifReport.Write(problems)),
        };
        if (server == BuildServer.GitLab)
        {
            files.Add((CodeQualityReport.FileName, $"{folders.Project}.{CodeQualityReport.FileName}", CodeQualityReport.Write(problems)));
        }

        if (report.Measured.Breakdown is { } known)
        {
            files.Add((SbomReport.FileName, $"{folders.Project}.cdx.json", SbomReport.Write(report, known)));
        }

        foreach (var (name, _, text) in files)
        {
            PipelineFile.WriteText(Path.Combine(folders.Run.Folder, folders.Within, name), text);
            PipelineFile.WriteText(Path.Combine(folders.Run.Shared, folders.Within, name), text);
        }

        if (folders.Copies is not { } copies)
        {
            return new ReportFiles(page, summary);
        }

        if (!report.Platforms.IsEmpty)
        {
            // Copies lie in one folder.
            files[0] = files[0] with { Text = Page(platform => $"{folders.Project}.{platform.PlatformFolder}.size.html") };
        }

        // Not <project>.size.json, which is what a baseline is called.
        files.Add((PipelineFiles.Size, $"{folders.Project}.size.report.json", SizeJson.Write(report)));
        foreach (var (_, copy, text) in files)
        {
            PipelineFile.WriteText(Path.Combine(copies, copy), text);
        }

        return new ReportFiles(Path.Combine(copies, $"{folders.Project}.size.html"), summary);
    }

    /// <summary>Appends to GitHub's job summary. Several projects may share a step's, which may have 1 MiB in all: one byte more and it is
    /// not shown.</summary>
    /// <param name="path">The file that <c>GITHUB_STEP_SUMMARY</c> names.</param>
    /// <exception cref="MultiStageException"><see cref="Codes.FileNotWritten"/>.</exception>
    public static void AppendSummary(string path, SizeReport report, IReadOnlyList<FoundProblem> problems)
    {
        try
        {
            using var file = OpenAlone(path);
            var markdown = MarkdownReport.Write(report, problems, (int)Math.Max(0, MarkdownReport.MostBytes - 1 - file.Length));
            file.Seek(0, SeekOrigin.End);
            if (markdown.Length > 0)
            {
                file.Write(Encoding.UTF8.GetBytes("\n" + markdown));
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Codes.FileNotWritten.Error(path, exception.Message);
        }
    }

    // Publishes of one step may end at the same moment. Each takes milliseconds to write.
    private static FileStream OpenAlone(string path)
    {
        const int MostAttempts = 100;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (attempt < MostAttempts && File.Exists(path))
            {
                Thread.Sleep(TimeSpan.FromMilliseconds(50));
            }
        }
    }
}
