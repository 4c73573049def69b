using System.Collections.Immutable;
using MultiStage.Build.Diagnostics;
using MultiStage.Build.Reporting;
using MultiStage.Build.Reporting.Console;
using MultiStage.Build.Reporting.Page;

namespace MultiStage.Build.Pipeline;

/// <summary>One project of a solution that was published as images.</summary>
/// <param name="ProjectFile">The project's absolute path.</param>
/// <param name="Folder">The folder of its run, absolute.</param>
/// <param name="IsDelivered">Whether its image has its names.</param>
/// <param name="Copies"><c>ContainerSizeReportDirectory</c>, absolute; empty for none.</param>
public sealed record SolutionRun(string ProjectFile, string Folder, bool IsDelivered, string Copies);

/// <summary>Shows the images of a solution together, at the end, and writes one page for them.</summary>
/// <param name="run">The run; its project is the solution.</param>
public sealed class SolutionTarget(TargetRun run)
{
    /// <summary>What each project made.</summary>
    public required ImmutableArray<SolutionRun> Projects { get; init; }

    /// <summary>The name of the project that runs this, which the terminal logger wants to hear.</summary>
    public required string Caller { get; init; }

    /// <summary>Runs the target.</summary>
    /// <exception cref="MultiStageException"><see cref="Codes.FileNotWritten"/>.</exception>
    public void Run()
    {
        // Of one image its own report says all there is to say.
        if (Projects.Length < 2)
        {
            return;
        }

        ImmutableArray<SolutionRun> projects = [.. Projects.OrderBy(project => project.ProjectFile, StringComparer.Ordinal)];
        var copies = projects.Select(project => project.Copies).FirstOrDefault(folder => folder.Length > 0);
        var folder = copies ?? new PipelineRun(projects[0].Folder).Shared;
        var page = Path.Combine(folder, $"{run.ProjectName}.images.html");
        ImmutableArray<SolutionImage> images = [.. projects.Select(Image)];
        var solution = Path.GetFileName(run.ProjectFile);
        PipelineFile.WriteText(page, SolutionPage.Write(solution, images, folder));
        var text = SolutionTable.Of(solution, images, run.Repository.Relative(page));
        run.Log.Message(Verbosity.Minimal, TargetRun.IsTerminal ? $"{Caller} -> {Indented(text)}" : text);
    }

    private static SolutionImage Image(SolutionRun project)
    {
        var files = new PipelineRun(project.Folder);
        var name = Path.GetFileNameWithoutExtension(project.ProjectFile);
        if (!File.Exists(Path.Combine(project.Folder, PipelineFiles.Size)))
        {
            return new(name, null, project.IsDelivered, null);
        }

        var report = SizeFiles.Read(project.Folder);
        var page =
            project.Copies.Length > 0
                ? Path.Combine(project.Copies, $"{name}.size.html")
                : Path.Combine(files.ForPeople, PipelineFiles.Page);
        return new(report.Image, report, project.IsDelivered, page);
    }

    // Below the line that a terminal shows of the project.
    private static string Indented(string text) => text.Replace("\n", "\n    ", StringComparison.Ordinal);
}
