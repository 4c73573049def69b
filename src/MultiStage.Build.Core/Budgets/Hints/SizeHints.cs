using System.Collections.Immutable;
using MultiStage.Build.Measurement;

namespace MultiStage.Build.Budgets.Hints;

/// <summary>Finds what would make an image smaller (pure). Each hint rests on files or layers of the image that it is about.</summary>
internal static class SizeHints
{
    /// <summary>The least that a hint may save, in bytes: below it, reading costs more than it brings.</summary>
    public const long SmallestSaving = 100_000;

    /// <summary>Finds the hints for an image.</summary>
    /// <param name="measured">What was measured of it. Without a breakdown only its base image can be judged.</param>
    /// <param name="isFinalStage">Whether the image is there to run the app, and is not a builder or a test image.</param>
    /// <returns>The hints, the largest saving first; at the end those whose saving is not known.</returns>
    public static ImmutableArray<SizeHint> Of(MeasuredImage measured, bool isFinalStage) =>
        [
            .. FileHints
                .Of(measured)
                .Concat(WasteHints.Of(measured))
                .Concat(isFinalStage ? BaseHints.Of(measured) : [])
                .Where(hint => hint.Bytes is null or >= SmallestSaving)
                .OrderByDescending(hint => hint.Bytes ?? 0)
                .ThenBy(hint => hint.Kind)
                .ThenBy(hint => hint.What, StringComparer.Ordinal),
        ];
}
