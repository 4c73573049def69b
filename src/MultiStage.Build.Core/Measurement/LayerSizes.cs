using System.Collections.Immutable;
using MultiStage.Build.Images;
using MultiStage.Build.Measurement.Archives;
using MultiStage.Build.Measurement.Layers;

namespace MultiStage.Build.Measurement;

/// <summary>Derives the sizes of layers from what is known of an image (pure).</summary>
internal static class LayerSizes
{
    /// <summary>Counts the layers that an image shares with its base image, from the lowest up.</summary>
    /// <param name="image">The image's layers, lowest first.</param>
    /// <param name="baseImage">The base image's layers, lowest first.</param>
    /// <returns>How many are the same; less than all of the base image's where it changed since.</returns>
    public static int CountShared(ImmutableArray<string> image, ImmutableArray<string> baseImage) =>
        image.Zip(baseImage).TakeWhile(pair => string.Equals(pair.First, pair.Second, StringComparison.Ordinal)).Count();

    /// <summary>Takes the sizes from a daemon's history, where they are bytes of files.</summary>
    /// <param name="baseImage">Its base image; null where there is none.</param>
    /// <returns>The layers, lowest first; null where the history does not account for them, or leaves open which bytes are the base
    /// image's.</returns>
    public static ImmutableArray<LayerSize>? FromHistory(ImageDescription image, ImageDescription? baseImage)
    {
        var shared = baseImage is null ? 0 : CountShared(image.DiffIds, baseImage.DiffIds);
        if (baseImage is not null && shared == baseImage.DiffIds.Length && StartsWith(image.History, baseImage.History))
        {
            // Two short problems are more likely to have one solution each than one long problem.
            var own = Attribute(image.History[baseImage.History.Length..], image.DiffIds[shared..], isBase: false);
            if (own is not null && Attribute(baseImage.History, image.DiffIds[..shared], isBase: true) is { } inherited)
            {
                return [.. inherited, .. own];
            }
        }
        if (LayerHistory.Match(image.History, image.DiffIds.Length) is not { } match)
        {
            return null;
        }

        if (!match.InOrder && shared != 0 && shared != image.DiffIds.Length)
        {
            return null;
        }

        return [.. match.Entries.Select((entry, i) => ToLayer(entry, match.InOrder ? image.DiffIds[i] : null, i < shared))];
    }

    /// <summary>Takes the sizes from an archive that was read from end to end.</summary>
    /// <param name="shared">How many of its layers are the base image's.</param>
    /// <returns>The layers, lowest first; without their instructions where the history does not account for them.</returns>
    public static ImmutableArray<LayerSize> FromArchive(ArchivedImage image, int shared)
    {
        var match = LayerHistory.Match(image.History, image.DiffIds.Length) is { InOrder: true } found ? found.Entries : default;
        return
        [
            .. image.DiffIds.Select(
                (diffId, i) =>
                    new LayerSize(
                        diffId,
                        match.IsDefault ? "" : HistoryInstruction.Clean(match[i].CreatedBy),
                        image.LayerBytes[i],
                        i < shared
                    )
            ),
        ];
    }

    private static IEnumerable<LayerSize>? Attribute(ImmutableArray<HistoryEntry> history, ImmutableArray<string> diffIds, bool isBase) =>
        LayerHistory.Match(history, diffIds.Length) is { } match
            ? match.Entries.Select((entry, i) => ToLayer(entry, match.InOrder ? diffIds[i] : null, isBase))
            : null;

    private static LayerSize ToLayer(HistoryEntry entry, string? diffId, bool isBase) =>
        new(diffId, HistoryInstruction.Clean(entry.CreatedBy), entry.Size, isBase);

    private static bool StartsWith(ImmutableArray<HistoryEntry> history, ImmutableArray<HistoryEntry> beginning) =>
        beginning.Length <= history.Length && history[..beginning.Length].SequenceEqual(beginning);
}
