using MultiStage.Build.Budgets;
using MultiStage.Build.Engines;
using MultiStage.Build.Reporting;

namespace MultiStage.Build.Tasks;

/// <summary>Measures the built image, holds it against the budgets, and writes <c>size.json</c>.</summary>
public sealed class MeasureImage : MultiStageTask
{
    /// <inheritdoc />
    protected override async Task RunAsync(CancellationToken cancellationToken)
    {
        var settings = ReadBudgets();
        var image = ReadImage();
        await using var engine = await DockerEngine.ConnectAsync(cancellationToken);
        var (measured, verdicts) = await GatedMeasurement.RunAsync(engine, image.ImageId, image.BaseImage, settings, cancellationToken);
        Write(new SizeReport(image.Names[0], image.Stage, measured, verdicts));
    }

    private void Write(SizeReport report)
    {
        PipelineFile.WriteText(PipelinePath(PipelineFiles.Size), SizeJson.Write(report));
    }
}
