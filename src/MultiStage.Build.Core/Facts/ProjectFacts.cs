using System.Collections.Immutable;

namespace MultiStage.Build.Facts;

/// <summary>Everything that was read from a project, and all that a plan is made of. Written to <c>facts.json</c>.</summary>
/// <param name="Closure">The project, the projects it needs, and the files they read.</param>
/// <param name="Publish">How the project is published inside the container.</param>
/// <param name="Container">What the image shall be.</param>
public sealed record ProjectFacts(ClosureFacts Closure, PublishFacts Publish, ContainerFacts Container)
{
    /// <summary>Where the image's stages come from. Of a source other than <see cref="ImageSource.Project"/>, the publish and the base images are empty.</summary>
    public ImageSource Source { get; init; }

    /// <summary>What the project says of stages itself.</summary>
    public StageFacts Stages { get; init; } = StageFacts.None;

    /// <summary>The image's health check; null where the project says nothing of one.</summary>
    public HealthcheckFacts? Healthcheck { get; init; }

    /// <summary>The test projects, in the project's order.</summary>
    public ImmutableArray<TestFacts> Tests { get; init; } = [];

    /// <summary>Whether the final image waits for the tests.</summary>
    public bool RequiresTests { get; init; }

    /// <summary>The closures that are built beside the app's: of the health check and of the tests.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public IEnumerable<ClosureFacts> Companions => Tests.Select(test => test.Closure).Concat(Healthcheck?.Program?.Closure is { } closure ? [closure] : []);

    /// <summary>All that the build reads: the app's closure, joined with those beside it.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public ClosureFacts Inputs => Companions.Aggregate(Closure, (all, next) => all.Join(next));
}

/// <summary>A project, everything it references, and the files of the build context that they read.</summary>
/// <remarks>Every path but <see cref="Context"/> is relative to it and is written with forward slashes.</remarks>
public sealed record ClosureFacts
{
    /// <summary>The build context's absolute path on this machine. It never reaches a Dockerfile.</summary>
    public required string Context { get; init; }

    /// <summary>The project that is published.</summary>
    public required string Project { get; init; }

    /// <summary>The projects of the closure, the published one among them, sorted by path.</summary>
    public required ImmutableArray<ClosureProject> Projects { get; init; }

    /// <summary>The files that a restore reads, sorted: projects, imports, NuGet configuration, global.json, lock files, tool manifests.</summary>
    public required ImmutableArray<string> RestoreInputs { get; init; }

    /// <summary>The lock files of the closure's projects that the restore is held to, in the projects' order.</summary>
    public ImmutableArray<LockFile> Locks { get; init; } = [];

    /// <summary>Folders that NuGet configuration names as package sources, sorted.</summary>
    public ImmutableArray<string> LocalFeeds { get; init; } = [];

    /// <summary>Files that are read from outside every project's folder, or from a foreign one below it, sorted: linked items, keys, icons.</summary>
    public ImmutableArray<string> OutsideFiles { get; init; } = [];

    /// <summary>Files that a project names and whose names would keep them out of the context, sorted.</summary>
    public ImmutableArray<string> NamedFiles { get; init; } = [];

    /// <summary>Folders below a project's folder that belong to projects outside the closure, sorted.</summary>
    public ImmutableArray<string> ForeignFolders { get; init; } = [];

    /// <summary>Paths that never enter the context beside what the projects' builds write, whatever a step copies, sorted.</summary>
    public ImmutableArray<string> NeverSent { get; init; } = [];

    /// <summary>Joins what two closures of one context read.</summary>
    /// <param name="other">The other closure.</param>
    /// <returns>This one's project, with the files of both.</returns>
    public ClosureFacts Join(ClosureFacts other)
    {
        var projects = Projects.Concat(other.Projects).DistinctBy(project => project.Path).OrderBy(project => project.Path, StringComparer.Ordinal).ToImmutableArray();
        return this with
        {
            Projects = projects,
            RestoreInputs = Both(RestoreInputs, other.RestoreInputs),
            LocalFeeds = Both(LocalFeeds, other.LocalFeeds),
            OutsideFiles = Both(OutsideFiles, other.OutsideFiles),
            ForeignFolders = [.. Both(ForeignFolders, other.ForeignFolders).Except(projects.Select(project => project.Folder), StringComparer.Ordinal)],
        };

        static ImmutableArray<string> Both(ImmutableArray<string> one, ImmutableArray<string> other) =>
            [.. one.Union(other, StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }
}

/// <summary>One project of a closure.</summary>
/// <param name="Path">Its file.</param>
/// <param name="OutputFolders">The folders that its builds write into, such as <c>src/Web/bin</c> and <c>src/Web/obj</c>.</param>
public sealed record ClosureProject(string Path, ImmutableArray<string> OutputFolders)
{
    /// <summary>The folder the project file lies in; empty for the context's own.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public string Folder => ContextPath.Parent(Path);
}

/// <summary>How a project is published inside the container.</summary>
/// <remarks>Names are ordered here, since a file that is read back orders them as the machine's culture does.</remarks>
public sealed record PublishFacts
{
    /// <summary>The configuration, such as <c>Release</c>.</summary>
    public required string Configuration { get; init; }

    /// <summary>The framework to publish, where the project has several; null where it has one.</summary>
    public string? TargetFramework { get; init; }

    /// <summary>The runtime identifier that the user chose; null where the build's platform decides.</summary>
    public string? RuntimeIdentifier { get; init; }

    /// <summary>Whether the app runs on musl rather than glibc; it decides the runtime identifier where none was chosen.</summary>
    public bool IsMusl { get; init; }

    /// <summary>Whether the app carries its own runtime.</summary>
    public bool SelfContained { get; init; }

    /// <summary>Whether the app is compiled ahead of time, which needs a native toolchain and a builder of the target's platform.</summary>
    public bool IsAot { get; init; }

    /// <summary>Whether a project of the closure runs in a browser, and so has a runtime identifier of its own.</summary>
    public bool HasBrowserClient { get; init; }

    /// <summary>Whether publish must be told that the app is framework-dependent, because the project's framework would infer otherwise.</summary>
    public bool MustSayFrameworkDependent { get; init; }

    /// <summary>Properties of the command line that restore and publish get as they are, by name.</summary>
    public ImmutableSortedDictionary<string, string> Properties
    {
        get;
        init => field = value.WithComparers(StringComparer.OrdinalIgnoreCase);
    } = ImmutableSortedDictionary.Create<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// Properties of the command line that stamp a version, by name. They change from build to build, so they reach publish alone, as build
    /// arguments: neither the Dockerfile's text nor the restore layer changes with them.
    /// </summary>
    public ImmutableSortedDictionary<string, string> Stamps
    {
        get;
        init => field = value.WithComparers(StringComparer.OrdinalIgnoreCase);
    } = ImmutableSortedDictionary.Create<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>What Git says of the commit; it reaches publish alone, as build arguments.</summary>
    public GitVersions Git { get; init; } = new();
}

/// <summary>What the image shall be, in the vocabulary of the .NET SDK's container support.</summary>
public sealed record ContainerFacts
{
    /// <summary>The builder stage's base image.</summary>
    public required string SdkImage { get; init; }

    /// <summary>The runtime stage's base image.</summary>
    public required string BaseImage { get; init; }

    /// <summary>The platform the image is built for, such as <c>linux/arm64</c>; null for the daemon's own.</summary>
    public string? Platform { get; init; }

    /// <summary>The user; empty where the base image decides.</summary>
    public string User { get; init; } = "";

    /// <summary>The folder that the app is copied to and runs in.</summary>
    public string WorkingDirectory { get; init; } = "/app/";

    /// <summary>The entry point, as words; empty keeps the base image's.</summary>
    public ImmutableArray<string> Entrypoint { get; init; } = [];

    /// <summary>The command, as words.</summary>
    public ImmutableArray<string> Command { get; init; } = [];

    /// <summary>Environment variables in the order the project gives them.</summary>
    public ImmutableArray<NameValue> Environment { get; init; } = [];

    /// <summary>What the app reads while it runs and the base image does not have: absolute paths in the builder stage, a folder's with a slash at its end.</summary>
    public ImmutableArray<string> TakenAlong { get; init; } = [];

    /// <summary>Labels that follow from the project alone, in the order the project gives them.</summary>
    public ImmutableArray<NameValue> Labels { get; init; } = [];

    /// <summary>Labels that change while the project does not, such as the time of the build; given to the build and not written into the Dockerfile.</summary>
    public ImmutableArray<NameValue> BuildLabels { get; init; } = [];

    /// <summary>
    /// Whether an answer on the exposed ports can be expected: .NET's base images expose one for every app, and a worker does not listen on it.
    /// </summary>
    public bool AnswersOnPorts { get; init; } = true;

    /// <summary>Exposed ports, such as <c>8080/tcp</c>, sorted.</summary>
    public ImmutableArray<string> Ports { get; init; } = [];

    /// <summary>The registry to push to; empty delivers to the daemon alone.</summary>
    public string Registry { get; init; } = "";

    /// <summary>The repository, without registry and tag.</summary>
    public required string Repository { get; init; }

    /// <summary>The tags, at least one.</summary>
    public required ImmutableArray<string> Tags { get; init; }
}

/// <summary>A name with a value.</summary>
/// <param name="Name">The name.</param>
/// <param name="Value">The value.</param>
public sealed record NameValue(string Name, string Value);
