using System.Collections.Immutable;

namespace MultiStage.Build.Measurement;

/// <summary>
/// Measures images. The daemon's history costs next to nothing, and may lack symlink targets; the image's archive has every byte, and costs about as
/// much as <c>docker save</c>.
/// </summary>
public static class ImageMeasurer
{
    /// <summary>Measures an image from the history where its sizes are bytes of files and account for every layer, from the archive otherwise.</summary>
    /// <param name="source">Where the image is.</param>
    /// <param name="imageId">The image's id.</param>
    /// <param name="baseImageReference">Its base image, as <c>FROM</c> names it; null, empty or <c>scratch</c> where it has none.</param>
    /// <param name="cancellationToken">Ends the measuring.</param>
    /// <returns>The sizes.</returns>
    /// <exception cref="MultiStageException"><see cref="Diagnostics.NotMeasured"/>: there is no such image, or its layers cannot be read.</exception>
    public static async Task<ImageSizes> MeasureAsync(IImageSource source, string imageId, string? baseImageReference, CancellationToken cancellationToken)
    {
        var subject = await DescribeAsync(source, imageId, baseImageReference, cancellationToken);
        return source.HistorySizesAreExact && LayerSizes.FromHistory(subject.Image, subject.Base) is { } layers
            ? subject.Sized(layers, exact: false)
            : await WalkAsync(source, subject, cancellationToken);
    }

    /// <summary>Measures an image from its archive, whatever its history says.</summary>
    /// <param name="source">Where the image is.</param>
    /// <param name="imageId">The image's id.</param>
    /// <param name="baseImageReference">Its base image, as <c>FROM</c> names it; null, empty or <c>scratch</c> where it has none.</param>
    /// <param name="cancellationToken">Ends the measuring.</param>
    /// <returns>The sizes.</returns>
    /// <exception cref="MultiStageException"><see cref="Diagnostics.NotMeasured"/>: there is no such image, or its layers cannot be read.</exception>
    public static async Task<ImageSizes> MeasureExactlyAsync(IImageSource source, string imageId, string? baseImageReference, CancellationToken cancellationToken) =>
        await WalkAsync(source, await DescribeAsync(source, imageId, baseImageReference, cancellationToken), cancellationToken);

    private static async Task<Subject> DescribeAsync(IImageSource source, string imageId, string? baseImageReference, CancellationToken cancellationToken)
    {
        var image = await source.DescribeAsync(imageId, cancellationToken)
            ?? throw Diagnostics.NotMeasured.Error(imageId, "there is no such image");
        var baseReference = baseImageReference?.Trim() is { Length: > 0 } and not "scratch" ? baseImageReference.Trim() : null;
        return new Subject(imageId, image, baseReference, baseReference is null ? null : await source.DescribeAsync(baseReference, cancellationToken));
    }

    private static async Task<ImageSizes> WalkAsync(IImageSource source, Subject subject, CancellationToken cancellationToken)
    {
        var archived = await ReadArchiveAsync(source, subject, cancellationToken);
        var shared = subject.Base is null ? 0 : LayerSizes.CountShared(subject.Image.DiffIds, subject.Base.DiffIds);
        return subject.Sized(LayerSizes.FromArchive(archived, shared), archived.Exact);
    }

    private static async Task<ArchivedImage> ReadArchiveAsync(IImageSource source, Subject subject, CancellationToken cancellationToken)
    {
        try
        {
            await using var archive = await source.OpenArchiveAsync(subject.Name, cancellationToken);
            var images = await ArchiveWalker.WalkAsync(archive, cancellationToken);
            // Not by id, which is the configuration's digest in one image store and the manifest's in another.
            return images.FirstOrDefault(candidate => candidate.DiffIds.SequenceEqual(subject.Image.DiffIds, StringComparer.Ordinal))
                ?? throw new InvalidDataException("its archive holds another image");
        }
        catch (Exception e) when (e is InvalidDataException or IOException or HttpRequestException or FormatException or OverflowException)
        {
            throw new MultiStageException(Diagnostics.NotMeasured.With(subject.Name, e.Message.TrimEnd('.')), e);
        }
    }

    private sealed record Subject(string Name, ImageDescription Image, string? BaseReference, ImageDescription? Base)
    {
        public ImageSizes Sized(ImmutableArray<LayerSize> layers, bool exact) => new(Image.Id, Image.Platform, BaseOf(layers), layers, exact);

        private ImageBase? BaseOf(ImmutableArray<LayerSize> layers)
        {
            if (BaseReference is null || Base is null)
                return BaseReference is null ? null : new ImageBase(BaseReference, null, null);
            var shared = layers.Where(layer => layer.IsBase).ToList();
            return new ImageBase(BaseReference, shared.Sum(layer => layer.Bytes), shared.Count);
        }
    }
}
