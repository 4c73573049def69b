using MultiStage.Build.Measurement;
using MultiStage.Build.Measurement.Files;
using MultiStage.Build.Measurement.Layers;

namespace MultiStage.Build.Budgets;

/// <summary>Names what takes the most of what is over a budget: a sentence and a blank, or nothing where there is nothing to
/// name.</summary>
internal static class LargestPart
{
    private const int LongestInstruction = 60;

    /// <summary>Names the app's largest layer, and the largest package or project in it.</summary>
    public static string OfApp(MeasuredImage image) => LargestLayer(image.Sizes) + LargestOrigin(image.Breakdown);

    /// <summary>Says how many layers the project can change.</summary>
    public static string OfLayerCount(MeasuredImage image) =>
        image.Sizes is { Base.LayerCount: { } count } sizes ? $"{sizes.Layers.Length - count} of them are the app's own. " : "";

    // What the project can change: a layer of the base image is named by none.
    private static string LargestLayer(ImageSizes sizes)
    {
        if (sizes.AppLayers.MaxBy(layer => layer.Bytes) is not { Bytes: > 0 } largest)
        {
            return "";
        }

        var owner = sizes.AppBytes is null || sizes.Base is null ? "Its" : "The app's";
        var name = largest.CreatedBy.Length == 0 ? "" : $" is '{HistoryInstruction.Shorten(largest.CreatedBy, LongestInstruction)}' and";
        return $"{owner} largest layer{name} takes {SizeText.Of(largest.Bytes)}. ";
    }

    private static string LargestOrigin(SizeBreakdown? breakdown) =>
        breakdown?.ByOrigin().FirstOrDefault(size => size.Origin.Kind is OriginKind.Package or OriginKind.Project) is { Bytes: > 0 } largest
            ? $"The largest {largest.Origin.Kind.ToString().ToLowerInvariant()} is "
                + $"{largest.Origin.Name}{(largest.Origin.Version is { } version ? " " + version : "")} with {SizeText.Of(largest.Bytes)}. "
            : "";

    /// <summary>Names the largest layer, and says how many more are over the limit.</summary>
    public static string OfLayers(MeasuredImage image, long limit)
    {
        var over = image.Sizes.AppLayers.Where(layer => layer.Bytes > limit).OrderByDescending(layer => layer.Bytes).ToList();
        var name = over[0].CreatedBy.Length == 0 ? "" : $"It is '{HistoryInstruction.Shorten(over[0].CreatedBy, LongestInstruction)}'. ";
        return name
            + over.Count switch
            {
                1 => "",
                2 => "One more layer is over it. ",
                var count => $"{count - 1} more layers are over it. ",
            };
    }

    /// <summary>Names the largest file that no container sees.</summary>
    public static string OfWaste(MeasuredImage image)
    {
        if (image.Breakdown?.Wasted.MaxBy(file => file.Bytes) is not { } largest)
        {
            return "";
        }

        var by = image.Sizes.Layers[largest.ByLayer].CreatedBy;
        var name = by.Length == 0 ? "a later layer" : $"'{HistoryInstruction.Shorten(by, LongestInstruction)}'";
        return $"The largest file is {largest.Path} with {SizeText.Of(largest.Bytes)}, which {name} "
            + $"{(largest.How == WasteKind.Deleted ? "deletes" : "overwrites")}. ";
    }

    /// <summary>Names the largest file of a pattern of paths.</summary>
    public static string OfPath(MeasuredImage image, string pattern)
    {
        var paths = PathPattern.Parse(pattern);
        return image.Breakdown?.Files.Where(file => paths.Takes(file.Path)).MaxBy(file => file.Bytes) is { } largest
            ? $"The largest file is {largest.Path} with {SizeText.Of(largest.Bytes)}. "
            : "";
    }
}
