using System.Text.Json;
using MultiStage.Build.Measurement.Layers;

namespace MultiStage.Build.Measurement.Archives;

/// <summary>What was seen of an archive, by the paths in it.</summary>
internal sealed class ArchiveContents
{
    private readonly Dictionary<string, LayerContent> _layers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _unreadable = new(StringComparer.Ordinal);
    private readonly Dictionary<string, byte[]> _json = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _links = new(StringComparer.Ordinal);

    public void Take(string path, LayerContent layer) => _layers[path] = layer;

    /// <summary>Keeps a JSON text.</summary>
    public void Keep(string path, byte[] text) => _json[path] = text;

    /// <summary>Remembers why a file is not a layer.</summary>
    /// <param name="reason">Why, the end of a clause.</param>
    public void Refuse(string path, string reason) => _unreadable[path] = reason;

    /// <summary>Remembers another name of a file.</summary>
    /// <param name="target">The file, from the archive's root.</param>
    public void Link(string path, string target) => _links[path] = Normalize(target);

    /// <summary>Parses a JSON text.</summary>
    /// <returns>The document; null where there is none.</returns>
    public JsonDocument? TryParse(string path) =>
        _json.TryGetValue(Resolve(Normalize(path)), out var text) ? JsonDocument.Parse(text) : null;

    public bool HasLayer(string path) => _layers.ContainsKey(Resolve(Normalize(path)));

    /// <summary>Finds a layer.</summary>
    /// <exception cref="InvalidDataException">It is not there or cannot be read.</exception>
    public LayerContent Layer(string path)
    {
        var target = Resolve(Normalize(path));
        if (_layers.TryGetValue(target, out var layer))
        {
            return layer;
        }

        throw new InvalidDataException(
            _unreadable.TryGetValue(target, out var reason) ? $"the layer {path} {reason}" : $"the archive has no layer {path}"
        );
    }

    /// <summary>Writes a path as a tar's paths are compared: relative, without a <c>./</c> before it.</summary>
    public static string Normalize(string path)
    {
        var parts = new List<string>();
        foreach (var part in path.Split('/').Where(part => part is not ("" or ".")))
        {
            if (part != "..")
            {
                parts.Add(part);
            }
            else if (parts.Count > 0)
            {
                parts.RemoveAt(parts.Count - 1);
            }
        }
        return string.Join('/', parts);
    }

    // Links may be chained, and a chain may lead back to its beginning.
    private string Resolve(string name)
    {
        for (var steps = 0; steps <= _links.Count && _links.TryGetValue(name, out var target); steps++)
        {
            name = target;
        }

        return name;
    }
}

/// <summary>What a layer holds.</summary>
/// <param name="Size">Its unpacked bytes.</param>
/// <param name="Entries">Its entries; null where they were not asked for.</param>
/// <param name="CompressedBytes">What it takes compressed; null where that is not known.</param>
/// <param name="IsEstimate">Whether <paramref name="CompressedBytes"/> was found by compressing here.</param>
internal sealed record LayerContent(LayerTarSize Size, IReadOnlyList<LayerEntry>? Entries, long? CompressedBytes, bool IsEstimate);
