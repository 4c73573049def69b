using System.Collections.Immutable;

namespace MultiStage.Build.Images;

/// <summary>The run configuration of an image, as the OCI image specification names its fields.</summary>
internal sealed record ImageConfiguration
{
    /// <summary>The user, empty for root.</summary>
    public string User { get; init; } = "";

    /// <summary>The working directory.</summary>
    public string WorkingDir { get; init; } = "";

    /// <summary>The entry point, as words.</summary>
    public ImmutableArray<string> Entrypoint { get; init; } = [];

    /// <summary>The command, as words.</summary>
    public ImmutableArray<string> Cmd { get; init; } = [];

    /// <summary>Environment variables, by name.</summary>
    public ImmutableSortedDictionary<string, string> Env { get; init; } =
        ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary>Labels, by name.</summary>
    public ImmutableSortedDictionary<string, string> Labels { get; init; } =
        ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary>Exposed ports, such as <c>8080/tcp</c>.</summary>
    public ImmutableSortedSet<string> ExposedPorts { get; init; } = [];

    /// <summary>The timing of the health check; null where the image has none.</summary>
    public HealthTiming? Healthcheck { get; init; }
}
