using MultiStage.Build.Budgets;
using MultiStage.Build.Diagnostics;
using MultiStage.Build.Engines;
using MultiStage.Build.Pipeline.Building;
using MultiStage.Build.Reporting;

namespace MultiStage.Build.Pipeline;

/// <summary>What a push left in the registry. Written to <c>pushed.json</c>.</summary>
internal sealed record PushedImage(string Digest);

/// <summary>
/// Gives an image that goes to a registry its names, and pushes it. A target of its own, because a terminal shows the name of the target
/// that runs, and a push may take long.
/// </summary>
public sealed class PushTarget(TargetRun run)
{
    /// <summary>Runs the target, which writes <c>pushed.json</c> where the image is pushed.</summary>
    /// <exception cref="MultiStageException">The image cannot be tagged or pushed.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var image = run.ReadImage();
        if (!image.Push)
        {
            return;
        }

        await using var engine = await run.OpenStoreAsync(image, cancellationToken);
        var digest = await PushAsync(engine, image, cancellationToken);
        PipelineFile.Write(run.Path(PipelineFiles.Pushed), new PushedImage(digest));
        run.Phase("image pushed");
        foreach (var report in run.ReadSizes())
        {
            var budgets = report.PlatformFolder is null ? run.ReadBudgets() : run.ReadBudgets().For(report.Sizes.Platform);
            if (PushedSize.Matters(budgets))
            {
                await CheckPullSizeAsync(engine.Store, (image.Names[0], digest), report, budgets, cancellationToken);
            }
        }
    }

    private async Task<string> PushAsync(OpenedStore engine, BuiltImage image, CancellationToken cancellationToken)
    {
        var delivery = new ImageDelivery(engine.Store, image, new BuildLog(run.Log));
        try
        {
            return await delivery.RunAsync(cancellationToken);
        }
        catch when (delivery.Rest is { } rest)
        {
            run.Report(rest);
            throw;
        }
    }

    private async Task CheckPullSizeAsync(
        IImageStore store,
        (string Name, string Digest) pushed,
        SizeReport size,
        BudgetSettings budgets,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var bytes = await store.PullSizeAsync(pushed.Name, pushed.Digest, size.Sizes.Platform, cancellationToken);
            var before = size.Verdicts.FirstOrDefault(verdict => verdict.Kind == BudgetKinds.Compressed);
            var after = PushedSize.Of(size.Measured, budgets, bytes, TimeProvider.System);
            var compared = BudgetText.Compare(after);
            run.Log.Message(Verbosity.Minimal, $"{pushed.Name}: pull size {compared.Size} of {compared.Limit}");
            if (PushedSize.Problem(before, after, size.Measured, pushed.Name, budgets.Severity) is { } problem)
            {
                run.Report(problem);
            }
        }
        catch (MultiStageException e) when (e.Diagnostic.Descriptor == Codes.PullSizeUnknown)
        {
            run.Report(e.Diagnostic);
        }
    }
}
