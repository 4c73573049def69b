using System.Collections.Immutable;
using MultiStage.Build.Diagnostics;

namespace MultiStage.Build.Projects;

/// <summary>Where an image's stages come from.</summary>
internal enum ImageSource
{
    /// <summary>A .NET project: generated stages, and what items add to them.</summary>
    Project,

    /// <summary>Items alone: a project that is not .NET.</summary>
    Items,

    /// <summary>A Dockerfile that exists.</summary>
    Dockerfile,
}

/// <summary>What a project says of stages itself, item by item, in the order of the project.</summary>
public sealed record StageFacts
{
    /// <summary>Nothing.</summary>
    public static StageFacts None { get; } = new();

    /// <summary><c>ContainerStage</c> items.</summary>
    public ImmutableArray<ProjectItem> Stages { get; init; } = [];

    /// <summary><c>ContainerStep</c> items.</summary>
    public ImmutableArray<ProjectItem> Steps { get; init; } = [];

    /// <summary><c>ContainerPackage</c> items.</summary>
    public ImmutableArray<ProjectItem> Packages { get; init; } = [];

    /// <summary><c>ContainerBuildArg</c> items.</summary>
    public ImmutableArray<ProjectItem> BuildArgs { get; init; } = [];

    /// <summary><c>ContainerSecret</c> items.</summary>
    public ImmutableArray<ProjectItem> Secrets { get; init; } = [];

    /// <summary><c>ContainerCacheFrom</c> items.</summary>
    public ImmutableArray<ProjectItem> CacheFrom { get; init; } = [];

    /// <summary><c>ContainerCacheTo</c> items.</summary>
    public ImmutableArray<ProjectItem> CacheTo { get; init; } = [];

    /// <summary><c>ContainerProvenance</c>; empty for none.</summary>
    public string Provenance { get; init; } = "";

    /// <summary><c>ContainerSbom</c>; empty for none.</summary>
    public string Sbom { get; init; } = "";

    /// <summary>What the steps take from the build context, each once.</summary>
    public ImmutableArray<CopiedPath> Copied { get; init; } = [];

    /// <summary>The absolute path of <c>ContainerDockerfile</c>; null where the Dockerfile is generated.</summary>
    public string? Dockerfile { get; init; }
}

/// <summary>A path of the build context that a step takes.</summary>
/// <param name="Path">The path relative to the context, as a pattern; empty for the context itself.</param>
/// <param name="IsFile">Whether it is the name of one file, which then enters the context whatever leaves out files of its kind.</param>
public sealed record CopiedPath(string Path, bool IsFile);
