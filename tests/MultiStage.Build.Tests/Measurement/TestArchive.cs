using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using System.Text.Json;

namespace MultiStage.Build.Tests.Measurement;

/// <summary>Writes archives in the layout of <c>docker save</c>.</summary>
internal static class TestArchive
{
    /// <summary>Writes a tar.</summary>
    /// <param name="entries">Its entries.</param>
    /// <returns>The tar's bytes.</returns>
    public static byte[] Tar(params IReadOnlyCollection<TarEntry> entries)
    {
        // TarWriter leaves out even the end of a tar that has no entries.
        if (entries.Count == 0)
        {
            return new byte[1024];
        }

        using var stream = new MemoryStream();
        using (var writer = new TarWriter(stream, leaveOpen: true))
        {
            foreach (var entry in entries)
            {
                writer.WriteEntry(entry);
            }
        }
        return stream.ToArray();
    }

    public static TarEntry File(string name, int length) => File(name, new byte[length]);

    public static TarEntry File(string name, byte[] content) =>
        new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(content) };

    public static TarEntry Link(TarEntryType type, string name, string target) => new PaxTarEntry(type, name) { LinkName = target };

    public static byte[] Gzip(byte[] content)
    {
        using var stream = new MemoryStream();
        using (var gzip = new GZipStream(stream, CompressionLevel.Fastest))
        {
            gzip.Write(content);
        }

        return stream.ToArray();
    }

    /// <summary>Writes an archive as Docker 25 and newer do: OCI blobs, the manifest after them.</summary>
    /// <param name="layers">The layers as they are stored; their digests are <c>sha256:l0</c>, <c>sha256:l1</c> …</param>
    /// <returns>The archive, which cannot be read twice.</returns>
    public static Stream Oci(params byte[][] layers) =>
        new OneWayStream(
            Tar([
                new PaxTarEntry(TarEntryType.Directory, "blobs/"),
                .. layers.Select((layer, i) => File($"blobs/sha256/l{i}", layer)),
                File("blobs/sha256/attestation", Encoding.UTF8.GetBytes("""{"predicate":{}}""")),
                File("blobs/sha256/config", Configuration(layers.Length)),
                File("manifest.json", Manifest("blobs/sha256/config", [.. layers.Select((_, i) => $"blobs/sha256/l{i}")])),
                File("oci-layout", Encoding.UTF8.GetBytes("""{"imageLayoutVersion":"1.0.0"}""")),
            ])
        );

    /// <summary>Writes the manifest of an archive.</summary>
    /// <param name="configuration">The path of the image's configuration.</param>
    /// <param name="layers">The paths of its layers.</param>
    /// <returns>The manifest's JSON text.</returns>
    public static byte[] Manifest(string configuration, string[] layers) =>
        JsonSerializer.SerializeToUtf8Bytes(
            new[]
            {
                new
                {
                    Config = configuration,
                    RepoTags = (string[]?)null,
                    Layers = layers,
                },
            }
        );

    /// <summary>Writes an image's configuration: each layer made by a <c>COPY</c>, and an <c>ENV</c> before each.</summary>
    /// <param name="layers">How many layers there are.</param>
    /// <returns>The configuration's JSON text.</returns>
    public static byte[] Configuration(int layers) =>
        JsonSerializer.SerializeToUtf8Bytes(
            new
            {
                architecture = "arm64",
                os = "linux",
                variant = "v8",
                rootfs = new { type = "layers", diff_ids = Enumerable.Range(0, layers).Select(i => $"sha256:l{i}") },
                history = Enumerable
                    .Range(0, layers)
                    .SelectMany(i =>
                        new object[]
                        {
                            new { created_by = $"ENV N={i}", empty_layer = true },
                            new { created_by = $"COPY {i} / # buildkit" },
                        }
                    ),
            }
        );
}
