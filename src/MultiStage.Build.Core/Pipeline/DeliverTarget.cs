using System.Globalization;
using MultiStage.Build.Diagnostics;
using MultiStage.Build.Engines;
using MultiStage.Build.Engines.Archives;
using MultiStage.Build.Images;
using MultiStage.Build.Pipeline.Building;
using MultiStage.Build.Reporting;
using MultiStage.Build.Reporting.Console;

namespace MultiStage.Build.Pipeline;

/// <summary><c>DeliverMultiStageImage</c>: gives the image its names and saves it, unless <see cref="PushTarget"/> has pushed it. It runs
/// after the gate alone.</summary>
public sealed class DeliverTarget(TargetRun run)
{
    /// <summary>Runs the target.</summary>
    /// <exception cref="MultiStageException">The image cannot be tagged, pushed or saved.</exception>
    public async Task<Delivery> RunAsync(CancellationToken cancellationToken)
    {
        var image = run.ReadImage();
        var reports = run.ReadSizes();
        await using var engine = await run.OpenStoreAsync(image, cancellationToken);
        var digest = "";
        if (image.Push)
        {
            digest = PipelineFile.Read<PushedImage>(run.Path(PipelineFiles.Pushed), "PushMultiStageImage").Digest;
        }
        else
        {
            await new ImageDelivery(engine.Store, image, new BuildLog(run.Log)).RunAsync(cancellationToken);
        }

        if (image is { LoadWith: { } program, InArchive.Archive: { } file })
        {
            await ArchiveLoad.RunAsync(program, file, cancellationToken);
        }

        if (image is { Load: true, InArchive.Archive: { } index })
        {
            await using var daemon = await run.OpenEngineAsync(image.Engine, cancellationToken);
            await using var archive = File.OpenRead(index);
            await daemon.Store.LoadAsync(archive, cancellationToken);
        }

        run.Phase("image delivered");
        var delivered = new DeliveredImage(
            reports[0],
            image.Names,
            run.Repository.Relative(Path.Combine(run.Files.ForPeople, PipelineFiles.Page))
        )
        {
            SavedTo = image.Archive ?? "",
            Digest = digest,
            LoadedWith = image.LoadWith ?? "",
        };
        run.Log.Message(Verbosity.Minimal, $"{run.ProjectName} -> {delivered.Text(TargetRun.IsTerminal)}");
        var delivery = await DescribeAsync(engine, image, reports[0], digest, cancellationToken);
        return delivery with
        {
            Platforms =
            [
                .. image.Platforms.Select(part =>
                    Describe(delivery, part, reports.FirstOrDefault(report => report.PlatformFolder == part.FileName) ?? reports[0])
                ),
            ],
        };
    }

    // What scripts are told of one platform's image: it is in the index, and has no name of its own.
    private Delivery Describe(Delivery whole, PlatformImage part, SizeReport size) =>
        whole with
        {
            ImageId = ArchiveStore.IdOf(part.Image),
            Platform = part.Platform.ToString(),
            Size = size.Sizes.Total.ToString(CultureInfo.InvariantCulture),
            AppSize = size.Sizes.AppBytes?.ToString(CultureInfo.InvariantCulture) ?? "",
            Report = Path.Combine(run.Files.ForPeople, size.Folder, PipelineFiles.Size),
            Verified = part.OnDaemon is null ? "" : whole.Verified,
            Configuration = part.Image.Configuration,
            Manifest = part.Image.Manifest,
            ManifestMediaType = part.Image.ManifestMediaType,
            ManifestDigest = part.Image.ManifestDigest,
        };

    // The registry is asked by digest; an image that was not pushed has no manifest yet.
    private async Task<Delivery> DescribeAsync(
        OpenedStore engine,
        BuiltImage image,
        SizeReport size,
        string digest,
        CancellationToken cancellationToken
    )
    {
        var description = await engine.Store.DescribeAsync(image.ImageId, cancellationToken);
        var manifest =
            digest.Length == 0 && image.InArchive is null
                ? null
                : await engine.Store.FindManifestAsync(image.Names[0], digest, cancellationToken);
        digest = image.InArchive?.ManifestDigest ?? digest;
        return new Delivery
        {
            ImageId = image.ImageId,
            Names = image.Names,
            Stage = image.Stage,
            Size = size.Sizes.Total.ToString(CultureInfo.InvariantCulture),
            AppSize = size.Sizes.AppBytes?.ToString(CultureInfo.InvariantCulture) ?? "",
            Report = Path.Combine(run.Files.ForPeople, PipelineFiles.Size),
            Verified = Find<VerifiedImage>(PipelineFiles.Verification)?.Sign ?? "",
            TestResults = Find<TestResults>(PipelineFiles.Tests)?.Folder ?? "",
            Configuration = image.InArchive?.Configuration ?? (description is null ? "" : ConfigurationJson.Write(description)),
            Manifest = manifest?.Json ?? "",
            ManifestMediaType = manifest?.MediaType ?? "",
            ManifestDigest = digest,
            Archive = image.Archive ?? "",
        };
    }

    private T? Find<T>(string file)
        where T : class => File.Exists(run.Path(file)) ? PipelineFile.Read<T>(run.Path(file), "BuildMultiStageImage") : null;
}
