using System.Collections.Immutable;

namespace MultiStage.Build.Facts;

/// <summary>What MSBuild's evaluation says of one project, for one of its target frameworks. Every path is absolute.</summary>
/// <param name="Path">The project file.</param>
public sealed record EvaluatedProject(string Path)
{
    /// <summary>Every file that the evaluation imported.</summary>
    public ImmutableArray<string> Imports { get; init; } = [];

    /// <summary>The existing files that items and well-known properties name, wherever they lie.</summary>
    public ImmutableArray<string> Files { get; init; } = [];

    /// <summary>The folders that builds write into.</summary>
    public ImmutableArray<string> OutputFolders { get; init; } = [];
}

/// <summary>Where this machine keeps what no repository holds. Every path is absolute.</summary>
/// <param name="ToolFolders">Folders of the SDK and of restored packages; what is imported from there is in the container too.</param>
public sealed record HostFolders(ImmutableArray<string> ToolFolders)
{
    /// <summary>Whether a file belongs to the SDK or to a package.</summary>
    /// <param name="path">An absolute path.</param>
    /// <returns>Whether it does.</returns>
    public bool Hold(string path) => ToolFolders.Any(folder => ContextPath.Contains(folder, path));
}
