using MultiStage.Build.Diagnostics;
using MultiStage.Build.Measurement;

namespace MultiStage.Build.Budgets.Baselines;

/// <summary>Takes an image as a baseline.</summary>
internal static class BaselineImage
{
    /// <summary>Measures the image that others are compared with.</summary>
    /// <param name="reference">Its name or id.</param>
    /// <param name="baseImageReference">The base image of the image to compare; null where it has none.</param>
    /// <returns>The baseline. Which of its layers are the base image's is known only while the daemon's base image is the one it was built
    /// on.</returns>
    /// <exception cref="MultiStageException"><see cref="Codes.NotMeasured"/>.</exception>
    public static async Task<BaselineFound> MeasureAsync(
        IImageSource source,
        string reference,
        string? baseImageReference,
        CancellationToken cancellationToken
    )
    {
        var quick = await FoundAsync(
            source,
            reference,
            await ImageMeasurer.MeasureAsync(source, reference, baseImageReference, cancellationToken),
            cancellationToken
        );
        return quick with
        {
            MeasureExactlyAsync = async token =>
                await FoundAsync(
                    source,
                    reference,
                    await ImageMeasurer.MeasureExactlyAsync(source, reference, baseImageReference, token),
                    token
                ),
        };
    }

    private static async Task<BaselineFound> FoundAsync(
        IImageSource source,
        string reference,
        ImageSizes sizes,
        CancellationToken cancellationToken
    )
    {
        var baseline = SizeBaselines.Of(new MeasuredImage(sizes));
        var image = await source.DescribeAsync(reference, cancellationToken);
        var origin = baseline.Base is { } b ? await source.DescribeAsync(b.Reference, cancellationToken) : null;
        return new BaselineFound(
            image is not null && origin is not null && LayerSizes.CountShared(image.DiffIds, origin.DiffIds) < origin.DiffIds.Length
                ? baseline with
                {
                    NotComparableBecause = $"it was built on other layers than {baseline.Base!.Reference} has on this daemon",
                }
                : baseline,
            reference
        );
    }

    /// <summary>Measures the whole image, to compare it with one from an archive: an archive does not say which layers are its base
    /// image's.</summary>
    /// <param name="reference">Its name or id.</param>
    /// <param name="baseName">What the archive names as the base image; null where it names none.</param>
    /// <returns>The baseline, as a whole.</returns>
    /// <exception cref="MultiStageException"><see cref="Codes.NotMeasured"/>.</exception>
    public static async Task<BaselineFound> MeasureWholeAsync(
        IImageSource source,
        string reference,
        string? baseName,
        CancellationToken cancellationToken
    )
    {
        var sizes = await ImageMeasurer.MeasureAsync(source, reference, null, cancellationToken);
        return new BaselineFound(
            SizeBaselines.Of(new MeasuredImage(sizes with { Base = baseName is null ? null : new ImageBase(baseName, null, null) })),
            reference
        );
    }
}
