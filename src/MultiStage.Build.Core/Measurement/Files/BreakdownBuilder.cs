using MultiStage.Build.Measurement.Layers;

namespace MultiStage.Build.Measurement.Files;

/// <summary>Makes a breakdown of the files that were found (pure).</summary>
internal static class BreakdownBuilder
{
    /// <summary>Breaks down an image whose layers were read from end to end.</summary>
    /// <param name="layers">The entries of each layer, lowest first.</param>
    public static SizeBreakdown OfLayers(ImageSizes sizes, IReadOnlyList<IReadOnlyList<LayerEntry>> layers)
    {
        var tree = ImageTree.Of(layers, sizes.Layers.TakeWhile(layer => layer.IsBase).Count());
        var files = tree.AppFiles().ToList();
        return Of(sizes, "/", files.ConvertAll(file => new FoundFile(file.Path, file.Bytes, file.Layer, file.Content))) with
        {
            Wasted = tree.Wasted,
        };
    }

    /// <summary>Breaks down an image of which the app's folder was read.</summary>
    /// <returns>The breakdown, which says nothing of what is wasted.</returns>
    public static SizeBreakdown OfFolder(ImageSizes sizes, string folder, IReadOnlyList<FoundFile> files)
    {
        // With one layer that has bytes there is no doubt where they lie.
        var layers = sizes.Layers.Select((layer, i) => (layer, i)).Where(pair => pair.layer is { IsBase: false, Bytes: > 0 }).ToList();
        var layer = layers.Count == 1 ? layers[0].i : (int?)null;
        return Of(sizes, folder, [.. files.Select(file => file with { Layer = layer })]);
    }

    private static SizeBreakdown Of(ImageSizes sizes, string folder, IReadOnlyList<FoundFile> files)
    {
        var attribution = FileAttribution.Of(files.Select(file => (file.Path, file.Content)));
        // A program that a dependency file names, as a runtime's createdump, has nothing inside that were not its package's.
        files =
        [
            .. files.Select(file =>
                file.Content?.Parts is not null && attribution.IsNamed(file.Path) ? file with { Content = null } : file
            ),
        ];
        return new SizeBreakdown(
            sizes.ImageId,
            folder,
            [
                .. files
                    .SelectMany(file =>
                        FileAttribution
                            .Parts(file.Path, file.Bytes, file.Content)
                            .Select(part => attribution.Attribute(part.Path, part.Bytes, file.Layer, Maker(sizes, file.Layer)))
                    )
                    .OrderBy(file => file.Path, StringComparer.Ordinal),
            ]
        )
        {
            Gaps = [.. files.Where(file => file.Content?.Parts is { IsBundle: false }).Select(Gap)],
        };
    }

    // What no dependency file names is at least known by the instruction that brought it.
    private static FileOrigin Maker(ImageSizes sizes, int? layer) =>
        layer is { } i && sizes.Layers[i].CreatedBy is { Length: > 0 } instruction
            ? new FileOrigin(OriginKind.Other, instruction)
            : FileAttribution.Unnamed;

    private static BreakdownGap Gap(FoundFile file) =>
        new(
            $"{file.Path} is one native program: its sections are known, and not which packages and projects their bytes come from.",
            file.Bytes
        );
}

/// <summary>A file that was found in an image.</summary>
/// <param name="Path">Its absolute path.</param>
/// <param name="Bytes">Its unpacked bytes.</param>
/// <param name="Layer">Its layer; null where it is not known.</param>
/// <param name="Content">What was read inside it.</param>
internal sealed record FoundFile(string Path, long Bytes, int? Layer, FileContent? Content);
