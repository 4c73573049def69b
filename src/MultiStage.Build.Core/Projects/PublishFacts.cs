using System.Collections.Immutable;
using MultiStage.Build.Projects.Evaluation;

namespace MultiStage.Build.Projects;

/// <summary>How a project is published inside the container.</summary>
/// <remarks>Names are ordered here, since a file that is read back orders them as the machine's culture does.</remarks>
internal sealed record PublishFacts
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

    /// <summary>Whether compilers take outputs from a cache that the builder keeps, and keep them in it.</summary>
    public bool UsesCompileCache { get; init; }

    /// <summary>Whether publish must be told that the app is framework-dependent, because the project's framework would infer
    /// otherwise.</summary>
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

    /// <summary>The environment variables that the project reads; they reach the build as build arguments.</summary>
    public EnvironmentFacts Environment { get; init; } = new();

    /// <summary>The variant that is published; null for the project as it is.</summary>
    public VariantFacts? Variant { get; init; }

    /// <summary>What Git says of the commit; it reaches publish alone, as build arguments.</summary>
    public GitVersions Git { get; init; } = new();
}
