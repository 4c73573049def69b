using System.Collections.Immutable;
using MultiStage.Build.Projects.Evaluation;

namespace MultiStage.Build.Projects.Closure;

/// <summary>A project, everything it references, and the files of the build context that they read.</summary>
/// <remarks>Every path but <see cref="Context"/> is relative to it and is written with forward slashes.</remarks>
internal sealed record ClosureFacts
{
    /// <summary>The build context's absolute path on this machine. It never reaches a Dockerfile.</summary>
    public required string Context { get; init; }

    /// <summary>The project that is published.</summary>
    public required string Project { get; init; }

    /// <summary>The projects of the closure, the published one among them, sorted by path.</summary>
    public required ImmutableArray<ClosureProject> Projects { get; init; }

    /// <summary>The files that a restore reads, sorted: projects, imports, NuGet configuration, global.json, lock files, tool
    /// manifests.</summary>
    public required ImmutableArray<string> RestoreInputs { get; init; }

    /// <summary>Those of <see cref="RestoreInputs"/> of which a restore reads the <c>#:</c> lines alone, sorted.</summary>
    public ImmutableArray<string> DirectiveFiles { get; init; } = [];

    /// <summary>Files, and folders with a slash at their end, that must exist while a restore runs, whatever is in them, sorted.</summary>
    public ImmutableArray<string> Placeholders { get; init; } = [];

    /// <summary>What a restore would see otherwise than on this machine if it came before the sources; null where it sees the
    /// same.</summary>
    public string? WhyRestoreAfterSources { get; init; }

    /// <summary>The target frameworks that every project of the closure has, sorted.</summary>
    public ImmutableArray<string> SharedFrameworks { get; init; } = [];

    /// <summary>The lock files of the closure's projects that the restore is held to, in the projects' order.</summary>
    public ImmutableArray<LockFile> Locks { get; init; } = [];

    /// <summary>Folders that NuGet configuration names as package sources, sorted.</summary>
    public ImmutableArray<string> LocalFeeds { get; init; } = [];

    /// <summary>Files that are read from outside every project's folder, or from a foreign one below it, sorted: linked items, keys,
    /// icons.</summary>
    public ImmutableArray<string> OutsideFiles { get; init; } = [];

    /// <summary>Files that a project names and whose names would keep them out of the context, sorted.</summary>
    public ImmutableArray<string> NamedFiles { get; init; } = [];

    /// <summary>What targets, properties and the neighbours of referenced assemblies name in the context, sorted: paths, and patterns
    /// with stars.</summary>
    public ImmutableArray<string> NamedPaths { get; init; } = [];

    /// <summary>Folders below a project's folder that belong to projects outside the closure, sorted.</summary>
    public ImmutableArray<string> ForeignFolders { get; init; } = [];

    /// <summary>Paths that never enter the context beside what the projects' builds write, whatever a step copies, sorted.</summary>
    public ImmutableArray<string> NeverSent { get; init; } = [];

    /// <summary>
    /// What its stage copies to build it: files, and folders with a slash at the end, the whole context being <c>./</c>. Empty where only
    /// what the closure names is copied.
    /// </summary>
    public ImmutableArray<string> Sources { get; init; } = [];

    /// <summary>The environment variables that reach its build, where it is built beside the app; the app's own are a part of its
    /// publish.</summary>
    public EnvironmentFacts Environment { get; init; } = new();

    /// <summary>Adds what was found of a restore.</summary>
    public ClosureFacts With(RestoreNeeds needs) =>
        this with
        {
            RestoreInputs = [.. RestoreInputs.Union(needs.Files, StringComparer.Ordinal).Order(StringComparer.Ordinal)],
            Placeholders = needs.Placeholders,
            WhyRestoreAfterSources = needs.WhyAfterSources,
        };

    /// <summary>Joins what two closures of one context read.</summary>
    /// <returns>This one's project, with the files of both.</returns>
    public ClosureFacts Join(ClosureFacts other)
    {
        var projects = Projects
            .Concat(other.Projects)
            .DistinctBy(project => project.Path)
            .OrderBy(project => project.Path, StringComparer.Ordinal)
            .ToImmutableArray();
        return this with
        {
            Projects = projects,
            RestoreInputs = Both(RestoreInputs, other.RestoreInputs),
            Placeholders = Both(Placeholders, other.Placeholders),
            WhyRestoreAfterSources = WhyRestoreAfterSources ?? other.WhyRestoreAfterSources,
            LocalFeeds = Both(LocalFeeds, other.LocalFeeds),
            OutsideFiles = Both(OutsideFiles, other.OutsideFiles),
            NamedFiles = Both(NamedFiles, other.NamedFiles),
            NamedPaths = Both(NamedPaths, other.NamedPaths),
            Sources = Both(Sources, other.Sources),
            ForeignFolders =
            [
                .. Both(ForeignFolders, other.ForeignFolders).Except(projects.Select(project => project.Folder), StringComparer.Ordinal),
            ],
        };

        static ImmutableArray<string> Both(ImmutableArray<string> one, ImmutableArray<string> other) =>
            [.. one.Union(other, StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }
}
