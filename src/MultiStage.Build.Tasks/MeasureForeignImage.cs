using Microsoft.Build.Framework;
using MultiStage.Build.Budgets;
using MultiStage.Build.Budgets.Baselines;
using MultiStage.Build.Budgets.Hints;
using MultiStage.Build.Diagnostics;
using MultiStage.Build.Engines;
using MultiStage.Build.Measurement.Archives;
using MultiStage.Build.Projects.Container;
using MultiStage.Build.Reporting;

namespace MultiStage.Build.Tasks;

/// <summary>Measures an image that something else built, holds it against the project's budgets, and writes the files that
/// <see cref="MeasureImage"/> does.</summary>
[MSBuildMultiThreadableTask]
public sealed class MeasureForeignImage : SizeTask
{
    // OCI image specification, annotations.md.
    private const string BaseNameLabel = "org.opencontainers.image.base.name";

    /// <summary><c>ContainerImage</c>; empty where an archive is measured.</summary>
    public string Image { get; set; } = "";

    /// <summary><c>ContainerArchive</c>; empty where an image on the daemon is measured.</summary>
    public string Archive { get; set; } = "";

    /// <summary><c>ContainerRuntimeIdentifier</c>, which chooses among platforms; empty for this machine's own.</summary>
    public string RuntimeIdentifier { get; set; } = "";

    /// <summary>Whether the image's files shall be known even where every budget is kept, for a report.</summary>
    public bool Explain { get; set; }

    /// <inheritdoc />
    protected override async Task RunAsync(CancellationToken cancellationToken)
    {
        if (Image.Length > 0 && Archive.Length > 0)
        {
            throw Codes.TwoSubjects.ErrorAbout("ContainerImage", Image, Archive);
        }

        var settings = ReadBudgets();
        var platform = ContainerRules.Platform(RuntimeIdentifier);
        if (Archive.Length > 0)
        {
            var path = Path.GetFullPath(Archive, Path.GetDirectoryName(ProjectFile)!);
            await MeasureAsync(ArchiveSource.OfFile(path), settings, Path.GetFileName(path), platform, cancellationToken);
            return;
        }

        await MeasureOnDaemonAsync(settings, platform, cancellationToken);
    }

    private async Task MeasureOnDaemonAsync(BudgetSettings settings, string? platform, CancellationToken cancellationToken)
    {
        await using var engine = await Engine.OpenAsync(EngineKind.Docker, cancellationToken);
        await engine.Store.EnsureAsync(Image, platform, new BuildLog(Log), cancellationToken);
        var image = await engine.Store.DescribeAsync(Image, cancellationToken);
        if (platform is not null && image is not null && image.Platform != platform)
        {
            // A store that keeps several platforms describes one of them; the others are in its archive.
            await MeasureAsync(ArchiveSource.OfImage(engine.Store, Image), settings, Image, platform, cancellationToken);
            return;
        }

        var baseImage = image?.Config.Labels.GetValueOrDefault(BaseNameLabel);
        var request = new MeasureRequest(engine.Store, Image, baseImage)
        {
            Explain = Explain,
            Baseline = await FindBaselineAsync(
                engine,
                () => BaselineImage.MeasureAsync(engine.Store, BaselineImageName, baseImage, cancellationToken),
                cancellationToken
            ),
            Known = SizeFiles.Find(Run.Shared),
        };
        var gated = await BudgetedMeasurement.RunAsync(request, settings, cancellationToken);
        Write(
            new SizeReport(Image, null, gated.Measured, gated.Verdicts)
            {
                Comparison = gated.Comparison,
                Hints = SizeHints.Of(gated.Measured, isFinalStage: true),
            }
        );
    }

    private async Task MeasureAsync(
        ArchiveSource source,
        BudgetSettings settings,
        string name,
        string? platform,
        CancellationToken cancellationToken
    )
    {
        var (measured, given) = await ArchiveMeasurer.MeasureAsync(
            source,
            platform,
            BudgetedMeasurement.WalkFor(settings),
            cancellationToken
        );
        var comparison = (await FindBaselineOfWholeAsync(measured.Sizes.Base?.Reference, cancellationToken))?.Compare(measured);
        Write(
            new SizeReport(given ?? name, null, measured, ImageVerdicts.Of(measured, settings, comparison, TimeProvider.System))
            {
                Comparison = comparison,
                Hints = SizeHints.Of(measured, isFinalStage: true),
            }
        );
    }

    // Of an archive's image nobody knows what is its base image's, and no daemon is needed unless an image is the baseline.
    private async Task<BaselineFound?> FindBaselineOfWholeAsync(string? baseName, CancellationToken cancellationToken)
    {
        if (BaselineImageName.Length == 0)
        {
            return ReadBaselineFile();
        }

        await using var engine = await Engine.OpenAsync(EngineKind.Docker, cancellationToken);
        return await FindBaselineAsync(
            engine,
            () => BaselineImage.MeasureWholeAsync(engine.Store, BaselineImageName, baseName, cancellationToken),
            cancellationToken
        );
    }
}
