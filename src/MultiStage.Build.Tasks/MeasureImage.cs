using System.Collections.Immutable;
using Microsoft.Build.Framework;
using MultiStage.Build.Budgets;
using MultiStage.Build.Budgets.Baselines;
using MultiStage.Build.Budgets.Hints;
using MultiStage.Build.Engines;
using MultiStage.Build.Reporting;

namespace MultiStage.Build.Tasks;

/// <summary>
/// Measures the built image, compares it with its baseline, holds it against the budgets, and writes <c>size.json</c> and, where files had
/// to be known,
/// <c>breakdown.json</c>.
/// </summary>
[MSBuildMultiThreadableTask]
public sealed class MeasureImage : SizeTask
{
    /// <summary>Whether the image's files shall be known even where every budget is kept, for a report.</summary>
    public bool Explain { get; set; }

    /// <inheritdoc />
    protected override async Task RunAsync(CancellationToken cancellationToken)
    {
        var settings = ReadBudgets();
        var image = ReadImage();
        await using var engine = await Engine.OpenAsync(image.Engine, cancellationToken);
        var request = new MeasureRequest(engine.Store, image.ImageId, image.BaseImage)
        {
            Stages = [image.Stage, .. image.StageImages.Where(stage => stage.Value == image.ImageId).Select(stage => stage.Key)],
            Explain = Explain,
            Baseline = await FindBaselineAsync(
                engine,
                () => BaselineImage.MeasureAsync(engine.Store, BaselineImageName, image.BaseImage, cancellationToken),
                cancellationToken
            ),
            Known = SizeFiles.Find(Run.Shared),
            StageImages = image.StageImages.Where(stage => stage.Value != image.ImageId).ToImmutableDictionary(),
        };
        var gated = await BudgetedMeasurement.RunAsync(request, settings, cancellationToken);
        Write(
            new SizeReport(image.Names[0], image.Stage, gated.Measured, gated.Verdicts)
            {
                Comparison = gated.Comparison,
                Hints = SizeHints.Of(gated.Measured, isFinalStage: image.Stage == "runtime"),
            }
        );
        foreach (var stage in request.StageImages.Values.Distinct(StringComparer.Ordinal))
        {
            await engine.Store.RemoveUnnamedAsync(stage);
        }

        Phase("image measured");
    }
}
