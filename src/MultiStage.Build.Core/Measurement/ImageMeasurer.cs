using System.Collections.Immutable;

namespace MultiStage.Build.Measurement;

/// <summary>Measures images: from the daemon's history where its sizes are exact and account for every layer, from the image's archive otherwise.</summary>
public static class ImageMeasurer
{
    /// <summary>Measures an image.</summary>
    /// <param name="source">Where the image is.</param>
    /// <param name="imageId">The image's id.</param>
    /// <param name="baseImageReference">Its base image, as <c>FROM</c> names it; null, empty or <c>scratch</c> where it has none.</param>
    /// <param name="cancellationToken">Ends the measuring.</param>
    /// <returns>The sizes.</returns>
    /// <exception cref="MultiStageException"><see cref="Diagnostics.NotMeasured"/>: there is no such image, or its layers cannot be read.</exception>
    public static async Task<ImageSizes> MeasureAsync(IImageSource source, string imageId, string? baseImageReference, CancellationToken cancellationToken)
    {
        var image = await source.DescribeAsync(imageId, cancellationToken)
            ?? throw Diagnostics.NotMeasured.Error(imageId, "there is no such image");
        var baseReference = baseImageReference?.Trim() is { Length: > 0 } and not "scratch" ? baseImageReference.Trim() : null;
        var baseImage = baseReference is null ? null : await source.DescribeAsync(baseReference, cancellationToken);

        if (source.HistorySizesAreExact && LayerSizes.FromHistory(image, baseImage) is { } layers)
            return new ImageSizes(image.Id, image.Platform, BaseOf(baseReference, baseImage, layers), layers, Exact: true);

        var archived = await ReadArchiveAsync(source, imageId, image, cancellationToken);
        layers = LayerSizes.FromArchive(archived, baseImage is null ? 0 : LayerSizes.CountShared(image.DiffIds, baseImage.DiffIds));
        return new ImageSizes(image.Id, image.Platform, BaseOf(baseReference, baseImage, layers), layers, archived.Exact);
    }

    private static ImageBase? BaseOf(string? reference, ImageDescription? description, ImmutableArray<LayerSize> layers)
    {
        if (reference is null)
            return null;
        var shared = layers.Where(layer => layer.IsBase).ToList();
        return description is null ? new ImageBase(reference, null, null) : new ImageBase(reference, shared.Sum(layer => layer.Bytes), shared.Count);
    }

    private static async Task<ArchivedImage> ReadArchiveAsync(IImageSource source, string imageId, ImageDescription image, CancellationToken cancellationToken)
    {
        try
        {
            await using var archive = await source.OpenArchiveAsync(imageId, cancellationToken);
            var images = await ArchiveWalker.WalkAsync(archive, cancellationToken);
            // Not by id, which is the configuration's digest in one image store and the manifest's in another.
            return images.FirstOrDefault(candidate => candidate.DiffIds.SequenceEqual(image.DiffIds, StringComparer.Ordinal))
                ?? throw new InvalidDataException("its archive holds another image");
        }
        catch (Exception e) when (e is InvalidDataException or IOException or HttpRequestException or FormatException or OverflowException)
        {
            throw new MultiStageException(Diagnostics.NotMeasured.With(imageId, e.Message.TrimEnd('.')), e);
        }
    }
}
