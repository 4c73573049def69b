using System.Collections.Immutable;
using MultiStage.Build.Images;

namespace MultiStage.Build.Engines;

/// <param name="Endpoint">Where it listens, such as <c>unix:///var/run/docker.sock</c>.</param>
/// <param name="EndpointSource">Where the endpoint was read, such as <c>DOCKER_HOST</c>.</param>
/// <param name="HasBuildKit">Whether it builds with BuildKit.</param>
/// <param name="Architecture">The daemon's architecture as platforms name it, such as <c>amd64</c>.</param>
/// <param name="DefaultPlatform">The platform of builds and pulls that choose none, such as <c>linux/arm64</c>; null for the daemon's
/// own.</param>
internal sealed record EngineInfo(
    string Endpoint,
    string EndpointSource,
    string ServerVersion,
    bool HasBuildKit,
    string Architecture,
    Platform? DefaultPlatform = null
)
{
    /// <summary>The platforms that steps run on without emulation.</summary>
    public ImmutableArray<Platform> NativePlatforms { get; init; } = [Platform.Of("linux", Architecture)];

    /// <summary>Whether a name of the daemon's image store can be that of an image for several platforms.</summary>
    public bool HoldsIndexes { get; init; }

    /// <summary>How messages name what builds, such as <c>Docker 28.5.2</c> or <c>Podman 5.8.6</c>.</summary>
    public string Name { get; init; } = $"Docker {ServerVersion}";
}
