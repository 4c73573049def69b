using System.Collections.Immutable;
using System.Text.Json;
using MultiStage.Build.Images;

namespace MultiStage.Build.Engines.Archives;

/// <summary>Reads an image's configuration. Source: OCI image specification, <c>config.md</c>.</summary>
internal static class ArchivedConfiguration
{
    // What the SDK writes into the history of the layer that it adds.
    private const string Author = ".NET SDK";

    public static ImageDescription Read(string id, string json)
    {
        using var document = JsonDocument.Parse(json);
        var root = document.RootElement;
        return new(
            id,
            Platform.Of(Text(root, "os"), Text(root, "architecture"), Text(root, "variant")),
            [.. Words(root.GetProperty("rootfs"), "diff_ids")],
            [
                .. root.TryGetProperty("history", out var history)
                    ? history
                        .EnumerateArray()
                        .Select(entry => new HistoryEntry(
                            Text(entry, "created_by") is { Length: > 0 } by ? by : Text(entry, "author"),
                            0,
                            !(entry.TryGetProperty("empty_layer", out var empty) && empty.ValueKind is JsonValueKind.True)
                        ))
                    : [],
            ],
            root.TryGetProperty("config", out var config) ? Config(config) : new()
        );
    }

    /// <summary>Whether the last layer is the app, as the SDK lays it on a base image.</summary>
    public static bool IsAppOnBase(ImageDescription image) =>
        image is { DiffIds.Length: > 1, History: [.., { MadeLayer: true } last] }
        && last.CreatedBy.StartsWith(Author, StringComparison.Ordinal);

    private static ImageConfiguration Config(JsonElement config) =>
        new()
        {
            User = Text(config, "User"),
            WorkingDir = Text(config, "WorkingDir"),
            Entrypoint = [.. Words(config, "Entrypoint")],
            Cmd = [.. Words(config, "Cmd")],
            Env = Words(config, "Env")
                .Select(variable => variable.Split('=', 2))
                .ToImmutableSortedDictionary(pair => pair[0], pair => pair.Length > 1 ? pair[1] : "", StringComparer.Ordinal),
            Labels = Members(config, "Labels")
                .ToImmutableSortedDictionary(member => member.Name, member => member.Value.GetString() ?? "", StringComparer.Ordinal),
            ExposedPorts = [.. Members(config, "ExposedPorts").Select(member => member.Name)],
        };

    private static string Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString()! : "";

    private static IEnumerable<string> Words(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.Array
            ? value.EnumerateArray().Select(word => word.GetString() ?? "")
            : [];

    private static JsonElement.ObjectEnumerator Members(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.Object ? value.EnumerateObject() : default;
}
