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
public sealed class ReportTarget(TargetRun run)
{
    /// <summary><c>ContainerSizeReportDirectory</c>; empty for no copies.</summary>
    public required string Copies { get; init; }

    /// <summary>Runs the target.</summary>
    /// <exception cref="MultiStageException"><see cref="Codes.FileNotWritten"/>.</exception>
    public void Run()
    {
        var reports = run.ReadSizes();
        var server = BuildServers.Detect(Environment.GetEnvironmentVariable);
        if (reports.Length > 1)
        {
            var table = LogText.Safe(PlatformTable.Write(reports));
            run.Log.Message(Verbosity.Minimal, TargetRun.IsTerminal ? $"{run.ProjectName} -> {table}" : table);
            // What is not looked up by platform is found where it is for one: of the worst.
            var problems = reports.SelectMany(Problems).ToList();
            var whole = reports[0] with { Platforms = reports };
            ReportFiles.Write(whole, problems, server, Picture(whole.Stage), Folders("", run.ProjectName));
            Summarize(whole, problems, server);
        }

        foreach (var report in reports)
        {
            Report(report, server, reports.Length > 1);
        }
    }

    private ReportFolders Folders(string within, string project) =>
        new(run.Files, Copies.Length == 0 ? null : run.FullPath(Copies), project) { Within = within };

    private List<FoundProblem> Problems(SizeReport report) =>
        [
            .. SizeProblems
                .Of(report, run.ReadBudgets(), run.ReadBaseline().PlaceOf(report.PlatformFolder))
                .Select(problem => Located(problem.Diagnostic, problem.Subject)),
        ];

    private void Report(SizeReport report, BuildServer server, bool isOneOfSeveral)
    {
        var problems = Problems(report);
        var project = isOneOfSeveral ? $"{run.ProjectName}.{report.PlatformFolder}" : run.ProjectName;
        var files = ReportFiles.Write(report, problems, server, Picture(report.Stage), Folders(report.Folder, project));
        Show(report, server, files, run.ReadBaseline().Place.AcceptCommand, isOneOfSeveral);
        if (!isOneOfSeveral)
        {
            Summarize(report, problems, server);
        }

        foreach (var annotation in BuildServers.Annotations(server, problems))
        {
            run.Log.Command(annotation);
        }
    }

    private static void Summarize(SizeReport report, List<FoundProblem> problems, BuildServer server)
    {
        if (server == BuildServer.GitHubActions && Environment.GetEnvironmentVariable("GITHUB_STEP_SUMMARY") is { Length: > 0 } summary)
        {
            ReportFiles.AppendSummary(summary, report, problems);
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

    private void Show(SizeReport report, BuildServer server, ReportFiles files, string accept, bool isOneOfSeveral)
    {
        var line = LogText.Safe(ConsoleReport.Line(report));
        var table = LogText.Safe(ConsoleReport.Table(report, new ConsolePlaces(run.Repository.Relative(files.Page), accept)));
        if (report.Passed && !isOneOfSeveral)
        {
            var told = LogText.Safe(ConsoleReport.Line(report, ConsoleReport.Width));
            run.Tell(string.Join('\n', new[] { told, ConsoleFindings.Tighten(report, accept) }.OfType<string>()));
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
