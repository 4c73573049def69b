using System.Collections.Immutable;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using MultiStage.Build.Diagnostics;
using MultiStage.Build.Images;
using MultiStage.Build.Measurement;

namespace MultiStage.Build.Budgets.Baselines;

/// <summary>
/// Writes and reads a baseline as a small JSON file for a repository: sorted, a package, layer or file to a line so that two branches
/// merge, no time and no machine in it, so that the same image gives the same bytes.
/// </summary>
internal static class SizeBaselineFile
{
    private static readonly JsonSerializerOptions s_options = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        RespectNullableAnnotations = true,
    };

    private static readonly JsonWriterOptions s_layout = new()
    {
        Indented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <returns>The JSON text, with a line feed at its end.</returns>
    public static string Write(SizeBaseline baseline)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, s_layout))
        {
            json.WriteStartObject();
            json.WriteString("definition", baseline.Definition);
            json.WriteString("platform", baseline.Platform.ToString());
            if (baseline.Base is { } origin)
            {
                json.WritePropertyName("base");
                JsonSerializer.Serialize(json, origin, s_options);
            }

            json.WriteNumber("totalBytes", baseline.TotalBytes);
            json.WriteStartArray("layers");
            foreach (var layer in baseline.Layers)
            {
                JsonSerializer.Serialize(json, layer, s_options);
            }

            json.WriteEndArray();
            WriteSizes(json, "origins", baseline.Origins);
            json.WriteNumber("filesFrom", Math.Max(baseline.FilesFrom, SizeBaseline.SmallestFile));
            WriteSizes(json, "files", baseline.Files.Where(file => file.Value >= SizeBaseline.SmallestFile));
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }

    /// <param name="path">The file it was read from, for the message.</param>
    /// <param name="acceptCommand">The command that writes it again, for the message.</param>
    /// <exception cref="MultiStageException"><see cref="Codes.BaselineUnusable"/>.</exception>
    public static SizeBaseline Read(string json, string path, string acceptCommand)
    {
        try
        {
            if (
                json.Split('\n')
                    .Any(line =>
                        line.StartsWith("<<<<<<< ", StringComparison.Ordinal) || line.StartsWith(">>>>>>> ", StringComparison.Ordinal)
                    )
            )
            {
                throw new JsonException("it holds the marks of a merge conflict");
            }

            var file = JsonSerializer.Deserialize<File>(json, s_options) ?? throw new JsonException("it is empty");
            // What another definition means is not known here; that it is another one is all there is to say.
            return file.Definition == ImageSizes.Definition
                ? ToBaseline(file)
                : new SizeBaseline(file.Definition, file.Platform, null, Math.Max(1, file.TotalBytes), []);
        }
        catch (Exception e) when (e is JsonException or OverflowException)
        {
            throw new MultiStageException(
                Codes.BaselineUnusable.With(path, e.Message.TrimEnd('.'), acceptCommand) with
                {
                    About = "ContainerSizeBaseline",
                },
                e
            );
        }
    }

    private static SizeBaseline ToBaseline(File file)
    {
        if (file.TotalBytes < 1)
        {
            throw new JsonException("its total is not a valid size");
        }

        if (
            file.Layers.Contains(null!)
            || file.Layers.Any(layer => layer.Bytes < 0)
            || file.Origins.Concat(file.Files).Any(entry => entry.Value < 0)
        )
        {
            throw new JsonException("a size in it is missing or negative");
        }

        if (
            (file.Base is null || file.Base.Bytes is not null)
            && file.TotalBytes != checked((file.Base?.Bytes ?? 0) + file.Layers.Sum(layer => layer.Bytes))
        )
        {
            throw new JsonException("its layers do not add up to its total");
        }

        return new SizeBaseline(file.Definition, file.Platform, file.Base, file.TotalBytes, file.Layers)
        {
            Origins = Sorted(file.Origins),
            Files = Sorted(file.Files),
            FilesFrom = file.FilesFrom,
        };
    }

    private static ImmutableSortedDictionary<string, long> Sorted(IReadOnlyDictionary<string, long> sizes) =>
        sizes.ToImmutableSortedDictionary(StringComparer.Ordinal);

    private static void WriteSizes(Utf8JsonWriter json, string name, IEnumerable<KeyValuePair<string, long>> sizes)
    {
        json.WriteStartObject(name);
        foreach (var (key, bytes) in sizes)
        {
            json.WriteNumber(key, bytes);
        }

        json.WriteEndObject();
    }

    private sealed record File(
        [property: JsonRequired] string Definition,
        [property: JsonRequired] Platform Platform,
        BaselineBase? Base,
        [property: JsonRequired] long TotalBytes,
        [property: JsonRequired] ImmutableArray<BaselineLayer> Layers,
        [property: JsonRequired] Dictionary<string, long> Origins,
        [property: JsonRequired] long FilesFrom,
        [property: JsonRequired] Dictionary<string, long> Files
    );
}
