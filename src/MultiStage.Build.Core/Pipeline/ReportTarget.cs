using MultiStage.Build.Diagnostics;
using MultiStage.Build.Reporting;
using MultiStage.Build.Reporting.Ci;
using MultiStage.Build.Reporting.Console;
using MultiStage.Build.Stages.Picture;

namespace MultiStage.Build.Pipeline;

/// <summary>
/// <c>ReportMultiStageSize</c>: shows the image's size, in one line where it keeps its budgets, else with what it is made of. Writes every
/// report.
/// </summary>
/// <param name="run">The run.</param>
public sealed class ReportTarget(TargetRun run)
{
    /// <summary><c>ContainerSizeReportDirectory</c>; empty for no copies.</summary>
    public required string Copies { get; init; }

    /// <summary>Runs the target.</summary>
    /// <exception cref="MultiStageException"><see cref="Codes.FileNotWritten"/>.</exception>
    public void Run()
    {
        var report = run.ReadSize();
        var place = run.ReadBaseline().Place;
        var problems = SizeProblems
            .Of(report, run.ReadBudgets(), place)
            .Select(problem => Located(problem.Diagnostic, problem.Subject))
            .ToList();
        var server = BuildServers.Detect(Environment.GetEnvironmentVariable);
        var files = ReportFiles.Write(
            report,
            problems,
            server,
            Picture(report.Stage),
            new ReportFolders(run.Files, Copies.Length == 0 ? null : run.FullPath(Copies), run.ProjectName)
        );
        Show(report, server, files, place.AcceptCommand);
        if (server == BuildServer.GitHubActions && Environment.GetEnvironmentVariable("GITHUB_STEP_SUMMARY") is { Length: > 0 } summary)
        {
            ReportFiles.AppendSummary(summary, report, problems);
        }

        foreach (var annotation in BuildServers.Annotations(server, problems))
        {
            run.Log.Command(annotation);
        }
    }

    // An image that something else built has no plan, and one of an earlier build is not its plan.
    private string? Picture(string? stage)
    {
        if (stage is null || !File.Exists(run.Path(PipelineFiles.Plan)))
        {
            return null;
        }

        var plan = run.ReadPlan();
        return plan.Stages.FirstOrDefault(candidate => candidate.Name == stage) is { } built
            ? StageDrawing.Svg(StagePicture.Of(plan, built))
            : null;
    }

    private void Show(SizeReport report, BuildServer server, ReportFiles files, string accept)
    {
        var line = LogText.Safe(ConsoleReport.Line(report));
        var table = LogText.Safe(ConsoleReport.Table(report, new ConsolePlaces(run.Repository.Relative(files.Page), accept)));
        if (report.Passed)
        {
            run.Tell(string.Join('\n', new[] { line, ConsoleFindings.Tighten(report, accept) }.OfType<string>()));
        }

        run.Log.Message(
            report.Passed ? Verbosity.Normal : Verbosity.Minimal,
            server == BuildServer.GitLab && !report.Passed
                ? BuildServers.GitLabSection("image_size", line, table, DateTimeOffset.UtcNow)
                : table
        );
        if (server == BuildServer.AzurePipelines)
        {
            run.Log.Command(BuildServers.AzureSummary(files.Summary));
        }
    }

    private FoundProblem Located(Diagnostic diagnostic, string subject)
    {
        var place = SourceLocator.Find(run.ProjectFile, diagnostic.About);
        return new FoundProblem(diagnostic, run.Repository.Relative(place.File), place.Line, place.Column, subject);
    }
}
