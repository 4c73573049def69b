using MultiStage.Build.Context;
using MultiStage.Build.Projects.Closure;

namespace MultiStage.Build.Projects.Sources;

/// <summary>A folder of the build context, with what a build may read of it.</summary>
/// <param name="Path">Its path; empty for the context itself.</param>
internal sealed record ContextFolder(string Path)
{
    /// <summary>Its folders, by name. A link to a folder is a file here.</summary>
    public List<ContextFolder> Folders { get; } = [];

    /// <summary>Its files, by name.</summary>
    public List<ContextFile> Files { get; } = [];

    /// <summary>Whether a project file lies in it.</summary>
    public bool HoldsProject => Files.Exists(file => ForeignProjects.IsProject(file.Path));

    /// <summary>It and every folder below it.</summary>
    /// <returns>The folders, each before those in it.</returns>
    public IEnumerable<ContextFolder> All() => Folders.SelectMany(folder => folder.All()).Prepend(this);

    /// <summary>The files in it and in every folder below it.</summary>
    public IEnumerable<ContextFile> AllFiles() => All().SelectMany(folder => folder.Files);

    /// <returns>The folder; null where it is not there.</returns>
    public ContextFolder? Find(string path) =>
        path == Path ? this : Folders.Find(folder => ContextPath.IsBelow(folder.Path, path))?.Find(path);
}

/// <summary>A file of the build context.</summary>
/// <param name="Length">Its length in bytes.</param>
/// <param name="Link">Where it leads; null where it is not a link.</param>
/// <param name="IsGitIgnored">Whether a .gitignore leaves it out, which in the folders of projects that are built does not count.</param>
internal readonly record struct ContextFile(string Path, long Length, string? Link = null, bool IsGitIgnored = false)
{
    public string Name => Path[(Path.LastIndexOf('/') + 1)..];
}
