using System.Collections.Immutable;
using System.Text.Json;
using MultiStage.Build.Images;

namespace MultiStage.Build.Engines.Archives;

/// <summary>One of an index's images.</summary>
/// <param name="Platform">Its platform, such as <c>linux/arm64</c>.</param>
internal sealed record PlatformImage(Platform Platform, ImageArchive Image)
{
    /// <summary>The images of the stages that budgets limit, on the daemon, by what the budgets call them; empty where the stage is this
    /// image's own.</summary>
    public ImmutableSortedDictionary<string, string> StageImages { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>The image's id on the daemon, where it is there to be run; null elsewhere.</summary>
    public string? OnDaemon { get; init; }

    /// <summary>How files and folders name its platform.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public string FileName => Platform.FileName;
}

/// <summary>An image for several platforms: an index of the OCI in an archive, with an image for each.</summary>
internal sealed record ImageIndex(ImageArchive Whole, ImmutableArray<PlatformImage> Platforms)
{
    private const string Unknown = "unknown";

    /// <summary>Reads the index of an archive in the layout of the OCI. Source: OCI image specification, <c>image-layout.md</c>.</summary>
    /// <param name="path">The archive, which is not compressed.</param>
    /// <exception cref="InvalidDataException">It is not such an archive.</exception>
    public static ImageIndex Read(string path)
    {
        try
        {
            var tar = new ImageTar(path);
            using var layout = JsonDocument.Parse(tar.ReadText("index.json"));
            var root = layout.RootElement.GetProperty("manifests")[0];
            var (digest, json) = (Text(root, "digest"), tar.ReadBlob(Text(root, "digest")));
            using var index = JsonDocument.Parse(json);
            return new(
                new(path, json, Text(root, "mediaType"), digest, ""),
                [
                    .. index
                        .RootElement.GetProperty("manifests")
                        .EnumerateArray()
                        // BuildKit's statements about an image stand beside it.
                        .Where(entry => entry.TryGetProperty("platform", out var platform) && Text(platform, "os") != Unknown)
                        .Select(entry => Image(tar, path, entry)),
                ]
            );
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or IndexOutOfRangeException)
        {
            throw new InvalidDataException("the archive has no index of images that can be read", e);
        }
    }

    private static PlatformImage Image(ImageTar tar, string path, JsonElement entry)
    {
        var manifest = tar.ReadBlob(Text(entry, "digest"));
        using var document = JsonDocument.Parse(manifest);
        var configuration = tar.ReadBlob(Text(document.RootElement.GetProperty("config"), "digest"));
        var archive = new ImageArchive(path, manifest, Text(entry, "mediaType"), Text(entry, "digest"), configuration);
        return new(ArchivedConfiguration.Read("", configuration).Platform, archive);
    }

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;
}
