using System.Collections.Immutable;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using MultiStage.Build.Diagnostics;
using MultiStage.Build.Measurement.Layers;

namespace MultiStage.Build.Measurement.Files;

/// <summary>
/// Writes and reads <c>breakdown.json</c>. A hundred thousand files have to stay readable, so what repeats is written once: origins are a
/// table that the files name by number, and each file is one line, <c>["path", bytes, kind, origin, layer, rid, culture]</c>, cut off where
/// only nulls follow.
/// </summary>
internal static class BreakdownJson
{
    private const string Definition = "breakdown/1";

    private static readonly JsonSerializerOptions s_options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
    };

    /// <returns>The JSON text, with a line feed at its end.</returns>
    public static string Write(SizeBreakdown breakdown)
    {
        ImmutableArray<FileOrigin> origins = [.. breakdown.Files.Select(file => file.Origin).Distinct()];
        var numbers = origins.Select((origin, i) => (origin, i)).ToDictionary(pair => pair.origin, pair => pair.i);
        var text = new StringBuilder("{\n");
        Property(text, "definition", Definition);
        Property(text, "imageId", breakdown.ImageId);
        Property(text, "folder", breakdown.Folder);
        if (breakdown.WasteUnknownBecause is { } reason)
        {
            Property(text, "wasteUnknownBecause", reason);
        }

        List(text, "gaps", breakdown.Gaps);
        List(text, "origins", origins);
        List(text, "files", breakdown.Files.Select(file => Row(file, numbers[file.Origin])));
        List(
            text,
            "wasted",
            breakdown.Wasted.Select(file => new object[] { file.Path, file.Bytes, file.Layer, file.ByLayer, file.How }),
            isLast: true
        );
        return text.Append("}\n").ToString();
    }

    /// <summary>Reads a breakdown that <see cref="Write"/> wrote.</summary>
    /// <param name="path">The file it was read from, for the message.</param>
    /// <exception cref="MultiStageException"><see cref="Codes.PipelineFileUnusable"/>.</exception>
    public static SizeBreakdown Read(string json, string path)
    {
        try
        {
            var file = JsonSerializer.Deserialize<File>(json, s_options) ?? throw new JsonException("it is empty");
            if (file.Definition != Definition)
            {
                throw new JsonException($"it is '{file.Definition}', not '{Definition}'");
            }

            return new SizeBreakdown(file.ImageId, file.Folder, [.. file.Files.Select(row => ToFile(row, file.Origins))])
            {
                WasteUnknownBecause = file.WasteUnknownBecause,
                Gaps = file.Gaps,
                Wasted = [.. file.Wasted.Select(ToWasted)],
            };
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or IndexOutOfRangeException or FormatException)
        {
            throw new MultiStageException(Codes.PipelineFileUnusable.With(path, e.Message.TrimEnd('.'), "MeasureMultiStageImage"), e);
        }
    }

    private static object?[] Row(AppFile file, int origin)
    {
        object?[] row = [file.Path, file.Bytes, file.Kind, origin, file.Layer, file.Rid, file.Culture];
        return row[..(Array.FindLastIndex(row, value => value is not null) + 1)];
    }

    private static AppFile ToFile(JsonElement[] row, ImmutableArray<FileOrigin> origins) =>
        new(Text(row[0])!, row[1].GetInt64(), row[2].Deserialize<FileKind>(s_options), origins[row[3].GetInt32()])
        {
            Layer = row.Length > 4 && row[4].ValueKind != JsonValueKind.Null ? row[4].GetInt32() : null,
            Rid = row.Length > 5 ? Text(row[5]) : null,
            Culture = row.Length > 6 ? Text(row[6]) : null,
        };

    private static WastedFile ToWasted(JsonElement[] row) =>
        new(Text(row[0])!, row[1].GetInt64(), row[2].GetInt32(), row[3].GetInt32(), row[4].Deserialize<WasteKind>(s_options));

    private static string? Text(JsonElement element) => element.GetString();

    private static void Property(StringBuilder text, string name, string value) =>
        text.Append($"  \"{name}\": ").Append(JsonSerializer.Serialize(value, s_options)).Append(",\n");

    private static void List<T>(StringBuilder text, string name, IEnumerable<T> values, bool isLast = false)
    {
        text.Append($"  \"{name}\": [");
        var separator = "\n";
        foreach (var value in values)
        {
            text.Append(separator).Append("    ").Append(JsonSerializer.Serialize(value, s_options));
            separator = ",\n";
        }
        text.Append(separator == "\n" ? "]" : "\n  ]").Append(isLast ? "\n" : ",\n");
    }

    private sealed record File(
        string Definition,
        string ImageId,
        string Folder,
        ImmutableArray<BreakdownGap> Gaps,
        ImmutableArray<FileOrigin> Origins,
        JsonElement[][] Files,
        JsonElement[][] Wasted,
        string? WasteUnknownBecause = null
    );
}
