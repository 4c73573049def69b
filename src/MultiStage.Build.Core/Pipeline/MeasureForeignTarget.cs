using MultiStage.Build.Budgets;
using MultiStage.Build.Budgets.Baselines;
using MultiStage.Build.Budgets.Hints;
using MultiStage.Build.Diagnostics;
using MultiStage.Build.Engines;
using MultiStage.Build.Images;
using MultiStage.Build.Measurement.Archives;
using MultiStage.Build.Pipeline.Building;
using MultiStage.Build.Projects.Container;
using MultiStage.Build.Reporting;

namespace MultiStage.Build.Pipeline;

/// <summary>Measures an image that something else built, holds it against the project's budgets, and writes the files that
/// <see cref="MeasureTarget"/> does.</summary>
public sealed class MeasureForeignTarget(TargetRun run)
{
    // OCI image specification, annotations.md.
    private const string BaseNameLabel = "org.opencontainers.image.base.name";

    /// <summary><c>ContainerImage</c>; empty where an archive is measured.</summary>
    public required string Image { get; init; }

    /// <summary><c>ContainerArchive</c>; empty where an image on the daemon is measured.</summary>
    public required string Archive { get; init; }

    /// <summary><c>ContainerRuntimeIdentifier</c>, which chooses among platforms; empty for this machine's own.</summary>
    public required string RuntimeIdentifier { get; init; }

    /// <summary>Whether a report needs the image's files, even where every budget is kept.</summary>
    public bool Explain { get; init; }

    /// <summary>Runs the target.</summary>
    /// <exception cref="MultiStageException">The image cannot be measured.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (Image.Length > 0 && Archive.Length > 0)
        {
            throw Codes.TwoSubjects.ErrorAbout("ContainerImage", Image, Archive);
        }

        var settings = run.ReadBudgets();
        PlatformBudgets.Require(settings.OfPlatforms, []);
        var platform = ContainerRules.Platform(RuntimeIdentifier);
        var report =
            Archive.Length > 0
                ? await MeasureAsync(
                    ArchiveSource.OfFile(run.FullPath(Archive)),
                    settings,
                    Path.GetFileName(Archive),
                    platform,
                    cancellationToken
                )
                : await MeasureOnDaemonAsync(settings, platform, cancellationToken);
        SizeFiles.Write(run.Files, report);
    }

    private async Task<SizeReport> MeasureOnDaemonAsync(BudgetSettings settings, Platform? platform, CancellationToken cancellationToken)
    {
        await using var engine = await run.OpenEngineAsync(EngineKind.Docker, cancellationToken);
        await EnsureAsync(engine.Store, platform, cancellationToken);
        var image = await engine.Store.DescribeAsync(Image, cancellationToken);
        if (platform is not null && image is not null && image.Platform != platform)
        {
            // A store that keeps several platforms describes one of them; the others are in its archive.
            return await MeasureAsync(ArchiveSource.OfImage(engine.Store, Image), settings, Image, platform, cancellationToken);
        }

        var baseImage = image?.Config.Labels.GetValueOrDefault(BaseNameLabel);
        var request = new MeasureRequest(engine.Store, Image, baseImage)
        {
            Explain = Explain,
            Baseline = await new BaselineLookup(run.ReadBaseline()).FindAsync(
                engine.Store,
                baseline => BaselineImage.MeasureAsync(engine.Store, baseline, baseImage, cancellationToken),
                cancellationToken
            ),
            Known = SizeFiles.Find(run.Files.Shared),
        };
        var gated = await BudgetedMeasurement.RunAsync(request, settings, cancellationToken);
        return new SizeReport(Image, null, gated.Measured, gated.Verdicts)
        {
            Comparison = gated.Comparison,
            Hints = SizeHints.Of(gated.Measured, isFinalStage: true),
        };
    }

    private async Task EnsureAsync(IImageStore store, Platform? platform, CancellationToken cancellationToken)
    {
        try
        {
            await store.EnsureAsync(Image, platform, new BuildLog(run.Log), cancellationToken);
        }
        catch (MultiStageException e) when (e.Diagnostic.Descriptor == Codes.BaseImageUnavailable)
        {
            throw Codes.MeasuredImageUnavailable.ErrorAbout(
                "ContainerImage",
                e.Diagnostic.Message.Replace("The base image", "The image", StringComparison.Ordinal)
            );
        }
    }

    private async Task<SizeReport> MeasureAsync(
        ArchiveSource source,
        BudgetSettings settings,
        string name,
        Platform? platform,
        CancellationToken cancellationToken
    )
    {
        var walk = BudgetedMeasurement.WalkFor(settings) | WalkFor.Digests;
        var (measured, given) = await ArchiveMeasurer.MeasureAsync(source, platform, walk, cancellationToken);
        var comparison = (await FindBaselineOfWholeAsync(measured.Sizes.Base?.Reference, cancellationToken))?.Compare(measured);
        return new SizeReport(given ?? name, null, measured, ImageVerdicts.Of(measured, settings, comparison, TimeProvider.System))
        {
            Comparison = comparison,
            Hints = SizeHints.Of(measured, isFinalStage: true),
        };
    }

    // Nobody knows which part of an archive's image is its base image's, and no daemon is needed unless an image is the baseline.
    private async Task<BaselineFound?> FindBaselineOfWholeAsync(string? baseName, CancellationToken cancellationToken)
    {
        var lookup = new BaselineLookup(run.ReadBaseline());
        if (lookup.Image is null)
        {
            return lookup.ReadFile();
        }

        await using var engine = await run.OpenEngineAsync(EngineKind.Docker, cancellationToken);
        return await lookup.FindAsync(
            engine.Store,
            baseline => BaselineImage.MeasureWholeAsync(engine.Store, baseline, baseName, cancellationToken),
            cancellationToken
        );
    }
}
