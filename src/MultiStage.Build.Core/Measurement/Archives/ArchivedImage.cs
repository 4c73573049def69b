using System.Collections.Immutable;
using System.Text.Json;
using MultiStage.Build.Images;
using MultiStage.Build.Measurement.Layers;

namespace MultiStage.Build.Measurement.Archives;

/// <summary>An image as an archive holds it, its layers measured.</summary>
/// <param name="Platform">The platform, such as <c>linux/amd64</c>.</param>
/// <param name="DiffIds">The digests of the unpacked layers, lowest first.</param>
/// <param name="History">The build history, oldest first; every entry says whether it made a layer, none has a size.</param>
/// <param name="LayerBytes">The unpacked bytes of each layer, in the order of <paramref name="DiffIds"/>.</param>
/// <param name="Exact">Whether the bytes are right to the byte.</param>
internal sealed record ArchivedImage(
    Platform Platform,
    ImmutableArray<string> DiffIds,
    ImmutableArray<HistoryEntry> History,
    ImmutableArray<long> LayerBytes,
    bool Exact
)
{
    private const string BaseNameLabel = "org.opencontainers.image.base.name";

    /// <summary>The digest of its configuration, which is the image's id in Docker's own store.</summary>
    public string Id { get; init; } = "";

    /// <summary>A name that the archive gives it; null where it gives none.</summary>
    public string? Name { get; init; }

    /// <summary>The base image that its label names; null where none does.</summary>
    public string? BaseName { get; init; }

    /// <summary>What its layers take compressed; null where that was not asked for and the archive does not say.</summary>
    public CompressedSize? Compressed { get; init; }

    /// <summary>The entries of each layer; empty where they were not asked for.</summary>
    internal ImmutableArray<IReadOnlyList<LayerEntry>> Entries { get; init; } = [];

    /// <summary>Puts an image together from its configuration (OCI image specification, <c>config.md</c>) and its measured
    /// layers.</summary>
    /// <param name="layers">Its layers, lowest first.</param>
    /// <exception cref="InvalidDataException">The two do not agree, or the configuration is not one.</exception>
    internal static ArchivedImage From(JsonElement configuration, ImmutableArray<LayerContent> layers)
    {
        if (!configuration.TryGetProperty("rootfs", out var rootfs) || !rootfs.TryGetProperty("diff_ids", out var digests))
        {
            throw new InvalidDataException("the image's configuration in the archive lists no layers");
        }

        ImmutableArray<string> diffIds = [.. digests.EnumerateArray().Select(digest => digest.GetString() ?? "")];
        if (diffIds.Length != layers.Length)
        {
            throw new InvalidDataException($"the archive has {layers.Length} layers and its configuration {diffIds.Length}");
        }

        return new ArchivedImage(
            Platform.Of(Text(configuration, "os"), Text(configuration, "architecture"), Text(configuration, "variant")),
            diffIds,
            configuration.TryGetProperty("history", out var history) ? [.. history.EnumerateArray().Select(ToEntry)] : [],
            [.. layers.Select(layer => layer.Size.Bytes)],
            layers.All(layer => layer.Size.Exact)
        )
        {
            BaseName = LabelOf(configuration, BaseNameLabel),
            Compressed = CompressedOf(layers),
            Entries = layers.All(layer => layer.Entries is not null) ? [.. layers.Select(layer => layer.Entries!)] : [],
        };
    }

    private static CompressedSize? CompressedOf(ImmutableArray<LayerContent> layers) =>
        layers.All(layer => layer.CompressedBytes is not null)
            ? new CompressedSize(layers.Sum(layer => layer.CompressedBytes!.Value), layers.Any(layer => layer.IsEstimate))
            : null;

    private static string? LabelOf(JsonElement configuration, string name) =>
        configuration.TryGetProperty("config", out var config)
        && config.ValueKind == JsonValueKind.Object
        && config.TryGetProperty("Labels", out var labels)
        && labels.ValueKind == JsonValueKind.Object
        && labels.TryGetProperty(name, out var value)
            ? value.GetString()
            : null;

    private static HistoryEntry ToEntry(JsonElement entry) =>
        new(Text(entry, "created_by"), 0, !(entry.TryGetProperty("empty_layer", out var empty) && empty.ValueKind == JsonValueKind.True));

    private static string Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) ? value.GetString() ?? "" : "";
}
