using System.Collections.Immutable;
using MultiStage.Build.Measurement;

namespace MultiStage.Build.Budgets;

/// <summary>Measures an image as exactly as its budgets need, and holds it against them.</summary>
public static class GatedMeasurement
{
    /// <summary>Measures an image and holds it against its budgets.</summary>
    /// <param name="source">Where the image is.</param>
    /// <param name="imageId">The image's id.</param>
    /// <param name="baseImageReference">Its base image, as <c>FROM</c> names it; null, empty or <c>scratch</c> where it has none.</param>
    /// <param name="settings">The budgets.</param>
    /// <param name="cancellationToken">Ends the measuring.</param>
    /// <returns>What was measured, and one verdict for each budget, in their order.</returns>
    /// <exception cref="MultiStageException"><see cref="Diagnostics.NotMeasured"/>.</exception>
    public static async Task<(MeasuredImage Measured, ImmutableArray<Verdict> Verdicts)> RunAsync(
        IImageSource source, string imageId, string? baseImageReference, BudgetSettings settings, CancellationToken cancellationToken)
    {
        var measured = new MeasuredImage(await ImageMeasurer.MeasureAsync(source, imageId, baseImageReference, cancellationToken));
        // A walked size that is inexact stays so, however often it is walked.
        if (source.HistorySizesAreExact && SizeGate.IsTooClose(measured, settings.Budgets))
            measured = measured with { Sizes = await ImageMeasurer.MeasureExactlyAsync(source, imageId, baseImageReference, cancellationToken) };
        return (measured, BudgetEvaluator.Evaluate(measured, settings.Budgets));
    }
}
