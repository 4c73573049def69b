using Microsoft.Build.Framework;
using MultiStage.Build.Reporting;
using MultiStage.Build.Reporting.Console;

namespace MultiStage.Build.Tasks;

/// <summary>Fails the build for each budget that the image breaks, before the image gets a name.</summary>
[MSBuildMultiThreadableTask]
public sealed class EnforceSizeBudgets : SizeTask
{
    /// <inheritdoc />
    protected override Task RunAsync(CancellationToken cancellationToken)
    {
        var report = ReadSize();
        var problems = SizeProblems.Of(report, ReadBudgets(), Place).Select(problem => problem.Diagnostic);
        Report(
            IsTerminal
                ? GateBlock.Join(
                    problems,
                    report,
                    new ConsolePlaces(Repository.Relative(Path.Combine(Run.ForPeople, PipelineFiles.Page)), Place.AcceptCommand)
                )
                : problems
        );
        return Task.CompletedTask;
    }
}
