using System.Collections.Immutable;
using MultiStage.Build.Diagnostics;
using MultiStage.Build.Images;

namespace MultiStage.Build.Engines;

/// <summary>Where containers are made from an image, looked at and removed: a daemon.</summary>
internal interface IContainerHost
{
    /// <summary>Makes a container and does not start it. Its name is known before, so that it is removed where the request is
    /// cancelled.</summary>
    /// <param name="request">What it shall be.</param>
    /// <exception cref="MultiStageException"><see cref="Codes.DaemonRefused"/>.</exception>
    /// <returns>Its name, which stands for its id.</returns>
    Task<string> CreateAsync(ContainerRequest request, CancellationToken cancellationToken);

    /// <exception cref="MultiStageException"><see cref="Codes.DaemonRefused"/>.</exception>
    Task StartAsync(string id, CancellationToken cancellationToken);

    /// <summary>Looks at a container.</summary>
    /// <returns>What it is at this moment.</returns>
    Task<ContainerSnapshot> InspectAsync(string id, CancellationToken cancellationToken);

    /// <summary>Reads what a container wrote last, standard output and error in the order the daemon got them.</summary>
    /// <param name="lines">How many lines at most of each.</param>
    /// <returns>The lines, oldest first.</returns>
    Task<ImmutableArray<string>> LogsAsync(string id, int lines, CancellationToken cancellationToken);

    /// <summary>Opens a file or folder of a container, which need not run, as a tar archive.</summary>
    /// <param name="path">The absolute path; entries' names begin with its last part.</param>
    /// <exception cref="MultiStageException"><see cref="Codes.DaemonRefused"/>, also where there is no such path.</exception>
    /// <returns>The archive, read once from its beginning.</returns>
    Task<Stream> CopyOutAsync(string id, string path, CancellationToken cancellationToken);

    /// <summary>Asks what a running container holds in memory.</summary>
    /// <returns>Bytes, without the pages of files that the kernel could drop; null where the daemon does not know.</returns>
    Task<long?> MemoryAsync(string id, CancellationToken cancellationToken);

    /// <summary>Ends a container and removes it with its anonymous volumes. One that cannot be removed is reported.</summary>
    Task RemoveAsync(string id, CancellationToken cancellationToken);
}

/// <summary>A container to be made of an image, with the image's own user, environment and command.</summary>
/// <param name="Image">The image's id or name.</param>
internal sealed record ContainerRequest(string Image)
{
    /// <summary>The container's TCP ports that get a free port of the daemon's machine each, such as <c>8080/tcp</c>.</summary>
    public ImmutableArray<string> Ports { get; init; } = [];

    /// <summary>How often the image's health check runs; null for as often as the image says.</summary>
    public TimeSpan? HealthInterval { get; init; }

    /// <summary>Variables that it gets beside the image's own.</summary>
    public ImmutableArray<NameValue> Environment { get; init; } = [];

    /// <summary>The id of a container whose network it shares; null for a network of its own.</summary>
    public string? NetworkOf { get; init; }
}

/// <summary>What a container is at one moment.</summary>
/// <param name="IsRunning">Whether its process runs.</param>
/// <param name="ExitCode">The exit code, where it has ended.</param>
/// <param name="Health">What its health check found.</param>
internal sealed record ContainerSnapshot(bool IsRunning, int ExitCode, ContainerHealth Health)
{
    /// <summary>The daemon's own words on why it ended, such as that memory ran out; empty where it has none.</summary>
    public string Error { get; init; } = "";

    /// <summary>What the health check wrote last, with its exit code; empty before the first.</summary>
    public string LastCheck { get; init; } = "";

    /// <summary>Where its published ports are reached.</summary>
    public ImmutableArray<PublishedPort> Ports { get; init; } = [];
}

/// <summary>What a health check found.</summary>
internal enum ContainerHealth
{
    /// <summary>The image has no health check.</summary>
    None,

    /// <summary>None has succeeded yet, and not enough have failed.</summary>
    Starting,

    /// <summary>The last one succeeded.</summary>
    Healthy,

    /// <summary>As many as the image allows failed in a row.</summary>
    Unhealthy,
}

/// <summary>A port of a container, as it is reached from this machine.</summary>
/// <param name="Name">The container's port, such as <c>8080/tcp</c>.</param>
/// <param name="Host">The host to connect to.</param>
internal sealed record PublishedPort(string Name, string Host, int Number);
