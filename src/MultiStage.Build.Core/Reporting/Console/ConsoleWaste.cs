using System.Globalization;
using MultiStage.Build.Budgets;
using MultiStage.Build.Measurement;
using MultiStage.Build.Measurement.Files;
using MultiStage.Build.Measurement.Layers;

namespace MultiStage.Build.Reporting.Console;

/// <summary>What of each layer no container sees, for the lines of the table below that layer.</summary>
internal sealed class ConsoleWaste
{
    private readonly ILookup<int, WastedFile> _byLayer;

    /// <summary>Sorts what is wasted by the layer that it lies in.</summary>
    /// <param name="breakdown">The image's files; null where they were not looked at.</param>
    public ConsoleWaste(SizeBreakdown? breakdown) => _byLayer = (breakdown?.Wasted ?? []).ToLookup(file => file.Layer);

    /// <summary>Makes the line below a layer, or below the base image.</summary>
    /// <param name="layers">The layers, as indexes into <see cref="ImageSizes.Layers"/>.</param>
    /// <param name="indent">What the line begins with.</param>
    /// <returns>The line; null where nothing of them is wasted.</returns>
    public string? Of(IEnumerable<int> layers, string indent)
    {
        var files = layers.SelectMany(layer => _byLayer[layer]).ToList();
        var parts = files
            .GroupBy(file => file.How)
            .OrderByDescending(group => group.Sum(file => file.Bytes))
            .Where(group => group.Any(file => file.Bytes > 0))
            .Select(group =>
                $"{SizeText.Of(group.Sum(file => file.Bytes))} later {(group.Key == WasteKind.Deleted ? "deleted" : "overwritten")}, "
                + $"{Files(group)}"
            )
            .ToList();
        return parts.Count == 0 ? null : $"{indent}of it {string.Join("; ", parts)}";
    }

    private static string Files(IEnumerable<WastedFile> files)
    {
        var paths = files
            .OrderByDescending(file => file.Bytes)
            .ThenBy(file => file.Path, StringComparer.Ordinal)
            .Select(file => file.Path)
            .Distinct(StringComparer.Ordinal)
            .ToList();
        const int LongestPath = 50;
        var largest = paths[0].Length <= LongestPath ? paths[0] : "…" + paths[0][^(LongestPath - 1)..];
        return paths.Count == 1 ? largest : string.Create(CultureInfo.InvariantCulture, $"{paths.Count} files, the largest {largest}");
    }
}
