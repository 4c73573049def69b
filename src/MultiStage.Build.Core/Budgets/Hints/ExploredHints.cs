using System.Collections.Immutable;
using MultiStage.Build.Measurement;
using MultiStage.Build.Variants;

namespace MultiStage.Build.Budgets.Hints;

/// <summary>
/// Hints that rest on an exploration (pure). What another base image or another way to publish would save is not in the image that a hint
/// is about: it was built and measured before, or there is a target that does that.
/// </summary>
internal static class ExploredHints
{
    // The history of a daemon may lack symlink targets, in a Debian image about 0.01 %.
    private const long PartThatMayLack = 1000;

    private const string Measure = "or see what it saves and whether the app still works: dotnet msbuild -t:ExploreMultiStageImages";

    private static readonly HintKind[] s_ofAnotherImage = [HintKind.BaseVariant, HintKind.Trimming];

    /// <summary>Replaces hints that only another build can confirm by what such a build has shown.</summary>
    /// <param name="hints">The hints that the image gives, the largest saving first.</param>
    /// <param name="exploration">What was explored before; null where nothing was.</param>
    /// <returns>The hints, in their order.</returns>
    public static ImmutableArray<SizeHint> Apply(ImmutableArray<SizeHint> hints, MeasuredImage measured, Exploration? exploration)
    {
        if (exploration is null || !IsOf(exploration, measured.Sizes))
        {
            return [.. hints.Select(hint => s_ofAnotherImage.Contains(hint.Kind) ? hint with { Do = $"{hint.Do}, {Measure}" } : hint)];
        }

        var others = hints.Where(hint => !s_ofAnotherImage.Contains(hint.Kind));
        return exploration.Best is { TotalBytes: { } bytes } best && bytes < measured.Sizes.Total
            ? [.. others.Append(Explored(best, measured.Sizes.Total - bytes)).OrderByDescending(hint => hint.Bytes)]
            : [.. others];
    }

    private static SizeHint Explored(VariantResult best, long saved) =>
        new(
            best.Properties.Keys.Any(name => name.StartsWith("Publish", StringComparison.OrdinalIgnoreCase))
                ? HintKind.Trimming
                : HintKind.BaseVariant,
            saved,
            $"more than in the variant {best.Name}, which was built, tried out and works",
            $"publish it with -p:ContainerVariant={best.Name}, or set "
                + string.Join(", ", best.Properties.Select(property => $"{property.Key} to {property.Value}"))
        );

    // On another base image, or another version of it, the figures would be others.
    private static bool IsOf(Exploration exploration, ImageSizes sizes) =>
        sizes.Base is { Bytes: { } bytes } origin
        && exploration.Today is { TotalBytes: { } total, AppBytes: { } app }
        && origin.Reference == exploration.Today.BaseImage
        && Math.Abs(total - app - bytes) <= bytes / PartThatMayLack;
}
