using System.Collections.Immutable;
using System.Formats.Tar;
using System.IO.Compression;
using System.IO.Pipelines;
using System.Text.Json;

namespace MultiStage.Build.Measurement;

/// <summary>
/// Measures the layers of an archive in the layout of <c>docker save</c>, in one pass and constant memory. Which files are layers is written in
/// <c>manifest.json</c>, which comes last; so each file that looks like a layer is measured as it passes, and what is JSON is kept.
/// </summary>
public sealed class ArchiveWalker
{
    // A configuration is a few kB; a bill of materials that lies beside it is not needed and may be large.
    private const long LargestJson = 16 * 1024 * 1024;

    private const int BufferSize = 128 * 1024;

    private readonly Dictionary<string, LayerTarSize> _layers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _unreadable = new(StringComparer.Ordinal);
    private readonly Dictionary<string, byte[]> _json = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _links = new(StringComparer.Ordinal);

    private ArchiveWalker()
    {
    }

    /// <summary>Reads an archive from its beginning to its end.</summary>
    /// <param name="archive">The archive; it need not be seekable.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The images in it, in the order of its manifest.</returns>
    /// <exception cref="InvalidDataException">It is no such archive, or a layer in it cannot be read; the message is one clause that says which.</exception>
    public static async Task<ImmutableArray<ArchivedImage>> WalkAsync(Stream archive, CancellationToken cancellationToken)
    {
        var walker = new ArchiveWalker();
        // At the end of an entry the tar reader asks for 0 bytes; a client's stream may take the 0 that it answers for the end of the connection.
        // The buffer, which is the caller's stream and so not disposed of, answers by itself.
        var buffered = new BufferedStream(archive, BufferSize);
        await using var reader = new TarReader(buffered, leaveOpen: true);
        while (await reader.GetNextEntryAsync(copyData: false, cancellationToken) is { } entry)
            await walker.TakeAsync(entry, cancellationToken);
        return walker.Images();
    }

    private async Task TakeAsync(TarEntry entry, CancellationToken cancellationToken)
    {
        var name = Normalize(entry.Name);
        // Before Docker 25 a layer that several images have is there once, and linked to.
        if (entry.EntryType == TarEntryType.SymbolicLink)
            _links[name] = Normalize(Path.GetDirectoryName(name)?.Replace('\\', '/') + "/" + entry.LinkName);
        else if (entry.EntryType == TarEntryType.HardLink)
            _links[name] = Normalize(entry.LinkName);
        else if (entry.DataStream is { } data)
            await TakeFileAsync(name, entry.Length, data, cancellationToken);
        else
            _unreadable[name] = "is empty";
    }

    private async Task TakeFileAsync(string name, long length, Stream data, CancellationToken cancellationToken)
    {
        var reader = PipeReader.Create(data, new StreamPipeReaderOptions(bufferSize: BufferSize, leaveOpen: true));
        var beginning = await reader.ReadAtLeastAsync(BlobKinds.SampleLength, cancellationToken);
        var kind = BlobKinds.Of(beginning.Buffer);
        reader.AdvanceTo(beginning.Buffer.Start);
        await using var stream = reader.AsStream();
        switch (kind)
        {
            case BlobKind.Tar:
                _layers[name] = await LayerTar.MeasureAsync(stream, cancellationToken);
                break;
            case BlobKind.Gzip:
                await using (var unpacked = new GZipStream(stream, CompressionMode.Decompress, leaveOpen: true))
                    _layers[name] = await LayerTar.MeasureAsync(unpacked, cancellationToken);
                break;
            case BlobKind.Json when length <= LargestJson:
                var text = new byte[length];
                await stream.ReadExactlyAsync(text, cancellationToken);
                _json[name] = text;
                break;
            default:
                _unreadable[name] = kind == BlobKind.Zstandard ? "is compressed with zstd" : "is no tar";
                break;
        }
    }

    private ImmutableArray<ArchivedImage> Images()
    {
        try
        {
            using var manifest = Parse("manifest.json");
            return [.. manifest.RootElement.EnumerateArray().Select(ToImage)];
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            throw new InvalidDataException("the archive's manifest or configuration is malformed", e);
        }
    }

    private ArchivedImage ToImage(JsonElement entry)
    {
        using var configuration = Parse(Normalize(entry.GetProperty("Config").GetString() ?? ""));
        return ArchivedImage.From(configuration.RootElement, [.. entry.GetProperty("Layers").EnumerateArray().Select(layer => Layer(Normalize(layer.GetString() ?? "")))]);
    }

    private JsonDocument Parse(string name) =>
        _json.TryGetValue(Resolve(name), out var text) ? JsonDocument.Parse(text) : throw new InvalidDataException($"the archive has no {name}");

    private LayerTarSize Layer(string name)
    {
        var target = Resolve(name);
        if (_layers.TryGetValue(target, out var size))
            return size;
        throw new InvalidDataException(_unreadable.TryGetValue(target, out var reason) ? $"the layer {name} {reason}" : $"the archive has no layer {name}");
    }

    // Links may be chained; a circle of them ends where it has gone round.
    private string Resolve(string name)
    {
        for (var steps = 0; steps <= _links.Count && _links.TryGetValue(name, out var target); steps++)
            name = target;
        return name;
    }

    // Paths in a tar are relative, with or without a ./ before them.
    private static string Normalize(string path)
    {
        var parts = new List<string>();
        foreach (var part in path.Split('/').Where(part => part is not ("" or ".")))
        {
            if (part != "..")
                parts.Add(part);
            else if (parts.Count > 0)
                parts.RemoveAt(parts.Count - 1);
        }
        return string.Join('/', parts);
    }
}
