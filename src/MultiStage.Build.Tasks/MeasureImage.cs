using System.Collections.Immutable;
using MultiStage.Build.Budgets;
using MultiStage.Build.Engines;
using MultiStage.Build.Measurement;
using MultiStage.Build.Reporting;

namespace MultiStage.Build.Tasks;

/// <summary>Measures the built image, holds it against the budgets, and writes <c>size.json</c> and, where files had to be known, <c>breakdown.json</c>.</summary>
public sealed class MeasureImage : MultiStageTask
{
    /// <summary>Whether the image's files shall be known even where every budget is kept, for a report.</summary>
    public bool Explain { get; set; }

    /// <inheritdoc />
    protected override async Task RunAsync(CancellationToken cancellationToken)
    {
        var settings = ReadBudgets();
        var image = ReadImage();
        await using var engine = await DockerEngine.ConnectAsync(cancellationToken);
        var request = new MeasureRequest(engine, image.ImageId, image.BaseImage)
        {
            Stage = image.Stage,
            Explain = Explain,
            Known = FindSize()?.Measured,
            StageBytes = await StageBytesAsync(engine, image.StageImages, cancellationToken),
        };
        var (measured, verdicts) = await GatedMeasurement.RunAsync(request, settings, cancellationToken);
        Write(new SizeReport(image.Names[0], image.Stage, measured, verdicts));
    }

    private static async Task<ImmutableDictionary<string, long>> StageBytesAsync(
        DockerEngine engine, ImmutableSortedDictionary<string, string> images, CancellationToken cancellationToken)
    {
        var bytes = ImmutableDictionary.CreateBuilder<string, long>(StringComparer.OrdinalIgnoreCase);
        foreach (var (stage, id) in images)
        {
            bytes[stage] = (await ImageMeasurer.MeasureAsync(engine, id, null, cancellationToken)).Total;
            await engine.RemoveUnnamedAsync(id, cancellationToken);
        }

        return bytes.ToImmutable();
    }
}
