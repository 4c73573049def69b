using System.Collections.Immutable;
using MultiStage.Build.Budgets;
using MultiStage.Build.Budgets.Baselines;
using MultiStage.Build.Budgets.Hints;
using MultiStage.Build.Engines;
using MultiStage.Build.Measurement;
using MultiStage.Build.Pipeline;
using MultiStage.Build.Reporting;

namespace MultiStage.Build.Tasks;

/// <summary>
/// Measures the built image, compares it with its baseline, holds it against the budgets, and writes <c>size.json</c> and, where files had to be known,
/// <c>breakdown.json</c>.
/// </summary>
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
            Baseline = await FindBaselineAsync(engine, () => BaselineImage.MeasureAsync(engine.Store, BaselineImageName, image.BaseImage, cancellationToken), cancellationToken),
            Known = SizeFiles.Find(Run.Shared),
            StageBytes = await StageBytesAsync(engine, image, cancellationToken),
        };
        var (measured, verdicts) = await GatedMeasurement.RunAsync(request, settings, cancellationToken);
        Write(new SizeReport(image.Names[0], image.Stage, measured, verdicts)
        {
            Comparison = request.Baseline?.Compare(measured),
            Hints = SizeHints.Of(measured, isFinalStage: image.Stage == "runtime"),
        });
        Phase("image measured");
    }

    private static async Task<ImmutableDictionary<string, long>> StageBytesAsync(
        Engine engine, BuiltImage image, CancellationToken cancellationToken)
    {
        var bytes = ImmutableDictionary.CreateBuilder<string, long>(StringComparer.OrdinalIgnoreCase);
        // Stages that differ in nothing are one image; and the image itself is still needed.
        foreach (var stages in image.StageImages.Where(stage => stage.Value != image.ImageId).GroupBy(stage => stage.Value, stage => stage.Key, StringComparer.Ordinal))
        {
            var total = (await ImageMeasurer.MeasureAsync(engine.Store, stages.Key, null, cancellationToken)).Total;
            bytes.AddRange(stages.Select(stage => KeyValuePair.Create(stage, total)));
            await engine.Store.RemoveUnnamedAsync(stages.Key);
        }

        return bytes.ToImmutable();
    }
}
