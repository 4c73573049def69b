using MultiStage.Build.Measurement;

namespace MultiStage.Build.Budgets;

/// <summary>Takes an image as a baseline.</summary>
public static class BaselineImage
{
    /// <summary>Measures the image that others are compared with.</summary>
    /// <param name="source">Where it is.</param>
    /// <param name="reference">Its name or id.</param>
    /// <param name="baseImageReference">The base image of the image to compare; null where it has none.</param>
    /// <param name="cancellationToken">Ends the measuring.</param>
    /// <returns>The baseline. Which of its layers are the base image's is known only while the daemon's base image is the one it was built on.</returns>
    /// <exception cref="MultiStageException"><see cref="Diagnostics.NotMeasured"/>.</exception>
    public static async Task<BaselineFound> MeasureAsync(IImageSource source, string reference, string? baseImageReference, CancellationToken cancellationToken)
    {
        var baseline = SizeBaselines.Of(new MeasuredImage(await ImageMeasurer.MeasureAsync(source, reference, baseImageReference, cancellationToken)));
        var image = await source.DescribeAsync(reference, cancellationToken);
        var origin = baseline.Base is { } b ? await source.DescribeAsync(b.Reference, cancellationToken) : null;
        return new BaselineFound(
            image is not null && origin is not null && LayerSizes.CountShared(image.DiffIds, origin.DiffIds) < origin.DiffIds.Length
                ? baseline with { NotComparableBecause = $"it was built on other layers than {baseline.Base!.Reference} has on this daemon" }
                : baseline,
            reference);
    }
}
