using System.Collections.Immutable;
using MultiStage.Build.Diagnostics;

namespace MultiStage.Build.Budgets;

/// <summary>
/// The kinds of budgets, in the order in which verdicts and errors are reported. A new kind is an entry here, and a line in
/// <c>ReadMultiStageBudgets</c> that hands over its property.
/// </summary>
internal static class BudgetKinds
{
    private const string NoBase = "the base image is not there to be compared with";
    private const string NoFiles = "the image's files were not looked at";

    /// <summary>Every kind.</summary>
    public static ImmutableArray<BudgetKind> All { get; } =
    [
        new("total", "ContainerSizeBudget")
        {
            Broken = Codes.SizeBudgetBroken,
            Value = (image, _, _) => MetricValue.OfLayers(image.Sizes.Total),
            Label = _ => "total",
            Subject = (_, image) => $"Image '{image}'",
            Largest = (_, image) => LargestPart.OfApp(image),
        },
        new("app", "ContainerAppSizeBudget")
        {
            Broken = Codes.AppBudgetBroken,
            Value = (image, _, _) => image.Sizes.AppBytes is { } bytes ? MetricValue.OfLayers(bytes) : MetricValue.Missing(NoBase),
            Label = _ => "app",
            Subject = (_, image) => $"The app in image '{image}'",
            Largest = (_, image) => LargestPart.OfApp(image),
        },
        new("layer", "ContainerLayerSizeBudget")
        {
            Broken = Codes.LayerBudgetBroken,
            Value = (image, _, _) =>
                image.Sizes.AppBytes is null
                    ? MetricValue.Missing(NoBase)
                    : MetricValue.OfLayers(image.Sizes.AppLayers.Select(layer => layer.Bytes).DefaultIfEmpty().Max()),
            Label = _ => "largest layer",
            Subject = (_, image) => $"The largest layer of image '{image}'",
            Largest = (verdict, image) => LargestPart.OfLayers(image, verdict.Limit),
        },
        new("layerCount", "ContainerLayerCountBudget")
        {
            Unit = BudgetUnit.Layers,
            Broken = Codes.LayerCountBudgetBroken,
            Value = (image, _, _) => new(image.Sizes.Layers.Length),
            Label = _ => "layers",
            Subject = (_, image) => $"The number of layers of image '{image}'",
            Largest = (_, image) => LargestPart.OfLayerCount(image),
        },
        new("compressed", "ContainerCompressedSizeBudget")
        {
            Needs = BudgetNeed.Compression,
            Broken = Codes.CompressedBudgetBroken,
            Value = (image, _, _) =>
                image.Compressed is { } size ? new(size.Bytes) { Band = size.Band } : MetricValue.Missing("its layers were not compressed"),
            Label = _ => "pull size",
            Subject = (_, image) => $"The pull size of image '{image}'",
            Largest = (_, image) => LargestPart.OfApp(image),
        },
        new("wasted", "ContainerWastedSizeBudget")
        {
            Needs = BudgetNeed.Files,
            Broken = Codes.WastedBudgetBroken,
            Value = (image, _, _) =>
                image.Breakdown?.WastedBytes is { } bytes
                    ? new(bytes)
                    : MetricValue.Missing(image.Breakdown?.WasteUnknownBecause ?? NoFiles),
            Label = _ => "wasted",
            Subject = (_, image) => $"What image '{image}' carries and no container sees",
            Largest = (_, image) => LargestPart.OfWaste(image),
        },
        new("path", "ContainerPathBudget")
        {
            IsItem = true,
            HasPath = true,
            Needs = BudgetNeed.Files,
            Broken = Codes.PathBudgetBroken,
            Value = (image, _, budget) =>
                image.Breakdown is not { } files ? MetricValue.Missing(NoFiles)
                : files.BytesOf(budget.Path!) is { } bytes ? new(bytes)
                : MetricValue.Missing($"files outside {files.Folder} were not looked at"),
            Label = budget => $"path {budget.Name}",
            Subject = (budget, image) => $"'{budget.Name}' ({budget.Path}) in image '{image}'",
            Largest = (verdict, image) => LargestPart.OfPath(image, verdict.Budget.Path!),
        },
        new("stage", "ContainerStageBudget")
        {
            IsItem = true,
            Needs = BudgetNeed.Stages,
            Broken = Codes.StageBudgetBroken,
            Value = (image, _, budget) =>
                image.StageBytes.TryGetValue(budget.Name!, out var bytes)
                    ? MetricValue.OfLayers(bytes)
                    : MetricValue.Missing("that stage's image is not there"),
            Label = budget => $"stage {budget.Name}",
            Subject = (budget, image) => $"Stage '{budget.Name}' of image '{image}'",
            Largest = (_, _) => "",
        },
        new("growth", "ContainerSizeGrowthBudget")
        {
            Unit = BudgetUnit.Growth,
            Needs = BudgetNeed.Baseline,
            Broken = Codes.GrowthBudgetBroken,
            Value = (image, comparison, _) =>
                comparison is { IsCompared: true }
                    ? MetricValue.OfLayers(comparison.GrowthBytes, image.Sizes.AppBytes ?? image.Sizes.Total)
                    : MetricValue.Missing(comparison?.NotComparedBecause ?? "there is no baseline"),
            Label = _ => "growth",
            Subject = (_, image) => $"The growth of image '{image}' over its baseline",
            Largest = (_, image) => LargestPart.OfApp(image),
        },
    ];

    /// <summary>The whole image, in unpacked bytes.</summary>
    public static BudgetKind Total { get; } = Named("total");

    /// <summary>What a registry stores and a machine pulls that has no layer of it yet, in bytes.</summary>
    public static BudgetKind Compressed { get; } = Named("compressed");

    /// <summary>The image of one stage by itself, in unpacked bytes.</summary>
    public static BudgetKind Stage { get; } = Named("stage");

    /// <summary>How much the app grew over the baseline, in unpacked bytes.</summary>
    public static BudgetKind Growth { get; } = Named("growth");

    /// <summary>Finds a kind.</summary>
    /// <param name="name">Its name in <c>size.json</c>.</param>
    /// <exception cref="InvalidOperationException">There is no such kind.</exception>
    public static BudgetKind Named(string name) => All.Single(kind => kind.Name == name);
}
