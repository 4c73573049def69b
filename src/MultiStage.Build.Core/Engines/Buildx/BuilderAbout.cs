using System.Collections.Immutable;
using MultiStage.Build.Images;

namespace MultiStage.Build.Engines.Buildx;

/// <summary>What <c>docker buildx inspect</c> says of a builder.</summary>
/// <param name="IsDaemon">Whether it is the builder of the Docker daemon itself.</param>
/// <param name="BuildKit">The version of its first node's BuildKit; empty where it does not say.</param>
/// <param name="NativePlatforms">What steps run on without emulation: each node lists its own platform first.</param>
internal sealed record BuilderAbout(bool IsDaemon, string BuildKit, ImmutableArray<Platform> NativePlatforms)
{
    /// <summary>Whether the daemon's image store holds images for several platforms.</summary>
    public bool DaemonHoldsIndexes { get; init; }

    /// <param name="text">What the command wrote.</param>
    public static BuilderAbout Read(string text) =>
        new(
            Fields(text, "Driver").FirstOrDefault() == "docker",
            Fields(text, "BuildKit version").FirstOrDefault(""),
            [
                .. Fields(text, "Platforms")
                    .Select(platforms => Platform.TryParse(platforms.Split(',')[0].Trim().TrimEnd('*')))
                    .OfType<Platform>()
                    .Distinct(),
            ]
        );

    private static IEnumerable<string> Fields(string text, string name) =>
        text.Split('\n')
            .Where(line => line.StartsWith(name + ":", StringComparison.Ordinal))
            .Select(line => line[(name.Length + 1)..].Trim());
}
