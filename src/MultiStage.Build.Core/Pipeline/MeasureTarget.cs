using System.Collections.Immutable;
using MultiStage.Build.Budgets;
using MultiStage.Build.Budgets.Baselines;
using MultiStage.Build.Budgets.Hints;
using MultiStage.Build.Diagnostics;
using MultiStage.Build.Reporting;
using MultiStage.Build.Variants;

namespace MultiStage.Build.Pipeline;

/// <summary><c>MeasureMultiStageImage</c>: measures the built image, compares it with its baseline, and holds it against the
/// budgets.</summary>
/// <param name="run">The run.</param>
public sealed class MeasureTarget(TargetRun run)
{
    /// <summary>Whether a report needs the image's files, even where every budget is kept.</summary>
    public bool Explain { get; init; }

    /// <summary>Runs the target, which writes <c>size.json</c> and, where files had to be known, <c>breakdown.json</c>.</summary>
    /// <param name="cancellationToken">Ends the measuring.</param>
    /// <exception cref="MultiStageException">The image cannot be measured.</exception>
    /// <returns>A task that ends with it.</returns>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var image = run.ReadImage();
        await using var engine = await run.OpenStoreAsync(image, cancellationToken);
        var others = image.StageImages.Where(stage => stage.Value != image.ImageId).ToImmutableDictionary();
        try
        {
            var request = new MeasureRequest(engine.Store, image.ImageId, image.BaseImage)
            {
                Stages = [image.Stage, .. image.StageImages.Keys.Except(others.Keys, StringComparer.OrdinalIgnoreCase)],
                Explain = Explain,
                Baseline = await new BaselineLookup(run.ReadBaseline()).FindAsync(
                    engine.Store,
                    baseline => BaselineImage.MeasureAsync(engine.Store, baseline, image.BaseImage, cancellationToken),
                    cancellationToken
                ),
                Known = SizeFiles.Find(run.Files.Shared),
                StageImages = others,
            };
            var gated = await BudgetedMeasurement.RunAsync(request, run.ReadBudgets(), cancellationToken);
            SizeFiles.Write(
                run.Files,
                new SizeReport(image.Names[0], image.Stage, gated.Measured, gated.Verdicts)
                {
                    Comparison = gated.Comparison,
                    Hints = ExploredHints.Apply(
                        SizeHints.Of(gated.Measured, isFinalStage: image.Stage == "runtime"),
                        gated.Measured,
                        Explored()
                    ),
                }
            );
        }
        finally
        {
            // They were built to be measured.
            foreach (var stage in others.Values.Distinct(StringComparer.Ordinal))
            {
                await engine.Store.RemoveUnnamedAsync(stage, cancellationToken);
            }
        }

        run.Phase("image measured");
    }

    // Where a publish has its reports, or where someone keeps it for a server that explores nothing.
    private Exploration? Explored() =>
        ExplorationFile.Find(
            run.SharedPath(PipelineFiles.Explore),
            Path.Combine(Path.GetDirectoryName(run.ReadBaseline().File)!, $"{run.ProjectName}.{PipelineFiles.Explore}")
        );
}
