using System.Collections.Immutable;
using MultiStage.Build.Context;

namespace MultiStage.Build.Projects.Evaluation;

/// <summary>What MSBuild's evaluation says of one project, for one of its target frameworks. Every path is absolute.</summary>
public sealed record EvaluatedProject(string Path)
{
    /// <summary>The files that the evaluation imported; those of the tools may be left out.</summary>
    public ImmutableArray<string> Imports { get; init; } = [];

    /// <summary>The existing files that items and well-known properties name and that do not come with the project's folder.</summary>
    public ImmutableArray<string> Files { get; init; } = [];

    /// <summary>Those of <see cref="Files"/> that a publish does without, such as a package's licence.</summary>
    public ImmutableArray<string> OptionalFiles { get; init; } = [];

    /// <summary>What targets, properties and the neighbours of referenced assemblies name: paths, and patterns with stars. Much of it may
    /// not be there, or lie elsewhere than in a repository.</summary>
    public ImmutableArray<string> Named { get; init; } = [];

    /// <summary>The files that are compiled or embedded, relative to the project's folder where they lie in it.</summary>
    public ImmutableArray<string> Compiled { get; init; } = [];

    /// <summary>The files that a publish copies into the app, relative to the project's folder where they lie in it.</summary>
    public ImmutableArray<string> Published { get; init; } = [];

    /// <summary>The file that pins the versions of its packages, where a property names one; it may not be there.</summary>
    public string? LockFile { get; init; }

    /// <summary>The files whose <c>#:</c> lines a project in memory is made of; none where the project is a file.</summary>
    public ImmutableArray<string> DirectiveFiles { get; init; } = [];

    /// <summary>The folders that builds write into.</summary>
    public ImmutableArray<string> OutputFolders { get; init; } = [];

    /// <summary>The properties that say how the project is built and run, by name; those that are not set are missing.</summary>
    public ImmutableSortedDictionary<string, string> Properties { get; init; } =
        ImmutableSortedDictionary.Create<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>The names of the environment variables whose value the property of the same name has.</summary>
    public ImmutableArray<string> Variables { get; init; } = [];

    /// <summary>The packages that it references itself.</summary>
    public ImmutableArray<string> Packages { get; init; } = [];

    /// <summary>What a restore reads of the evaluation, as a hash.</summary>
    public string RestoreView { get; init; } = "";

    /// <summary>The existing files and folders that properties and targets of a restore name, such as a configuration or a source of
    /// packages.</summary>
    public ImmutableArray<string> RestorePaths { get; init; } = [];

    /// <summary>What a target of the repository does in a restore, where nobody can say which files it reads; else null.</summary>
    public string? UnknownInRestore { get; init; }

    /// <summary>Reads a property.</summary>
    /// <returns>Its value; empty where it is not set.</returns>
    public string Property(string name) => Properties.GetValueOrDefault(name, "");

    /// <summary>Whether a property is switched on.</summary>
    /// <returns>Whether it is <c>true</c>.</returns>
    public bool IsTrue(string name) => Property(name).Equals("true", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether a property is switched off.</summary>
    /// <returns>Whether it is <c>false</c>.</returns>
    public bool IsFalse(string name) => Property(name).Equals("false", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether it references a package itself.</summary>
    public bool References(string package) => Packages.Contains(package, StringComparer.OrdinalIgnoreCase);

    /// <summary>The frameworks that it targets.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public IEnumerable<string> Frameworks =>
        Property(Property("TargetFrameworks").Length > 0 ? "TargetFrameworks" : "TargetFramework")
            .Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>Chooses one of several frameworks.</summary>
    /// <param name="preferred">The one to take where the project has it; null for none.</param>
    /// <returns>It, or the first; null where the project has one framework.</returns>
    public string? FrameworkOf(string? preferred)
    {
        var frameworks = Property("TargetFrameworks").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return frameworks.Length == 0 ? null : frameworks.FirstOrDefault(framework => framework == preferred, frameworks[0]);
    }
}

/// <summary>Where this machine keeps what no repository holds. Every path is absolute.</summary>
/// <param name="ToolFolders">Folders of the SDK and of restored packages; what is imported from there is in the container too.</param>
public sealed record HostFolders(ImmutableArray<string> ToolFolders)
{
    /// <summary>Takes folders as MSBuild's properties name them.</summary>
    /// <param name="folders">The folders; some may be empty.</param>
    /// <param name="project">The project's absolute path: relative ones begin in its folder, whatever the current one is.</param>
    /// <returns>The folders, absolute.</returns>
    public static HostFolders Of(IEnumerable<string> folders, string project) =>
        new([
            .. folders
                .Where(folder => folder.Length > 0)
                .Select(folder => Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder, Path.GetDirectoryName(project)!))),
        ]);

    /// <summary>Whether a file belongs to the SDK or to a package.</summary>
    /// <param name="path">An absolute path.</param>
    public bool Hold(string path) => ToolFolders.Any(folder => ContextPath.Contains(folder, path));
}
