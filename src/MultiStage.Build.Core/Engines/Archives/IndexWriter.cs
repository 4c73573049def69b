using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using MultiStage.Build.Images;

namespace MultiStage.Build.Engines.Archives;

/// <summary>
/// Puts images that were built one by one into one archive, with an index over them. Their configurations stay as they are, to the byte;
/// layers that a daemon keeps unpacked are compressed, as it does when it pushes. Source: OCI image specification,
/// <c>image-layout.md</c> and <c>image-index.md</c>.
/// </summary>
internal sealed class IndexWriter : IDisposable
{
    private const string IndexType = "application/vnd.oci.image.index.v1+json";

    private const string ManifestType = "application/vnd.oci.image.manifest.v1+json";

    private const string ConfigType = "application/vnd.oci.image.config.v1+json";

    private const string LayerType = "application/vnd.oci.image.layer.v1.tar+";

    private readonly string _path;
    private readonly TarWriter _tar;
    private readonly HashSet<string> _written = new(StringComparer.Ordinal);
    private readonly Dictionary<string, JsonObject> _layers = new(StringComparer.Ordinal);
    private readonly JsonArray _manifests = [];

    /// <summary>Begins an archive.</summary>
    /// <param name="path">Its absolute path.</param>
    public IndexWriter(string path)
    {
        _path = path;
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        _tar = new TarWriter(File.Create(path), TarEntryFormat.Pax);
        Add("oci-layout", Encoding.UTF8.GetBytes("""{"imageLayoutVersion":"1.0.0"}"""));
    }

    /// <param name="saved">The archive that the daemon saved it into; it is read to its end and closed.</param>
    /// <exception cref="InvalidDataException">The archive does not hold the image.</exception>
    public async Task AddAsync(ImageDescription image, Stream saved, CancellationToken cancellationToken)
    {
        var copy = _path + ".saved";
        try
        {
            await using (saved)
            await using (var file = File.Create(copy))
            {
                await saved.CopyToAsync(file, cancellationToken);
            }

            await AddAsync(image, new ImageTar(copy), cancellationToken);
        }
        finally
        {
            File.Delete(copy);
        }
    }

    /// <param name="image">An image whose archive has a manifest, which stays as it is.</param>
    /// <exception cref="InvalidDataException">The archive does not hold the image.</exception>
    public void Add(ImageArchive image)
    {
        var saved = new ImageTar(image.Archive);
        using var manifest = JsonDocument.Parse(image.Manifest);
        foreach (var part in manifest.RootElement.GetProperty("layers").EnumerateArray().Append(manifest.RootElement.GetProperty("config")))
        {
            var digest = part.GetProperty("digest").GetString()!;
            var (content, length) = saved.Open(digest);
            using (content)
            {
                AddBlob("", Convert.FromHexString(digest["sha256:".Length..]), content, length);
            }
        }

        Add(AddBlob(image.ManifestMediaType, Encoding.UTF8.GetBytes(image.Manifest)), image.Configuration);
    }

    /// <summary>Ends the archive.</summary>
    public ImageIndex Finish(IEnumerable<string> names)
    {
        var index = Encoding.UTF8.GetBytes(
            new JsonObject
            {
                ["schemaVersion"] = 2,
                ["mediaType"] = IndexType,
                ["manifests"] = _manifests,
            }.ToJsonString()
        );
        var entry = AddBlob(IndexType, index);
        var named = names.Select(name =>
        {
            var copy = (JsonObject)entry.DeepClone();
            copy["annotations"] = new JsonObject
            {
                ["io.containerd.image.name"] = ImageReference.TryParse(name) is { } reference
                    ? $"{reference.Registry}/{reference.Repository}:{reference.Tag}"
                    : name,
                ["org.opencontainers.image.ref.name"] = name[(name.LastIndexOf(':') + 1)..],
            };
            return (JsonNode)copy;
        });
        Add(
            "index.json",
            Encoding.UTF8.GetBytes(
                new JsonObject
                {
                    ["schemaVersion"] = 2,
                    ["mediaType"] = IndexType,
                    ["manifests"] = new JsonArray([.. named]),
                }.ToJsonString()
            )
        );
        _tar.Dispose();
        return ImageIndex.Read(_path);
    }

    /// <inheritdoc/>
    public void Dispose() => _tar.Dispose();

    private async Task AddAsync(ImageDescription image, ImageTar saved, CancellationToken cancellationToken)
    {
        using var manifest = JsonDocument.Parse(saved.ReadText("manifest.json"));
        foreach (var entry in manifest.RootElement.EnumerateArray())
        {
            var configuration = saved.ReadText(entry.GetProperty("Config").GetString()!);
            // Not by id, which is the configuration's digest in one image store and the manifest's in another.
            if (!ArchivedConfiguration.Read("", configuration).DiffIds.SequenceEqual(image.DiffIds, StringComparer.Ordinal))
            {
                continue;
            }

            var layers = new JsonArray();
            foreach (var (layer, diffId) in entry.GetProperty("Layers").EnumerateArray().Zip(image.DiffIds))
            {
                layers.Add(await LayerAsync(saved, layer.GetString()!, diffId, cancellationToken));
            }

            Add(configuration, layers);
            return;
        }

        throw new InvalidDataException($"the daemon's archive of {ImageDescription.ShortId(image.Id)} holds another image");
    }

    private void Add(string configuration, JsonArray layers)
    {
        var manifest = new JsonObject
        {
            ["schemaVersion"] = 2,
            ["mediaType"] = ManifestType,
            ["config"] = AddBlob(ConfigType, Encoding.UTF8.GetBytes(configuration)),
            ["layers"] = layers,
        };
        Add(AddBlob(ManifestType, Encoding.UTF8.GetBytes(manifest.ToJsonString())), configuration);
    }

    private void Add(JsonObject entry, string configuration)
    {
        using var json = JsonDocument.Parse(configuration);
        var platform = new JsonObject();
        string[] parts = ["architecture", "os", "variant"];
        foreach (var part in parts)
        {
            if (json.RootElement.TryGetProperty(part, out var value) && value.GetString() is { Length: > 0 } text)
            {
                platform[part] = text;
            }
        }

        entry["platform"] = platform;
        _manifests.Add(entry);
    }

    // Platforms may share layers, such as those with no native file.
    private async Task<JsonNode> LayerAsync(ImageTar saved, string path, string diffId, CancellationToken cancellationToken)
    {
        if (!_layers.TryGetValue(diffId, out var layer))
        {
            _layers[diffId] = layer = await AddLayerAsync(saved, path, cancellationToken);
        }

        return layer.DeepClone();
    }

    private async Task<JsonObject> AddLayerAsync(ImageTar saved, string path, CancellationToken cancellationToken)
    {
        if (Compression(saved, path) is { } compression)
        {
            await using var content = saved.OpenFile(path);
            var digest = await SHA256.HashDataAsync(content, cancellationToken);
            await using var again = saved.OpenFile(path);
            return AddBlob(LayerType + compression, digest, again, again.Length);
        }

        var compressed = _path + ".layer";
        try
        {
            await using var file = File.Create(compressed);
            await using (var content = saved.OpenFile(path))
            await using (var gzip = new GZipStream(file, CompressionLevel.Optimal, leaveOpen: true))
            {
                await content.CopyToAsync(gzip, cancellationToken);
            }

            file.Position = 0;
            var digest = await SHA256.HashDataAsync(file, cancellationToken);
            file.Position = 0;
            return AddBlob(LayerType + "gzip", digest, file, file.Length);
        }
        finally
        {
            File.Delete(compressed);
        }
    }

    // What a layer begins with says how it is compressed. Source: RFC 1952, RFC 8878.
    private static string? Compression(ImageTar saved, string path)
    {
        using var content = saved.OpenFile(path);
        Span<byte> start = stackalloc byte[4];
        return content.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) < start.Length ? null
            : start is [0x1f, 0x8b, ..] ? "gzip"
            : start is [0x28, 0xb5, 0x2f, 0xfd] ? "zstd"
            : null;
    }

    private JsonObject AddBlob(string type, byte[] content)
    {
        using var stream = new MemoryStream(content);
        return AddBlob(type, SHA256.HashData(content), stream, content.Length);
    }

    private JsonObject AddBlob(string type, byte[] hash, Stream content, long size)
    {
        var digest = Convert.ToHexStringLower(hash);
        if (_written.Add(digest))
        {
            Add($"blobs/sha256/{digest}", content);
        }

        return new JsonObject
        {
            ["mediaType"] = type,
            ["digest"] = $"sha256:{digest}",
            ["size"] = size,
        };
    }

    private void Add(string name, byte[] content)
    {
        using var stream = new MemoryStream(content);
        Add(name, stream);
    }

    private void Add(string name, Stream content) =>
        _tar.WriteEntry(
            new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = content, ModificationTime = DateTimeOffset.UnixEpoch }
        );
}
