using System.Formats.Tar;
using System.Security.Cryptography;
using System.Text.Json;

namespace MultiStage.Build.Engines;

/// <summary>Reads a saved archive back, so that only one that is whole takes the place of another.</summary>
internal static class SavedArchive
{
    private const string Blobs = "blobs/sha256/";

    private const int MostManifestBytes = 16 * 1024 * 1024;

    private static readonly string[] s_lists = ["manifests", "layers"];

    /// <summary>Reads an archive in the layout of <c>docker save</c>, or of the OCI alone, to its end.</summary>
    /// <exception cref="InvalidDataException">It is not whole, or has another content than its names say.</exception>
    public static async Task CheckAsync(Stream archive, CancellationToken cancellationToken)
    {
        var files = new HashSet<string>(StringComparer.Ordinal);
        var named = new List<string>();
        // Of an archive that has both, the index may name platforms that were not saved.
        var indexed = new List<string>();
        var (hasManifest, hasIndex) = (false, false);
        await using var tar = new TarReader(archive, leaveOpen: true);
        while (await tar.GetNextEntryAsync(cancellationToken: cancellationToken) is { } entry)
        {
            files.Add(entry.Name);
            if (entry.DataStream is not { } content)
            {
                continue;
            }

            if (entry.Name == "manifest.json" && entry.Length <= MostManifestBytes)
            {
                hasManifest = true;
                named.AddRange(await NamedAsync(content, cancellationToken));
            }
            else if (entry.Name == "index.json" && entry.Length <= MostManifestBytes)
            {
                hasIndex = true;
                using var text = new MemoryStream();
                await content.CopyToAsync(text, cancellationToken);
                indexed.AddRange(Described(text.ToArray()));
            }
            else if (entry.Name.StartsWith(Blobs, StringComparison.Ordinal))
            {
                var digest = Convert.ToHexStringLower(await HashAsync(content, entry.Length, indexed, cancellationToken));
                if (digest != entry.Name[Blobs.Length..])
                {
                    throw new InvalidDataException($"it was damaged on its way: {entry.Name} has the digest {digest}");
                }
            }
            else
            {
                await content.CopyToAsync(Stream.Null, cancellationToken);
            }
        }

        if (!hasManifest && hasIndex)
        {
            (hasManifest, named) = (true, indexed);
        }

        if (!hasManifest || named.Find(name => !files.Contains(name)) is { } missing)
        {
            throw new InvalidDataException("the daemon sent an archive that is not whole");
        }
    }

    // A manifest is small, and names other blobs.
    private static async Task<byte[]> HashAsync(Stream content, long length, List<string> indexed, CancellationToken cancellationToken)
    {
        if (length > MostManifestBytes)
        {
            return await SHA256.HashDataAsync(content, cancellationToken);
        }

        using var blob = new MemoryStream();
        await content.CopyToAsync(blob, cancellationToken);
        var bytes = blob.ToArray();
        indexed.AddRange(bytes is [(byte)'{', ..] ? Described(bytes) : []);
        return SHA256.HashData(bytes);
    }

    // The blobs that a manifest or an index names, as the archive calls them.
    private static IEnumerable<string> Described(byte[] text)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            return
            [
                .. s_lists
                    .SelectMany(name => json.RootElement.TryGetProperty(name, out var list) ? list.EnumerateArray().ToList() : [])
                    .Concat(json.RootElement.TryGetProperty("layers", out _) ? [json.RootElement.GetProperty("config")] : [])
                    .Select(descriptor => "blobs/" + descriptor.GetProperty("digest").GetString()!.Replace(':', '/')),
            ];
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            // A blob of another kind.
            return [];
        }
    }

    private static async Task<IEnumerable<string>> NamedAsync(Stream manifest, CancellationToken cancellationToken)
    {
        try
        {
            using var json = await JsonDocument.ParseAsync(manifest, cancellationToken: cancellationToken);
            return
            [
                .. json
                    .RootElement.EnumerateArray()
                    .SelectMany(image => image.GetProperty("Layers").EnumerateArray().Prepend(image.GetProperty("Config")))
                    .Select(path => path.GetString()!),
            ];
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            throw new InvalidDataException("the daemon sent an archive whose manifest cannot be read", e);
        }
    }
}
