using System.IO.Enumeration;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace MultiStage.Build.Publishing;

/// <summary>A file below the root that projects are built in.</summary>
/// <param name="Path">Its path relative to the root, with forward slashes.</param>
/// <param name="Hash">The SHA-256 of its content, in hexadecimal; of a link, where it leads.</param>
/// <param name="Time">When it was written, in UTC.</param>
public sealed record TreeFile(string Path, string Hash, DateTime Time)
{
    /// <summary>Whether it is a link: an input by where it leads, and never an output that is kept.</summary>
    public bool IsLink => Hash.StartsWith(LinkMark, StringComparison.Ordinal);

    internal const string LinkMark = "link to ";
}

/// <summary>A project below the root, as its restore describes it.</summary>
/// <param name="File">The project file, relative to the root.</param>
/// <param name="Intermediate">The folder that restore wrote into, such as <c>src/Web/obj</c>, relative to the root.</param>
/// <param name="Weaves">Whether a package of it rewrites assemblies after they are compiled.</param>
/// <param name="References">The project files that it references, relative to the root.</param>
public sealed partial record TreeProject(string File, string Intermediate, bool Weaves, IReadOnlyCollection<string> References)
{
    /// <summary>The project file's folder; empty for the root.</summary>
    public string Folder => ContextPath.Parent(File);

    /// <summary>The project file's name without its extension.</summary>
    public string Name => System.IO.Path.GetFileNameWithoutExtension(File);

    /// <summary>Reads what restore wrote.</summary>
    /// <param name="root">The root's absolute path.</param>
    /// <param name="assets">The absolute path of a <c>project.assets.json</c>.</param>
    /// <returns>The project; null where the file does not say whose it is, or it lies outside the root.</returns>
    public static TreeProject? Read(string root, string assets)
    {
        using var json = JsonDocument.Parse(System.IO.File.ReadAllBytes(assets));
        if (!json.RootElement.TryGetProperty("project", out var project)
            || !project.TryGetProperty("restore", out var restore)
            || !restore.TryGetProperty("projectPath", out var path)
            || !ContextPath.Contains(root, path.GetString()!))
        {
            return null;
        }

        var weaves = json.RootElement.TryGetProperty("libraries", out var libraries)
            && libraries.EnumerateObject().Any(library => Weaver().IsMatch(library.Name));
        return new(ContextPath.Relative(root, path.GetString()!), ContextPath.Relative(root, System.IO.Path.GetDirectoryName(assets)!), weaves, [.. ReferencesOf(restore, root)]);
    }

    private static IEnumerable<string> ReferencesOf(JsonElement restore, string root) =>
        restore.TryGetProperty("frameworks", out var frameworks)
            ? frameworks.EnumerateObject()
                .SelectMany(framework => framework.Value.TryGetProperty("projectReferences", out var references) ? references.EnumerateObject().Select(reference => reference.Name) : [])
                .Select(path => ContextPath.Relative(root, path))
                .Distinct(StringComparer.Ordinal)
            : [];

    // They put parts of referenced assemblies into the one they rewrite, which MSBuild's check of times does not see.
    [GeneratedRegex(@"^(.*\.)?(Fody|ILRepack|ILMerge|PostSharp|Metalama)\b.*/", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Weaver();
}

/// <summary>The files and projects below a folder, before or after a build.</summary>
/// <param name="Root">The folder's absolute path.</param>
/// <param name="Files">Its files, by path.</param>
public sealed record SourceTree(string Root, IReadOnlyDictionary<string, TreeFile> Files)
{
    private static readonly EnumerationOptions Everything = new() { RecurseSubdirectories = true, AttributesToSkip = 0 };

    /// <summary>Reads a folder.</summary>
    /// <param name="root">Its absolute path.</param>
    /// <returns>Its files and links; no link is followed.</returns>
    public static SourceTree Read(string root)
    {
        var entries = new FileSystemEnumerable<FileSystemInfo>(root, (ref FileSystemEntry entry) => entry.ToFileSystemInfo(), Everything)
        {
            ShouldRecursePredicate = (ref FileSystemEntry entry) => !entry.Attributes.HasFlag(FileAttributes.ReparsePoint),
            ShouldIncludePredicate = (ref FileSystemEntry entry) => !entry.IsDirectory || entry.Attributes.HasFlag(FileAttributes.ReparsePoint),
        };
        var files = entries.AsParallel()
            .Select(entry => new TreeFile(
                ContextPath.Relative(root, entry.FullName),
                entry.LinkTarget is { } target ? TreeFile.LinkMark + target : FileHash.Of(entry.FullName),
                entry.LastWriteTimeUtc))
            .ToDictionary(file => file.Path, StringComparer.Ordinal);
        return new(root, files);
    }

    /// <summary>The projects that were restored.</summary>
    /// <returns>The projects, sorted by path.</returns>
    public IReadOnlyList<TreeProject> Projects() =>
    [
        .. Files.Keys.Where(path => Path.GetFileName(path) == "project.assets.json")
            .Select(path => TreeProject.Read(Root, Path.Combine(Root, path)))
            .OfType<TreeProject>()
            .OrderBy(project => project.File, StringComparer.Ordinal),
    ];

    /// <summary>Reads the files that MSBuild evaluates.</summary>
    /// <returns>Their texts, in no order.</returns>
    public IReadOnlyCollection<string> EvaluatedTexts() =>
        [.. Files.Values.Where(file => !file.IsLink && IsMSBuildFile(file.Path)).Select(file => File.ReadAllText(Path.Combine(Root, file.Path)))];

    /// <summary>Whether MSBuild evaluates a file, so that every target may depend on what it says.</summary>
    /// <param name="path">The file's path.</param>
    /// <returns>Whether it does.</returns>
    public static bool IsMSBuildFile(string path) =>
        Path.GetExtension(path) is var extension
        && (extension.EndsWith("proj", StringComparison.OrdinalIgnoreCase) || extension.ToUpperInvariant() is ".PROPS" or ".TARGETS" or ".PROJITEMS" or ".TASKS");
}
