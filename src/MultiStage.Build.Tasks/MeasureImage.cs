using MultiStage.Build.Budgets;
using MultiStage.Build.Engines;
using MultiStage.Build.Reporting;

namespace MultiStage.Build.Tasks;

/// <summary>Measures the built image, holds it against the budgets, and writes <c>size.json</c>.</summary>
public sealed class MeasureImage : MultiStageTask
{
    /// <summary><c>ContainerSizeBudget</c>; empty for none.</summary>
    public string SizeBudget { get; set; } = "";

    /// <summary><c>ContainerSizeBudgetSeverity</c>; empty for <c>error</c>.</summary>
    public string SizeBudgetSeverity { get; set; } = "";

    /// <inheritdoc />
    protected override async Task RunAsync(CancellationToken cancellationToken)
    {
        var settings = BudgetSettings.Parse(SizeBudget, SizeBudgetSeverity);
        var image = ReadImage();
        await using var engine = await DockerEngine.ConnectAsync(cancellationToken);
        var (sizes, verdicts) = await SizeGate.MeasureAsync(engine, image.ImageId, image.BaseImage, settings.Budgets, cancellationToken);
        var report = new SizeReport(image.Names[0], image.Stage, sizes, verdicts);
        PipelineFile.WriteText(PipelinePath(PipelineFiles.Size), SizeJson.Write(report));
    }
}
