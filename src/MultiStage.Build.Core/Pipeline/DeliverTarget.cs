using System.Globalization;
using MultiStage.Build.Budgets;
using MultiStage.Build.Diagnostics;
using MultiStage.Build.Engines;
using MultiStage.Build.Engines.Archives;
using MultiStage.Build.Images;
using MultiStage.Build.Pipeline.Building;
using MultiStage.Build.Reporting;
using MultiStage.Build.Reporting.Console;

namespace MultiStage.Build.Pipeline;

/// <summary><c>DeliverMultiStageImage</c>: gives the image its names, and pushes or saves it. It runs after the gate alone.</summary>
/// <param name="run">The run.</param>
public sealed class DeliverTarget(TargetRun run)
{
    /// <summary>Runs the target.</summary>
    /// <param name="cancellationToken">Ends the delivery.</param>
    /// <exception cref="MultiStageException">The image cannot be tagged, pushed or saved.</exception>
    /// <returns>What was delivered.</returns>
    public async Task<Delivery> RunAsync(CancellationToken cancellationToken)
    {
        var image = run.ReadImage();
        var reports = run.ReadSizes();
        await using var engine = await run.OpenStoreAsync(image, cancellationToken);
        var digest = await DeliverAsync(engine, image, cancellationToken);
        foreach (var report in digest.Length > 0 ? reports : [])
        {
            var budgets = report.PlatformFolder is null ? run.ReadBudgets() : run.ReadBudgets().For(report.Sizes.Platform);
            if (PushedSize.Matters(budgets))
            {
                await CheckPullSizeAsync(engine.Store, (image.Names[0], digest), report, budgets, cancellationToken);
            }
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
                    Describe(delivery, part, reports.First(report => report.PlatformFolder == part.FileName))
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

    private async Task<string> DeliverAsync(OpenedStore engine, BuiltImage image, CancellationToken cancellationToken)
    {
        var delivery = new ImageDelivery(engine.Store, image, new BuildLog(run.Log));
        try
        {
            return await delivery.RunAsync(cancellationToken);
        }
        catch when (delivery.Rest is { } rest)
        {
            run.Report(rest);
            throw;
        }
    }

    private async Task CheckPullSizeAsync(
        IImageStore store,
        (string Name, string Digest) pushed,
        SizeReport size,
        BudgetSettings budgets,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var bytes = await store.PullSizeAsync(pushed.Name, pushed.Digest, size.Sizes.Platform, cancellationToken);
            var before = size.Verdicts.FirstOrDefault(verdict => verdict.Kind == BudgetKinds.Compressed);
            var after = PushedSize.Of(size.Measured, budgets, bytes, TimeProvider.System);
            var compared = BudgetText.Compare(after);
            run.Log.Message(Verbosity.Minimal, $"{pushed.Name}: pull size {compared.Size} of {compared.Limit}");
            if (PushedSize.Problem(before, after, size.Measured, pushed.Name, budgets.Severity) is { } problem)
            {
                run.Report(problem);
            }
        }
        catch (MultiStageException e) when (e.Diagnostic.Descriptor == Codes.PullSizeUnknown)
        {
            run.Report(e.Diagnostic);
        }
    }

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
