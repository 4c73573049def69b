using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using MultiStage.Build.Budgets.Baselines;
using MultiStage.Build.Budgets.Hints;
using MultiStage.Build.Diagnostics;
using MultiStage.Build.Images;
using MultiStage.Build.Measurement;

namespace MultiStage.Build.Reporting;

/// <summary>
/// Writes and reads <c>size.json</c>, by which the stages of the pipeline hand sizes to each other and to scripts. The same report gives
/// the same bytes: properties in a fixed order, layers lowest first, no timestamp, two blanks of indentation, line feeds.
/// </summary>
internal static class SizeJson
{
    private static readonly JsonSerializerOptions s_options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
        NewLine = "\n",
        // Instructions are full of && and <; nothing here is put into a page.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
    };

    /// <returns>The JSON text, with a line feed at its end.</returns>
    public static string Write(SizeReport report)
    {
        var sizes = report.Sizes;
        var file = new File(
            ImageSizes.Definition,
            report.Image,
            report.Stage,
            sizes.ImageId,
            sizes.Platform,
            sizes.Exact,
            sizes.Total,
            sizes.AppBytes,
            report.Measured.Compressed,
            report.Measured.WastedBytes,
            sizes.Base,
            sizes.Layers,
            report.Measured.StageBytes.ToImmutableSortedDictionary(StringComparer.Ordinal),
            [.. report.Verdicts.Select(VerdictEntry.Of)],
            report.Comparison,
            report.Hints
        );
        return JsonSerializer.Serialize(file, s_options) + "\n";
    }

    /// <summary>Reads a report that <see cref="Write"/> wrote.</summary>
    /// <param name="path">The file it was read from, for the message.</param>
    /// <exception cref="MultiStageException"><see cref="Codes.PipelineFileUnusable"/>: it is malformed, incomplete, contradicts itself or
    /// follows another definition of size.</exception>
    public static SizeReport Read(string json, string path)
    {
        try
        {
            var file = JsonSerializer.Deserialize<File>(json, s_options) ?? throw new JsonException("it is empty");
            if (file.Definition != ImageSizes.Definition)
            {
                throw new JsonException($"its sizes are '{file.Definition}', not '{ImageSizes.Definition}'");
            }
            // The serializer sees to every null but those in arrays.
            if (file.Layers.Contains(null!) || file.Verdicts.Contains(null!) || file.Hints.Contains(null!))
            {
                throw new JsonException("it has an empty layer, verdict or hint");
            }

            var sizes = new ImageSizes(file.ImageId, file.Platform, file.Base, file.Layers, file.Exact);
            if (sizes.Total != file.TotalBytes || sizes.AppBytes != file.AppBytes)
            {
                throw new JsonException("its layers do not add up to its total");
            }

            var measured = new MeasuredImage(sizes)
            {
                Compressed = file.Compressed,
                WastedBytes = file.WastedBytes,
                StageBytes = file.StageBytes.ToImmutableDictionary(StringComparer.OrdinalIgnoreCase),
            };
            return new SizeReport(file.Image, file.Stage, measured, [.. file.Verdicts.Select(verdict => verdict.ToVerdict())])
            {
                Comparison = file.Comparison,
                Hints = file.Hints,
            };
        }
        catch (Exception e) when (e is JsonException or OverflowException)
        {
            throw new MultiStageException(Codes.PipelineFileUnusable.With(path, e.Message.TrimEnd('.'), "MeasureMultiStageImage"), e);
        }
    }

    // The order of the parameters is the order in the file.
    private sealed record File(
        string Definition,
        string Image,
        string? Stage,
        string ImageId,
        Platform Platform,
        bool Exact,
        long TotalBytes,
        long? AppBytes,
        CompressedSize? Compressed,
        long? WastedBytes,
        ImageBase? Base,
        ImmutableArray<LayerSize> Layers,
        ImmutableSortedDictionary<string, long> StageBytes,
        ImmutableArray<VerdictEntry> Verdicts,
        SizeComparison? Comparison,
        ImmutableArray<SizeHint> Hints
    );
}
