using System.Collections.Immutable;
using MultiStage.Build.Images;

namespace MultiStage.Build.Projects.Container;

/// <summary>
/// The properties and items of the .NET SDK's container support as its targets <c>ComputeContainerBaseImage</c> and
/// <c>ComputeContainerConfig</c> left them. Properties that are not set are empty.
/// </summary>
public sealed record ContainerSettings
{
    /// <summary><c>ContainerBaseImage</c>, inferred or set.</summary>
    public required string BaseImage { get; init; }

    /// <summary><c>ContainerSdkImage</c>; empty for the default.</summary>
    public string SdkImage { get; init; } = "";

    /// <summary><c>ContainerUser</c>.</summary>
    public string User { get; init; } = "";

    /// <summary><c>ContainerWorkingDirectory</c>.</summary>
    public string WorkingDirectory { get; init; } = "";

    /// <summary><c>ContainerRegistry</c>.</summary>
    public string Registry { get; init; } = "";

    /// <summary><c>ContainerRepository</c>.</summary>
    public string Repository { get; init; } = "";

    /// <summary><c>ContainerImageTags</c>, parsed.</summary>
    public ImmutableArray<string> Tags { get; init; } = [];

    /// <summary><c>ContainerAppCommandInstruction</c>.</summary>
    public string AppCommandInstruction { get; init; } = "";

    /// <summary><c>ContainerEntrypoint</c> items.</summary>
    public ImmutableArray<string> Entrypoint { get; init; } = [];

    /// <summary><c>ContainerEntrypointArgs</c> items.</summary>
    public ImmutableArray<string> EntrypointArgs { get; init; } = [];

    /// <summary><c>ContainerAppCommand</c> items.</summary>
    public ImmutableArray<string> AppCommand { get; init; } = [];

    /// <summary><c>ContainerAppCommandArgs</c> items.</summary>
    public ImmutableArray<string> AppCommandArgs { get; init; } = [];

    /// <summary><c>ContainerDefaultArgs</c> items.</summary>
    public ImmutableArray<string> DefaultArgs { get; init; } = [];

    /// <summary><c>ContainerEnvironmentVariables</c> items.</summary>
    public ImmutableArray<NameValue> Environment { get; init; } = [];

    /// <summary><c>ContainerLabel</c> items.</summary>
    public ImmutableArray<NameValue> Labels { get; init; } = [];

    /// <summary><c>ContainerPort</c> items: the number, and <c>Type</c> as value.</summary>
    public ImmutableArray<NameValue> Ports { get; init; } = [];

    /// <summary>The runtime identifier that the user chose, by any of its properties; empty for the default.</summary>
    public string RuntimeIdentifier { get; init; } = "";

    /// <summary>The runtime identifiers of an image for several platforms; none where it is for one.</summary>
    public ImmutableArray<string> RuntimeIdentifiers { get; init; } = [];

    /// <summary>How the app is compiled ahead of time.</summary>
    public NativeSettings Native { get; init; } = new();

    /// <summary>Whether the app carries its runtime, or needs none.</summary>
    public bool HasOwnRuntime { get; init; }

    /// <summary>The .NET SDK's version on this machine, such as <c>10.0.401</c>.</summary>
    public required string SdkVersion { get; init; }

    /// <summary>The version of the target framework, such as <c>10.0</c>.</summary>
    public required string FrameworkVersion { get; init; }

    /// <summary>Whether the app has ASP.NET Core's framework.</summary>
    public bool UsesAspNet { get; init; } = true;

    /// <summary>Whether the version label comes from the command line and so changes from build to build.</summary>
    public bool VersionIsStamped { get; init; }
}
