using System.Collections.Immutable;

namespace MultiStage.Build.Facts;

/// <summary>What MSBuild's evaluation says of one project, for one of its target frameworks. Every path is absolute.</summary>
/// <param name="Path">The project file.</param>
public sealed record EvaluatedProject(string Path)
{
    /// <summary>The files that the evaluation imported; those of the tools may be left out.</summary>
    public ImmutableArray<string> Imports { get; init; } = [];

    /// <summary>The existing files that items and well-known properties name and that do not come with the project's folder.</summary>
    public ImmutableArray<string> Files { get; init; } = [];

    /// <summary>The file that pins the versions of its packages, where a property names one; it may not be there.</summary>
    public string? LockFile { get; init; }

    /// <summary>The folders that builds write into.</summary>
    public ImmutableArray<string> OutputFolders { get; init; } = [];
}

/// <summary>Where this machine keeps what no repository holds. Every path is absolute.</summary>
/// <param name="ToolFolders">Folders of the SDK and of restored packages; what is imported from there is in the container too.</param>
public sealed record HostFolders(ImmutableArray<string> ToolFolders)
{
    /// <summary>Takes folders as MSBuild's properties name them.</summary>
    /// <param name="folders">The folders; some may be empty.</param>
    /// <returns>The folders, absolute.</returns>
    public static HostFolders Of(IEnumerable<string> folders) =>
        new([.. folders.Where(folder => folder.Length > 0).Select(folder => Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)))]);

    /// <summary>Whether a file belongs to the SDK or to a package.</summary>
    /// <param name="path">An absolute path.</param>
    /// <returns>Whether it does.</returns>
    public bool Hold(string path) => ToolFolders.Any(folder => ContextPath.Contains(folder, path));
}
