using System.Collections.Immutable;
using System.Runtime.InteropServices;
using MultiStage.Build.Diagnostics;
using MultiStage.Build.Images;

namespace MultiStage.Build.Projects.Evaluation;

/// <summary>The properties of a project that decide for which platform, and how, the container publishes it; empty where they are not
/// set.</summary>
public sealed record PublishSettings
{
    /// <summary><c>ContainerRuntimeIdentifier</c>.</summary>
    public string ContainerRuntimeIdentifier { get; init; } = "";

    /// <summary><c>ContainerRuntimeIdentifiers</c>.</summary>
    public ImmutableArray<string> ContainerRuntimeIdentifiers { get; init; } = [];

    /// <summary><c>RuntimeIdentifier</c>.</summary>
    public string RuntimeIdentifier { get; init; } = "";

    /// <summary><c>RuntimeIdentifiers</c>.</summary>
    public ImmutableArray<string> RuntimeIdentifiers { get; init; } = [];

    /// <summary><c>PublishRuntimeIdentifier</c>.</summary>
    public string PublishRuntimeIdentifier { get; init; } = "";

    /// <summary><c>UseCurrentRuntimeIdentifier</c>: the SDK took this machine's.</summary>
    public bool UsesCurrent { get; init; }

    /// <summary><c>UseDefaultPublishRuntimeIdentifier</c>: the SDK chose one for a publish.</summary>
    public bool UsesDefault { get; init; }

    /// <summary><c>NETCoreSdkPortableRuntimeIdentifier</c>, such as <c>osx-arm64</c>.</summary>
    public string Machine { get; init; } = "";

    /// <summary><c>ContainerFamily</c>.</summary>
    public string Family { get; init; } = "";

    /// <summary><c>ContainerBaseImage</c>.</summary>
    public string BaseImage { get; init; } = "";

    /// <summary><c>StaticExecutable</c>.</summary>
    public bool IsStatic { get; init; }

    /// <summary><c>Configuration</c>.</summary>
    public string Configuration { get; init; } = "";

    /// <summary><c>_IsPublishing</c>: <c>dotnet publish</c> chose the configuration.</summary>
    public bool IsPublishing { get; init; }

    /// <summary>Whether <c>PublishRelease</c> is <c>false</c>.</summary>
    public bool KeepsDebug { get; init; }

    /// <summary>The version of the target framework, such as <c>10.0</c>; empty for the SDK's own.</summary>
    public string FrameworkVersion { get; init; } = "";

    /// <summary>Whether the project is published on this machine, and the image then is for the platform that was published for.</summary>
    public bool OnHost { get; init; }

    /// <summary>Whether a property asks for an app that brings its runtime along.</summary>
    public bool AsksForRuntime { get; init; }
}

/// <summary>How the container publishes a project. An evaluation with these properties equals the one in there.</summary>
/// <param name="Chosen">The runtime identifier that the project chose; empty where it runs on the builder's own platform.</param>
/// <param name="RuntimeIdentifier">The one to evaluate with: the chosen one, or that of an image for this machine's processor.</param>
/// <param name="Configuration"><c>Configuration</c>.</param>
/// <param name="SaysFrameworkDependent">Whether the evaluation must be told that the app is framework-dependent.</param>
public sealed record PublishChoice(string Chosen, string RuntimeIdentifier, string Configuration, bool SaysFrameworkDependent)
{
    /// <summary>The runtime identifiers of an image for several platforms, in the project's order; none where it is for one.</summary>
    public ImmutableArray<string> Several { get; init; } = [];

    // The first .NET to which a runtime identifier does not mean self-contained.
    private const int FirstIndependent = 8;

    /// <summary>Chooses.</summary>
    /// <exception cref="MultiStageException"><see cref="Codes.SeveralRuntimeIdentifiers"/>.</exception>
    public static PublishChoice Of(PublishSettings settings)
    {
        var several = PlatformList.Of(settings);
        var chosen = several.IsEmpty ? Choose(settings) : "";
        var identifier =
            chosen.Length > 0 ? chosen
            : several.IsEmpty ? Assumed(settings)
            : LikelyChoice.Runtime(several, RuntimeInformation.OSArchitecture);
        return new(
            settings.OnHost ? identifier : chosen,
            identifier,
            // `dotnet publish` publishes Release unless PublishRelease or the command line says otherwise.
            !settings.IsPublishing && !settings.KeepsDebug && settings.Configuration.Equals("Debug", StringComparison.OrdinalIgnoreCase)
                ? "Release"
                : settings.Configuration,
            chosen.Length == 0
                && !settings.AsksForRuntime
                && Version.TryParse(settings.FrameworkVersion, out var version)
                && version.Major < FirstIndependent
        )
        {
            Several = several,
        };
    }

    // What the SDK inferred from this machine is not the project's choice.
    private static string Choose(PublishSettings settings)
    {
        string[] candidates =
        [
            settings.ContainerRuntimeIdentifier,
            settings.UsesCurrent || settings.UsesDefault ? "" : settings.RuntimeIdentifier,
            settings.UsesDefault ? "" : settings.PublishRuntimeIdentifier,
        ];
        return candidates.FirstOrDefault(candidate => candidate.Length > 0) ?? PlatformList.Only(settings);
    }

    // A program with no dependencies at all is linked with musl, because glibc loads parts of itself while a program runs.
    private static string Assumed(PublishSettings settings)
    {
        var isMusl =
            settings.Family.StartsWith("alpine", StringComparison.Ordinal)
            || settings.BaseImage.Contains("alpine", StringComparison.Ordinal)
            || settings.IsStatic;
        return new RuntimeIdentifier(settings.Machine.Split('-')[^1], isMusl).ToString();
    }
}
