using System.Collections.Immutable;
using System.Text;
using System.Text.Json;

namespace MultiStage.Build.Engines.Progress;

/// <summary>Reads a line of <c>docker buildx build --progress=rawjson</c>: what a daemon sends as <c>moby.buildkit.trace</c>, as
/// JSON.</summary>
internal static class RawJsonStatus
{
    /// <summary>Reads a line.</summary>
    /// <returns>The message; null where the line is something else, such as an error for people.</returns>
    public static BuildKitStatus? TryParse(string line)
    {
        if (!line.StartsWith('{'))
        {
            return null;
        }

        try
        {
            using var json = JsonDocument.Parse(line);
            var message = json.RootElement;
            return new([.. List(message, "vertexes", Vertex)], [.. List(message, "logs", Log)], [.. List(message, "warnings", Warning)]);
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException)
        {
            return null;
        }
    }

    private static BuildKitVertex Vertex(JsonElement vertex) =>
        new(
            Text(vertex, "digest"),
            Text(vertex, "name"),
            vertex.TryGetProperty("cached", out var cached) && cached.GetBoolean(),
            Time(vertex, "started"),
            Time(vertex, "completed"),
            Text(vertex, "error") is { Length: > 0 } error ? error : null
        );

    private static BuildKitLog Log(JsonElement log) =>
        new(
            Text(log, "vertex"),
            log.TryGetProperty("stream", out var stream) ? stream.GetInt32() : 0,
            log.TryGetProperty("data", out var data) ? ImmutableArray.Create(data.GetBytesFromBase64()) : []
        );

    private static string Warning(JsonElement warning) =>
        warning.TryGetProperty("short", out var text) ? Encoding.UTF8.GetString(text.GetBytesFromBase64()).ReplaceLineEndings(" ") : "";

    private static IEnumerable<T> List<T>(JsonElement message, string name, Func<JsonElement, T> read) =>
        message.TryGetProperty(name, out var list) && list.ValueKind is JsonValueKind.Array ? list.EnumerateArray().Select(read) : [];

    private static string Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var text) ? text.GetString() ?? "" : "";

    private static DateTimeOffset? Time(JsonElement element, string name) =>
        element.TryGetProperty(name, out var time) && time.ValueKind is JsonValueKind.String ? time.GetDateTimeOffset() : null;
}
