using MultiStage.Build.Diagnostics;
using MultiStage.Build.Measurement.Archives;

namespace MultiStage.Build.Measurement;

/// <summary>
/// Measures images. The daemon's history costs next to nothing, and may lack symlink targets; the image's archive has every byte, and costs
/// about as much as <c>docker save</c>.
/// </summary>
internal static class ImageMeasurer
{
    /// <summary>Measures an image from the history where its sizes are bytes of files and account for every layer, from the archive
    /// otherwise.</summary>
    /// <param name="baseImageReference">Its base image, as <c>FROM</c> names it; null, empty or <c>scratch</c> where it has none.</param>
    /// <exception cref="MultiStageException"><see cref="Codes.NotMeasured"/>: there is no such image, or its layers cannot be
    /// read.</exception>
    public static async Task<ImageSizes> MeasureAsync(
        IImageSource source,
        string imageId,
        string? baseImageReference,
        CancellationToken cancellationToken
    )
    {
        var subject = await ImageSubject.DescribeAsync(source, imageId, baseImageReference, cancellationToken);
        return subject.FromHistory() ?? (await subject.WalkAsync(WalkFor.Sizes, cancellationToken)).Sizes;
    }

    /// <summary>Measures an image from its archive, whatever its history says.</summary>
    /// <param name="baseImageReference">Its base image, as <c>FROM</c> names it; null, empty or <c>scratch</c> where it has none.</param>
    /// <param name="wanted">What is looked for beside the sizes.</param>
    /// <exception cref="MultiStageException"><see cref="Codes.NotMeasured"/>: there is no such image, or its layers cannot be
    /// read.</exception>
    public static async Task<MeasuredImage> WalkAsync(
        IImageSource source,
        string imageId,
        string? baseImageReference,
        WalkFor wanted,
        CancellationToken cancellationToken
    ) =>
        await (await ImageSubject.DescribeAsync(source, imageId, baseImageReference, cancellationToken)).WalkAsync(
            wanted,
            cancellationToken
        );

    /// <summary>Measures the size of an image from its archive, whatever its history says.</summary>
    /// <param name="baseImageReference">Its base image, as <c>FROM</c> names it; null, empty or <c>scratch</c> where it has none.</param>
    /// <exception cref="MultiStageException"><see cref="Codes.NotMeasured"/>: there is no such image, or its layers cannot be
    /// read.</exception>
    public static async Task<ImageSizes> MeasureExactlyAsync(
        IImageSource source,
        string imageId,
        string? baseImageReference,
        CancellationToken cancellationToken
    ) => (await WalkAsync(source, imageId, baseImageReference, WalkFor.Sizes, cancellationToken)).Sizes;
}
