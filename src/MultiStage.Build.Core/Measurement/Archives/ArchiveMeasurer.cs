using System.Collections.Immutable;
using MultiStage.Build.Diagnostics;
using MultiStage.Build.Images;
using MultiStage.Build.Measurement.Files;

namespace MultiStage.Build.Measurement.Archives;

/// <summary>Where an archive of images comes from: a file, or a daemon that has an image for several platforms.</summary>
/// <param name="What">What it is, for messages.</param>
/// <param name="About">The property that names it.</param>
/// <param name="OpenAsync">Opens it, to be read once from its beginning.</param>
internal sealed record ArchiveSource(string What, string About, Func<CancellationToken, Task<Stream>> OpenAsync)
{
    public static ArchiveSource OfFile(string path) => new(path, "ContainerArchive", _ => Task.FromResult<Stream>(File.OpenRead(path)));

    public static ArchiveSource OfImage(IImageSource source, string reference) =>
        new(reference, "ContainerImage", token => source.OpenArchiveAsync(reference, token));
}

/// <summary>Measures an image in an archive that something else wrote.</summary>
internal static class ArchiveMeasurer
{
    /// <param name="platform">The platform to measure, such as <c>linux/arm64</c>; null for this machine's own, or the only one.</param>
    /// <param name="wanted">What is looked for beside the sizes.</param>
    /// <returns>What was measured, and the name that the archive gives the image; null where it gives none.</returns>
    /// <exception cref="MultiStageException"><see cref="Codes.ArchiveUnusable"/>.</exception>
    public static async Task<(MeasuredImage Measured, string? Name)> MeasureAsync(
        ArchiveSource source,
        Platform? platform,
        WalkFor wanted,
        CancellationToken cancellationToken
    )
    {
        try
        {
            await using var archive = await source.OpenAsync(cancellationToken);
            var image = Choose(await ArchiveWalker.WalkAsync(archive, wanted, cancellationToken), platform, source);
            // Nothing in an archive says which of its layers are its base image's; a name is all that a label gives.
            var origin = image.BaseName is { Length: > 0 } name ? new ImageBase(name, null, null) : null;
            var sizes = new ImageSizes(image.Id, image.Platform, origin, LayerSizes.FromArchive(image, 0), image.Exact);
            var measured = new MeasuredImage(sizes)
            {
                Breakdown = wanted.HasFlag(WalkFor.Files) ? BreakdownBuilder.OfLayers(sizes, image.Entries) : null,
                Compressed = image.Compressed,
            };
            return (measured, image.Name);
        }
        catch (Exception e)
            when (e
                    is InvalidDataException
                        or IOException
                        or UnauthorizedAccessException
                        or HttpRequestException
                        or FormatException
                        or OverflowException
            )
        {
            throw new MultiStageException(Codes.ArchiveUnusable.With(source.What, e.Message.TrimEnd('.')) with { About = source.About }, e);
        }
    }

    private static ArchivedImage Choose(ImmutableArray<ArchivedImage> images, Platform? platform, ArchiveSource source)
    {
        if (images.Length == 0)
        {
            throw Codes.ArchiveUnusable.ErrorAbout(source.About, source.What, "there is no image in it");
        }

        if (platform is null && images.Length == 1)
        {
            return images[0];
        }

        platform ??= Platform.OfThisMachine;
        return images.FirstOrDefault(image => image.Platform == platform)
            ?? throw Codes.ArchiveUnusable.ErrorAbout(
                source.About,
                source.What,
                $"it has no image for {platform}, only for {string.Join(", ", images.Select(image => image.Platform))}; "
                    + $"RuntimeIdentifier chooses among them"
            );
    }
}
