using System.Collections.Immutable;

namespace MultiStage.Build.Projects.Sources;

/// <summary>Which files the publish in the container sees.</summary>
internal enum InputScope
{
    /// <summary>What evaluation names: the folders of the closure's projects, and files that items and properties name.</summary>
    Closure,

    /// <summary>The whole build context, without what projects outside the closure own.</summary>
    Repository,
}

/// <summary>What of the build context is sent beside what the closure names. Every path is relative to the context.</summary>
internal sealed record ContextFacts
{
    /// <summary>The value of <c>ContainerBuildInputScope</c>.</summary>
    public InputScope Scope { get; init; }

    /// <summary>What projects outside the closure own, as lines of an ignore file.</summary>
    public ImmutableArray<string> OtherProjects { get; init; } = [];

    /// <summary>What .gitignore files leave out, as lines of an ignore file. They do not count in the folders of the closure's
    /// projects.</summary>
    public ImmutableArray<string> GitIgnored { get; init; } = [];

    /// <summary>What has the name of a folder that builds write, and is none.</summary>
    public ImmutableArray<string> BuildNames { get; init; } = [];

    /// <summary>Where links lead that are sent.</summary>
    public ImmutableArray<string> LinkTargets { get; init; } = [];

    /// <summary>What Git ignores and targets name.</summary>
    public ImmutableArray<string> TargetNames { get; init; } = [];

    /// <summary>Files that targets or properties name and whose names would keep them out.</summary>
    public ImmutableArray<string> NamedFiles { get; init; } = [];

    /// <summary>The files and folders of <c>ContainerBuildInput</c> items.</summary>
    public ImmutableArray<string> BuildInputs { get; init; } = [];

    /// <summary>Files that hold secrets by what is in them, and whose names do not say so.</summary>
    public ImmutableArray<string> SecretFiles { get; init; } = [];

    /// <summary>Files whose names say that they hold secrets, and that hold what a browser gets anyway.</summary>
    public ImmutableArray<string> PublicFiles { get; init; } = [];
}
