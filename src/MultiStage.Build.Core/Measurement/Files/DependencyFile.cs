using System.Text.Json;

namespace MultiStage.Build.Measurement.Files;

/// <summary>
/// Reads which package or project each file of a published app comes from out of its <c>*.deps.json</c> (dotnet/runtime,
/// <c>docs/design/features/host-probing.md</c>).
/// </summary>
/// <remarks>
/// Microsoft.Extensions.DependencyModel is not used: the package would have to carry it into MSBuild, where other tasks bring versions of
/// their own, and here one question is asked of files that may be damaged.
/// </remarks>
internal sealed class DependencyFile
{
    private const string RuntimePack = "runtimepack.";

    private readonly Dictionary<string, FileSource> _files = new(StringComparer.Ordinal);
    private readonly Dictionary<string, FileOrigin> _origins = new(StringComparer.OrdinalIgnoreCase);

    private DependencyFile(FileOrigin app) => App = app;

    public FileOrigin App { get; }

    /// <param name="name">The file's name without its extension, which is the app's.</param>
    /// <returns>What it says; null where it is none.</returns>
    public static DependencyFile? Parse(string name, ReadOnlyMemory<byte> text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            var root = document.RootElement;
            var target = root.GetProperty("runtimeTarget").GetProperty("name").GetString() ?? "";
            var libraries = root.GetProperty("libraries");
            var file = new DependencyFile(AppOf(name, libraries));
            foreach (var library in root.GetProperty("targets").GetProperty(target).EnumerateObject())
            {
                file.Take(library, OriginOf(library.Name, libraries, file.App));
            }

            return file;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Finds where a file comes from.</summary>
    /// <param name="path">Its path, relative to the folder of the dependency file.</param>
    /// <returns>Its source; null where the file does not name it.</returns>
    public FileSource? Find(string path)
    {
        if (_files.TryGetValue(path, out var source))
        {
            return source;
        }
        // What a Razor class library brings for browsers lies in a folder of its name.
        if (path.Split('/') is ["wwwroot", "_content", var library, _, ..] && _origins.TryGetValue(library, out var origin))
        {
            return new FileSource(origin);
        }
        // Symbols and documentation lie beside their assembly and are not named.
        var assembly = Path.ChangeExtension(path, ".dll");
        return assembly != path && Path.GetExtension(path) is ".pdb" or ".xml" && _files.TryGetValue(assembly, out source)
            ? new FileSource(source.Origin) { Rid = source.Rid }
            : null;
    }

    private static FileOrigin AppOf(string name, JsonElement libraries)
    {
        var entry = libraries.EnumerateObject().FirstOrDefault(library => Split(library.Name).Name == name);
        return new FileOrigin(OriginKind.App, name, entry.Value.ValueKind == JsonValueKind.Undefined ? null : Split(entry.Name).Version);
    }

    private static FileOrigin OriginOf(string key, JsonElement libraries, FileOrigin app)
    {
        var (name, version) = Split(key);
        if (name == app.Name)
        {
            return app;
        }

        var type =
            libraries.TryGetProperty(key, out var library) && library.TryGetProperty("type", out var value) ? value.GetString() : null;
        return type switch
        {
            "package" => new FileOrigin(OriginKind.Package, name, version),
            "project" => new FileOrigin(OriginKind.Project, name, version),
            "runtimepack" => new FileOrigin(
                OriginKind.Runtime,
                name.StartsWith(RuntimePack, StringComparison.Ordinal) ? name[RuntimePack.Length..] : name,
                version
            ),
            _ => new FileOrigin(OriginKind.Other, name, version),
        };
    }

    private static (string Name, string? Version) Split(string key)
    {
        var slash = key.IndexOf('/', StringComparison.Ordinal);
        return slash < 0 ? (key, null) : (key[..slash], key[(slash + 1)..]);
    }

    private void Take(JsonProperty library, FileOrigin origin)
    {
        _origins.TryAdd(origin.Name, origin);
        foreach (var asset in Assets(library.Value, "runtime"))
        {
            Add(asset, FileName(asset.Name), new FileSource(origin));
        }

        foreach (var asset in Assets(library.Value, "native"))
        {
            Add(asset, FileName(asset.Name), new FileSource(origin) { IsNative = true });
        }

        foreach (var asset in Assets(library.Value, "resources"))
        {
            var culture = Text(asset, "locale");
            Add(asset, $"{culture}/{FileName(asset.Name)}", new FileSource(origin) { Culture = culture });
        }
        foreach (var asset in Assets(library.Value, "runtimeTargets"))
        {
            Add(asset, asset.Name, new FileSource(origin) { Rid = Text(asset, "rid"), IsNative = Text(asset, "assetType") == "native" });
        }
    }

    private void Add(JsonProperty asset, string published, FileSource source) =>
        _files.TryAdd(Text(asset, "localPath") ?? published, source);

    private static JsonElement.ObjectEnumerator Assets(JsonElement library, string kind) =>
        library.TryGetProperty(kind, out var assets) ? assets.EnumerateObject() : default;

    // Where a package keeps it is not where publish puts it: all but what is for another platform goes into one folder.
    private static string FileName(string path) => path[(path.LastIndexOf('/') + 1)..];

    private static string? Text(JsonProperty asset, string name) =>
        asset.Value.TryGetProperty(name, out var value) ? value.GetString() : null;
}

/// <summary>Where a file of an app comes from, as its dependency file has it.</summary>
/// <param name="Origin">The package or project.</param>
internal readonly record struct FileSource(FileOrigin Origin)
{
    /// <summary>The runtime identifier that it is for; null where it is for every one.</summary>
    public string? Rid { get; init; }

    /// <summary>The language of a satellite assembly; null for others.</summary>
    public string? Culture { get; init; }

    /// <summary>Whether it is machine code.</summary>
    public bool IsNative { get; init; }
}
