using System.Collections.Immutable;
using MultiStage.Build.Budgets;
using MultiStage.Build.Budgets.Baselines;
using MultiStage.Build.Budgets.Hints;
using MultiStage.Build.Diagnostics;
using MultiStage.Build.Engines;
using MultiStage.Build.Engines.Archives;
using MultiStage.Build.Reporting;
using MultiStage.Build.Variants;

namespace MultiStage.Build.Pipeline;

/// <summary><c>MeasureMultiStageImage</c>: measures the built image, compares it with its baseline, and holds it against the
/// budgets.</summary>
public sealed class MeasureTarget(TargetRun run)
{
    /// <summary>Whether a report needs the image's files, even where every budget is kept.</summary>
    public bool Explain { get; init; }

    /// <summary>Runs the target, which writes <c>size.json</c> and, where files had to be known, <c>breakdown.json</c>.</summary>
    /// <exception cref="MultiStageException">The image cannot be measured.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var image = run.ReadImage();
        DeleteOld(run.SharedPath(PipelineFiles.Platforms));
        if (image.Platforms.IsEmpty)
        {
            await using var engine = await run.OpenStoreAsync(image, cancellationToken);
            var report = await MeasureAsync(image, engine.Store, engine.Store, run.ReadBaseline(), run.ReadBudgets(), cancellationToken);
            SizeFiles.Write(run.Files, report);
        }
        else
        {
            await MeasureSeveralAsync(image, cancellationToken);
        }

        run.Phase("image measured");
    }

    // Each platform by itself: its own budgets, its own baseline, its own files.
    private async Task MeasureSeveralAsync(BuiltImage image, CancellationToken cancellationToken)
    {
        // A daemon has the stages that budgets limit, and an image that is the baseline.
        await using var engine =
            image.Engine is EngineKind.Sdk
                ? run.OpenStore(image.InArchive!)
                : await run.OpenStoreAsync(image with { InArchive = null }, cancellationToken);
        var (baseline, budgets) = (run.ReadBaseline(), run.ReadBudgets());
        var reports = new List<SizeReport>();
        foreach (var part in image.Platforms)
        {
            await using var archive = run.OpenStore(part.Image);
            var one = image with { ImageId = ArchiveStore.IdOf(part.Image), StageImages = part.StageImages };
            if (image.Platforms.Length == 1)
            {
                SizeFiles.Write(run.Files, await MeasureAsync(one, archive.Store, engine.Store, baseline, budgets, cancellationToken));
                return;
            }

            one = one with { Names = [$"{image.Names[0]} ({part.Platform})"] };
            var own = baseline.For(part.FileName);
            var report = await MeasureAsync(one, archive.Store, engine.Store, own, budgets.For(part.Platform), cancellationToken);
            var folder = Path.Combine(PipelineFiles.Platforms, part.FileName);
            SizeFiles.Write(run.Path(folder), report);
            SizeFiles.Write(run.SharedPath(folder), report);
            reports.Add(report);
        }

        SizeFiles.Write(run.Files, SizeReport.WorstFirst(reports)[0]);
    }

    private async Task<SizeReport> MeasureAsync(
        BuiltImage image,
        IImageStore store,
        IImageStore daemon,
        BaselineSettings baseline,
        BudgetSettings budgets,
        CancellationToken cancellationToken
    )
    {
        // The stage that was built is named by nothing, or by the image itself.
        var others = image.StageImages.Where(stage => stage.Value.Length > 0 && stage.Value != image.ImageId).ToImmutableDictionary();
        try
        {
            var request = new MeasureRequest(store, image.ImageId, image.BaseImage)
            {
                Stages = [image.Stage, .. image.StageImages.Keys.Except(others.Keys, StringComparer.OrdinalIgnoreCase)],
                Explain = Explain,
                Baseline = await new BaselineLookup(baseline).FindAsync(
                    daemon,
                    reference => BaselineImage.MeasureAsync(daemon, reference, image.BaseImage, cancellationToken),
                    cancellationToken
                ),
                Known = SizeFiles.Find(run.Files.Shared),
                StageSource = daemon,
                StageImages = others,
            };
            var gated = await BudgetedMeasurement.RunAsync(request, budgets, cancellationToken);
            return new SizeReport(image.Names[0], image.Stage, gated.Measured, gated.Verdicts)
            {
                Comparison = gated.Comparison,
                Hints = ExploredHints.Apply(
                    SizeHints.Of(gated.Measured, isFinalStage: image.Stage == "runtime"),
                    gated.Measured,
                    Explored(baseline)
                ),
            };
        }
        finally
        {
            // They were built to be measured.
            foreach (var stage in others.Values.Distinct(StringComparer.Ordinal))
            {
                await daemon.RemoveUnnamedAsync(stage, cancellationToken);
            }
        }
    }

    // Of an earlier publish, for other platforms.
    private static void DeleteOld(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    // Where a publish has its reports, or where someone keeps it for a server that explores nothing.
    private Exploration? Explored(BaselineSettings baseline) =>
        ExplorationFile.Find(
            run.SharedPath(PipelineFiles.Explore),
            Path.Combine(Path.GetDirectoryName(baseline.File)!, $"{run.ProjectName}.{PipelineFiles.Explore}")
        );
}
