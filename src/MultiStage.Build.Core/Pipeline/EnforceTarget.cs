using MultiStage.Build.Diagnostics;
using MultiStage.Build.Reporting;
using MultiStage.Build.Reporting.Console;

namespace MultiStage.Build.Pipeline;

/// <summary><c>EnforceMultiStageSizeBudgets</c>: fails the build for each budget that the image breaks, before the image gets a
/// name.</summary>
public sealed class EnforceTarget(TargetRun run)
{
    /// <summary>Runs the target.</summary>
    /// <exception cref="MultiStageException"><see cref="Codes.PipelineFileUnusable"/>.</exception>
    public void Run()
    {
        var (baseline, budgets) = (run.ReadBaseline(), run.ReadBudgets());
        foreach (var report in run.ReadSizes())
        {
            var place = baseline.PlaceOf(report.PlatformFolder);
            var problems = SizeProblems.Of(report, budgets, place).Select(problem => problem.Diagnostic);
            var page = Path.Combine(run.Files.ForPeople, report.Folder, PipelineFiles.Page);
            run.Report(
                TargetRun.IsTerminal
                    ? GateBlock.Join(problems, report, new ConsolePlaces(run.Repository.Relative(page), place.AcceptCommand))
                    : problems
            );
        }
    }
}
