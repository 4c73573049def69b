using MultiStage.Build.Measurement;
using MultiStage.Build.Measurement.Files;
using MultiStage.Build.Measurement.Layers;

namespace MultiStage.Build.Budgets;

/// <summary>Names what takes most of that which is over a budget.</summary>
internal static class Culprit
{
    private const int LongestInstruction = 60;

    /// <summary>Finds it.</summary>
    /// <param name="verdict">The verdict, one that did not pass.</param>
    /// <param name="measured">What was measured of the image.</param>
    /// <returns>One sentence and a blank; empty where nothing can be named.</returns>
    public static string Of(Verdict verdict, MeasuredImage measured) => verdict.Metric switch
    {
        BudgetMetric.Layer => OverLayers(verdict, measured.Sizes),
        BudgetMetric.LayerCount => OwnLayers(measured.Sizes),
        BudgetMetric.Wasted => LargestWaste(measured),
        BudgetMetric.Path => LargestFile(verdict, measured.Breakdown),
        BudgetMetric.Stage => "",
        _ => LargestLayer(measured.Sizes) + LargestOrigin(measured.Breakdown),
    };

    // What the project can change: a layer of the base image is named by none.
    private static string LargestLayer(ImageSizes sizes)
    {
        if (sizes.AppLayers.MaxBy(layer => layer.Bytes) is not { Bytes: > 0 } largest)
            return "";
        var owner = sizes.AppBytes is null || sizes.Base is null ? "Its" : "The app's";
        var name = largest.CreatedBy.Length == 0 ? "" : $" is '{Instruction.Shorten(largest.CreatedBy, LongestInstruction)}' and";
        return $"{owner} largest layer{name} takes {SizeText.Of(largest.Bytes)}. ";
    }

    private static string LargestOrigin(SizeBreakdown? breakdown) =>
        breakdown?.ByOrigin().FirstOrDefault(size => size.Origin.Kind is OriginKind.Package or OriginKind.Project) is { Bytes: > 0 } largest
            ? $"The largest {largest.Origin.Kind.ToString().ToLowerInvariant()} is {largest.Origin.Name}{(largest.Origin.Version is { } version ? " " + version : "")} with {SizeText.Of(largest.Bytes)}. "
            : "";

    private static string OverLayers(Verdict verdict, ImageSizes sizes)
    {
        var over = sizes.AppLayers.Where(layer => layer.Bytes > verdict.Limit).OrderByDescending(layer => layer.Bytes).ToList();
        var name = over[0].CreatedBy.Length == 0 ? "" : $"It is '{Instruction.Shorten(over[0].CreatedBy, LongestInstruction)}'. ";
        return name + over.Count switch
        {
            1 => "",
            2 => "One more layer is over it. ",
            var count => $"{count - 1} more layers are over it. ",
        };
    }

    private static string OwnLayers(ImageSizes sizes) =>
        sizes is { Base.LayerCount: { } count } ? $"{sizes.Layers.Length - count} of them are the app's own. " : "";

    private static string LargestWaste(MeasuredImage measured)
    {
        if (measured.Breakdown?.Wasted.MaxBy(file => file.Bytes) is not { } largest)
            return "";
        var by = measured.Sizes.Layers[largest.ByLayer].CreatedBy;
        var name = by.Length == 0 ? "a later layer" : $"'{Instruction.Shorten(by, LongestInstruction)}'";
        return $"The largest file is {largest.Path} with {SizeText.Of(largest.Bytes)}, which {name} {(largest.How == WasteKind.Deleted ? "deletes" : "overwrites")}. ";
    }

    private static string LargestFile(Verdict verdict, SizeBreakdown? breakdown)
    {
        var paths = PathPattern.Parse(verdict.Path!);
        return breakdown?.Files.Where(file => paths.Takes(file.Path)).MaxBy(file => file.Bytes) is { } largest
            ? $"The largest file is {largest.Path} with {SizeText.Of(largest.Bytes)}. "
            : "";
    }
}
