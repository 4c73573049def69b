using System.Collections.Immutable;
using System.Text.Json;

namespace MultiStage.Build.Measurement.Archives;

/// <summary>Finds the images in what was seen of an archive: in Docker's <c>manifest.json</c>, and in the OCI's <c>index.json</c> and the
/// indexes that it leads to.</summary>
internal sealed class ArchiveManifests(ArchiveContents contents)
{
    // An index of all platforms of an image leads to some tens of manifests.
    private const int MostManifests = 1000;

    private readonly HashSet<string> _met = new(StringComparer.Ordinal);

    private const string Missing = "the archive has no manifest.json and no index.json";

    /// <summary>Finds them.</summary>
    /// <returns>The images: those of Docker's manifest first, then the other platforms of the index.</returns>
    /// <exception cref="InvalidDataException">There is none, or one lacks a part.</exception>
    public ImmutableArray<ArchivedImage> Images()
    {
        var docker = contents.TryParse("manifest.json");
        var oci = contents.TryParse("index.json");
        if (docker is null && oci is null)
        {
            throw new InvalidDataException(Missing);
        }

        using var _ = docker;
        using var __ = oci;
        ImmutableArray<ArchivedImage> named = docker is null ? [] : [.. docker.RootElement.EnumerateArray().Select(FromDocker)];
        ImmutableArray<ArchivedImage> indexed = oci is null ? [] : [.. FromIndex(oci.RootElement, isRequired: docker is null)];
        // Docker writes both, and in its own manifest one platform alone.
        return
        [
            .. named,
            .. indexed.Where(image =>
                !named.Any(other => other.DiffIds.SequenceEqual(image.DiffIds, StringComparer.Ordinal) && other.Id == image.Id)
            ),
        ];
    }

    private ArchivedImage FromDocker(JsonElement entry)
    {
        var path = entry.GetProperty("Config").GetString() ?? "";
        var name =
            entry.TryGetProperty("RepoTags", out var tags) && tags.ValueKind == JsonValueKind.Array
                ? tags.EnumerateArray().FirstOrDefault()
                : default;
        return Image(
            path,
            [.. entry.GetProperty("Layers").EnumerateArray().Select(layer => layer.GetString() ?? "")],
            name.ValueKind == JsonValueKind.String ? name.GetString() : null
        );
    }

    private IEnumerable<ArchivedImage> FromIndex(JsonElement index, bool isRequired, string? name = null)
    {
        foreach (var descriptor in index.GetProperty("manifests").EnumerateArray().Where(descriptor => !IsAttestation(descriptor)))
        {
            var path = BlobPath(descriptor);
            // An index may name what another one names, and even itself.
            if (!_met.Add(path))
            {
                continue;
            }

            if (_met.Count > MostManifests)
            {
                throw new InvalidDataException($"its index leads to more than {MostManifests} manifests");
            }

            // An archive of one platform has the index of all of them.
            using var document = contents.TryParse(path);
            if (document is null)
            {
                continue;
            }

            var called = Annotation(descriptor, "io.containerd.image.name")
                ?? Annotation(descriptor, "org.opencontainers.image.ref.name")
                ?? name;
            foreach (
                var image in document.RootElement.TryGetProperty("manifests", out _)
                    ? FromIndex(document.RootElement, isRequired, called)
                    : FromManifest(document.RootElement, isRequired, called)
            )
            {
                yield return image;
            }
        }
    }

    private ImmutableArray<ArchivedImage> FromManifest(JsonElement manifest, bool isRequired, string? name)
    {
        if (!manifest.TryGetProperty("layers", out var layers) || !manifest.TryGetProperty("config", out var config))
        {
            return [];
        }

        ImmutableArray<string> paths = [.. layers.EnumerateArray().Select(BlobPath)];
        return isRequired || paths.All(contents.HasLayer) ? [Image(BlobPath(config), paths, name)] : [];
    }

    private ArchivedImage Image(string config, ImmutableArray<string> layers, string? name)
    {
        using var configuration = contents.TryParse(config) ?? throw new InvalidDataException($"the archive has no {config}");
        return ArchivedImage.From(configuration.RootElement, [.. layers.Select(contents.Layer)]) with { Id = IdOf(config), Name = name };
    }

    // blobs/sha256/<digits> in one layout, <digits>.json in the other.
    private static string IdOf(string config) => "sha256:" + Path.GetFileNameWithoutExtension(config);

    private static string BlobPath(JsonElement descriptor) =>
        "blobs/" + (descriptor.GetProperty("digest").GetString() ?? "").Replace(':', '/');

    // BuildKit's statements of where an image comes from lie beside it in its index, and are not part of it.
    private static bool IsAttestation(JsonElement descriptor) =>
        Annotation(descriptor, "vnd.docker.reference.type") == "attestation-manifest"
        || (
            descriptor.TryGetProperty("platform", out var platform)
            && platform.ValueKind == JsonValueKind.Object
            && platform.TryGetProperty("os", out var os)
            && os.GetString() == "unknown"
        );

    private static string? Annotation(JsonElement descriptor, string name) =>
        descriptor.TryGetProperty("annotations", out var annotations)
        && annotations.ValueKind == JsonValueKind.Object
        && annotations.TryGetProperty(name, out var value)
            ? value.GetString()
            : null;
}
