using System.Collections.Immutable;
using MultiStage.Build.Measurement;

namespace MultiStage.Build.Budgets;

/// <summary>Measures an image as exactly as its budgets need.</summary>
public static class SizeGate
{
    // What symlink targets may add to a size that lacks them. Debian has 21 kB of them in 167 MB; a hundred times that is 1 %.
    private const long Percent = 100;
    private const long AtLeast = 100_000;

    /// <summary>
    /// Measures an image and holds it against budgets. A size that may be a little too small breaks a budget for certain, but keeps it for certain only
    /// with room to spare; with less room the image is measured again, to the byte.
    /// </summary>
    /// <param name="source">Where the image is.</param>
    /// <param name="imageId">The image's id.</param>
    /// <param name="baseImageReference">Its base image, as <c>FROM</c> names it; null, empty or <c>scratch</c> where it has none.</param>
    /// <param name="budgets">The limits.</param>
    /// <param name="cancellationToken">Ends the measuring.</param>
    /// <returns>The sizes, and one verdict for each budget, in their order.</returns>
    /// <exception cref="MultiStageException"><see cref="Diagnostics.NotMeasured"/>.</exception>
    public static async Task<(ImageSizes Sizes, ImmutableArray<Verdict> Verdicts)> MeasureAsync(
        IImageSource source, string imageId, string? baseImageReference, ImmutableArray<Budget> budgets, CancellationToken cancellationToken)
    {
        var sizes = await ImageMeasurer.MeasureAsync(source, imageId, baseImageReference, cancellationToken);
        var verdicts = BudgetEvaluator.Evaluate(sizes, budgets);
        // A walked size that is inexact stays so, however often it is walked.
        if (sizes.Exact || !source.HistorySizesAreExact || !verdicts.Any(IsClose))
            return (sizes, verdicts);
        sizes = await ImageMeasurer.MeasureExactlyAsync(source, imageId, baseImageReference, cancellationToken);
        return (sizes, BudgetEvaluator.Evaluate(sizes, budgets));
    }

    private static bool IsClose(Verdict verdict) => verdict.Passed && verdict.Limit - verdict.Value < AtLeast + verdict.Value / Percent;
}
