using MultiStage.Build.Diagnostics;
using MultiStage.Build.Reporting;
using MultiStage.Build.Reporting.Console;

namespace MultiStage.Build.Pipeline;

/// <summary><c>EnforceMultiStageSizeBudgets</c>: fails the build for each budget that the image breaks, before the image gets a
/// name.</summary>
/// <param name="run">The run.</param>
public sealed class EnforceTarget(TargetRun run)
{
    /// <summary>Runs the target.</summary>
    /// <exception cref="MultiStageException"><see cref="Codes.PipelineFileUnusable"/>.</exception>
    public void Run()
    {
        var report = run.ReadSize();
        var place = run.ReadBaseline().Place;
        var problems = SizeProblems.Of(report, run.ReadBudgets(), place).Select(problem => problem.Diagnostic);
        run.Report(
            TargetRun.IsTerminal
                ? GateBlock.Join(
                    problems,
                    report,
                    new ConsolePlaces(run.Repository.Relative(Path.Combine(run.Files.ForPeople, PipelineFiles.Page)), place.AcceptCommand)
                )
                : problems
        );
    }
}
