using Microsoft.Build.Framework;
using MultiStage.Build.Diagnostics;
using MultiStage.Build.Reporting;
using MultiStage.Build.Reporting.Ci;
using MultiStage.Build.Reporting.Console;
using MultiStage.Build.Stages;
using MultiStage.Build.Stages.Picture;

namespace MultiStage.Build.Tasks;

/// <summary>Tells the image's size: one line where it keeps its budgets, and what it is made of where it does not. Writes every
/// report.</summary>
[MSBuildMultiThreadableTask]
public sealed class ReportSize : SizeTask
{
    /// <summary><c>ContainerSizeReportDirectory</c>; empty for no copies.</summary>
    public string ReportDirectory { get; set; } = "";

    /// <inheritdoc />
    protected override Task RunAsync(CancellationToken cancellationToken)
    {
        var report = ReadSize();
        var problems = SizeProblems
            .Of(report, ReadBudgets(), Place)
            .Select(problem => Located(problem.Diagnostic, problem.Subject))
            .ToList();
        var server = BuildServers.Detect(Environment.GetEnvironmentVariable);
        var files = ReportFiles.Write(
            report,
            problems,
            server,
            Picture(report.Stage),
            new ReportFolders(Run, Copies, Path.GetFileNameWithoutExtension(ProjectFile))
        );
        Tell(report, problems, server, files);
        foreach (var annotation in BuildServers.Annotations(server, problems))
        {
            Log.LogMessage(MessageImportance.High, "{0}", annotation);
        }

        return Task.CompletedTask;
    }

    // An image that something else built has no plan, and one of an earlier build is not its plan.
    private string? Picture(string? stage)
    {
        if (stage is null || !File.Exists(PipelinePath(PipelineFiles.Plan)))
        {
            return null;
        }

        var plan = PipelineFile.Read<BuildPlan>(PipelinePath(PipelineFiles.Plan), "GenerateMultiStageDockerfile");
        return plan.Stages.FirstOrDefault(candidate => candidate.Name == stage) is { } built
            ? StageDrawing.Svg(StagePicture.Of(plan, built))
            : null;
    }

    private string? Copies => ReportDirectory.Length == 0 ? null : Path.GetFullPath(ReportDirectory, Path.GetDirectoryName(ProjectFile)!);

    private void Tell(SizeReport report, List<FoundProblem> problems, BuildServer server, ReportFiles files)
    {
        var line = LogText.Safe(ConsoleReport.Line(report));
        // One message, because each message gets a prefix of its own.
        var table = LogText.Safe(ConsoleReport.Table(report, new ConsolePlaces(Repository.Relative(files.Page), Place.AcceptCommand)));
        if (report.Passed)
        {
            Log.LogMessage(
                MessageImportance.High,
                "{0}{1}",
                ForTerminal,
                string.Join('\n', new[] { line, ConsoleFindings.Tighten(report, Place.AcceptCommand) }.OfType<string>())
            );
        }

        Log.LogMessage(
            report.Passed ? MessageImportance.Normal : MessageImportance.High,
            "{0}",
            server == BuildServer.GitLab && !report.Passed
                ? BuildServers.GitLabSection("image_size", line, table, DateTimeOffset.UtcNow)
                : table
        );
        if (server == BuildServer.AzurePipelines)
        {
            Log.LogMessage(MessageImportance.High, "{0}", BuildServers.AzureSummary(files.Summary));
        }

        if (server == BuildServer.GitHubActions && Environment.GetEnvironmentVariable("GITHUB_STEP_SUMMARY") is { Length: > 0 } summary)
        {
            ReportFiles.AppendSummary(summary, report, problems);
        }
    }

    private FoundProblem Located(Diagnostic diagnostic, string subject)
    {
        var place = SourceLocator.Find(ProjectFile, diagnostic.About);
        return new FoundProblem(diagnostic, Repository.Relative(place.File), place.Line, place.Column, subject);
    }
}
