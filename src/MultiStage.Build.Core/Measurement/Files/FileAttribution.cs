using MultiStage.Build.Measurement.Layers;

namespace MultiStage.Build.Measurement.Files;

/// <summary>Says of each file of an app what it is and what it comes from (pure).</summary>
internal sealed class FileAttribution
{
    /// <summary>What an app is that has no dependency file: a single native program, or no .NET app.</summary>
    public static readonly FileOrigin Unnamed = new(OriginKind.Other, "(not known)");

    private const string DependencyExtension = ".deps.json";

    // What a bundle has before its files: the program that unpacks and starts them, in a self-contained one with the runtime's native code
    // linked into it.
    private const string Host = "(host)";

    private static readonly FileOrigin s_host = new(OriginKind.Runtime, "single-file host");

    private readonly List<(string Folder, DependencyFile File)> _apps = [];

    /// <summary>Takes the dependency files out of an app's files.</summary>
    /// <param name="files">The files, with what was read inside them.</param>
    public static FileAttribution Of(IEnumerable<(string Path, FileContent? Content)> files)
    {
        var attribution = new FileAttribution();
        foreach (var (path, content) in files.Where(file => file.Content is not null))
        {
            var (folder, name) = Split(path);
            if (content!.Dependencies is { } text && DependencyFile.Parse(name[..^DependencyExtension.Length], text) is { } file)
            {
                attribution._apps.Add((folder, file));
            }
            // A bundle's files lie, as it were, in a folder of the bundle's name.
            else if (content.Parts is { IsBundle: true, Dependencies: { } inner } && DependencyFile.Parse(name, inner) is { } bundled)
            {
                attribution._apps.AddRange([(path + "/", bundled), (folder, bundled)]);
            }
        }
        // The nearest folder has the say.
        attribution._apps.Sort((a, b) => b.Folder.Length.CompareTo(a.Folder.Length));
        return attribution;
    }

    /// <summary>Whether a dependency file says what a file comes from.</summary>
    /// <param name="path">Its absolute path.</param>
    public bool IsNamed(string path) =>
        _apps.Any(app => path.StartsWith(app.Folder, StringComparison.Ordinal) && app.File.Find(path[app.Folder.Length..]) is not null);

    /// <param name="path">Its absolute path.</param>
    /// <param name="layer">Its layer; null where it is not known.</param>
    /// <param name="otherwise">What it comes from where no dependency file has a say.</param>
    public AppFile Attribute(string path, long bytes, int? layer, FileOrigin otherwise)
    {
        foreach (var (folder, dependencies) in _apps)
        {
            if (!path.StartsWith(folder, StringComparison.Ordinal))
            {
                continue;
            }

            var relative = path[folder.Length..];
            var source = dependencies.Find(relative) ?? new FileSource(relative == Host ? s_host : dependencies.App);
            return new AppFile(path, bytes, KindOf(relative, source, dependencies.App.Name), source.Origin)
            {
                Layer = layer,
                Rid = source.Rid ?? RidOf(relative),
                Culture = source.Culture,
            };
        }
        return new AppFile(path, bytes, KindOf(path, default, ""), otherwise) { Layer = layer, Rid = RidOf(path) };
    }

    /// <summary>Takes an executable apart into files of their own, where its parts are known.</summary>
    /// <param name="path">Its absolute path.</param>
    /// <param name="content">What was read inside it.</param>
    /// <returns>The executable itself where it is one whole, else its parts and what remains.</returns>
    public static IEnumerable<(string Path, long Bytes)> Parts(string path, long bytes, FileContent? content)
    {
        var parts = content?.Parts?.Parts ?? [];
        var known = parts.Sum(part => part.Bytes);
        if (parts.IsEmpty || known > bytes)
        {
            return [(path, bytes)];
        }

        var rest = content!.Parts!.IsBundle ? Host : "(headers)";
        return parts
            .GroupBy(part => part.Name, StringComparer.Ordinal)
            .Select(group => ($"{path}/{group.Key}", group.Sum(part => part.Bytes)))
            .Append(($"{path}/{rest}", bytes - known));
    }

    private static FileKind KindOf(string path, FileSource source, string app)
    {
        var (_, name) = Split(path);
        if (source.Culture is not null || name.EndsWith(".resources.dll", StringComparison.OrdinalIgnoreCase))
        {
            return FileKind.Resource;
        }

        if (source.IsNative || name == app || name == Host || IsSection(name))
        {
            return name.StartsWith(".debug", StringComparison.Ordinal) ? FileKind.Symbols : FileKind.Native;
        }

        if (path.StartsWith("wwwroot/", StringComparison.Ordinal) || path.Contains("/wwwroot/", StringComparison.Ordinal))
        {
            return FileKind.Static;
        }

        return Path.GetExtension(name).ToUpperInvariant() switch
        {
            ".DLL" => path.Contains("/native/", StringComparison.Ordinal) ? FileKind.Native : FileKind.Managed,
            ".SO" or ".DYLIB" or ".A" or ".EXE" or ".O" => FileKind.Native,
            ".PDB" or ".DBG" or ".DEBUG" or ".DWARF" => FileKind.Symbols,
            _ => name.Contains(".so.", StringComparison.Ordinal) ? FileKind.Native : FileKind.Other,
        };
    }

    private static bool IsSection(string name) =>
        name.StartsWith('.') && name is ".text" or ".rodata" or ".data" or ".eh_frame"
        || name.StartsWith(".debug", StringComparison.Ordinal)
        || name == "__managedcode";

    // runtimes/win-x64/native/a.dll, where NuGet keeps what is for one platform.
    private static string? RidOf(string path)
    {
        const string Folder = "runtimes/";
        var start = path.StartsWith(Folder, StringComparison.Ordinal) ? 0 : path.IndexOf("/" + Folder, StringComparison.Ordinal) + 1;
        if (start == 0 && !path.StartsWith(Folder, StringComparison.Ordinal))
        {
            return null;
        }

        var rid = path[(start + Folder.Length)..];
        var end = rid.IndexOf('/', StringComparison.Ordinal);
        return end > 0 ? rid[..end] : null;
    }

    private static (string Folder, string Name) Split(string path)
    {
        var slash = path.LastIndexOf('/');
        return (path[..(slash + 1)], path[(slash + 1)..]);
    }
}
