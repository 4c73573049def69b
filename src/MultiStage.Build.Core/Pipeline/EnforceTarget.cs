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
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var (baseline, budgets, rejected) = (run.ReadBaseline(), run.ReadBudgets(), false);
        foreach (var report in run.ReadSizes())
        {
            var place = baseline.PlaceOf(report.PlatformFolder);
            var problems = SizeProblems.Of(report, budgets, place).Select(problem => problem.Diagnostic).ToList();
            rejected |= problems.Exists(problem => problem.Descriptor.Severity == DiagnosticSeverity.Error);
            var page = Path.Combine(run.Files.ForPeople, report.Folder, PipelineFiles.Page);
            run.Report(
                TargetRun.IsTerminal
                    ? GateBlock.Join(problems, report, new ConsolePlaces(run.Repository.Relative(page), place.AcceptCommand))
                    : problems
            );
        }

        if (rejected)
        {
            await RemoveKeptAsync(cancellationToken);
        }
    }

    // The image of one of several platforms that was kept on the daemon to be run, which it never will be. The others are in the archive.
    private async Task RemoveKeptAsync(CancellationToken cancellationToken)
    {
        if (!File.Exists(run.Path(PipelineFiles.Image)))
        {
            return;
        }

        var image = run.ReadImage();
        foreach (var id in image.Platforms.Select(part => part.OnDaemon).OfType<string>())
        {
            await using var engine = await run.OpenEngineAsync(image.Engine, cancellationToken);
            await engine.Store.RemoveUnnamedAsync(id, cancellationToken);
        }
    }
}
