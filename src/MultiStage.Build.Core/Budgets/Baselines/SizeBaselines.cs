using System.Collections.Immutable;
using System.Text.Json;
using MultiStage.Build.Measurement;
using MultiStage.Build.Measurement.Files;

namespace MultiStage.Build.Budgets.Baselines;

/// <summary>Makes baselines of images (pure).</summary>
internal static class SizeBaselines
{
    /// <summary>Keeps of an image what later ones are compared with.</summary>
    /// <param name="measured">What was measured of it; packages and files are kept where it was broken down.</param>
    public static SizeBaseline Of(MeasuredImage measured)
    {
        var sizes = measured.Sizes;
        var origin = sizes.Base is not { } b
            ? null
            : new BaselineBase(
                b.Reference,
                SizeBaseline.ChainId([.. sizes.Layers.Where(layer => layer.IsBase).Select(layer => layer.DiffId)]),
                b.Bytes
            );
        var baseline = new SizeBaseline(
            ImageSizes.Definition,
            sizes.Platform,
            origin,
            sizes.Total,
            [.. sizes.AppLayers.Select(layer => new BaselineLayer(layer.CreatedBy, layer.Bytes))]
        );
        return measured.Breakdown is not { } breakdown
            ? baseline
            : baseline with
            {
                Origins = breakdown
                    .ByOrigin()
                    .GroupBy(entry => KeyOf(entry.Origin), StringComparer.Ordinal)
                    .ToImmutableSortedDictionary(group => group.Key, group => group.Sum(entry => entry.Bytes), StringComparer.Ordinal),
                Files = breakdown
                    .Files.GroupBy(file => file.Path, StringComparer.Ordinal)
                    .ToImmutableSortedDictionary(group => group.Key, group => group.Sum(file => file.Bytes), StringComparer.Ordinal),
            };
    }

    /// <summary>The name by which a baseline knows an origin of files.</summary>
    /// <returns>Such as <c>package Serilog/4.2.0</c>; a version is kept of packages alone.</returns>
    public static string KeyOf(FileOrigin origin) =>
        OriginKey.Of(
            JsonNamingPolicy.CamelCase.ConvertName(origin.Kind.ToString()),
            origin.Name,
            origin.Kind == OriginKind.Package ? origin.Version : null
        );
}
