using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Docker.DotNet;
using Docker.DotNet.Models;

namespace MultiStage.Build.Engines.Docker;

/// <summary>The containers of a daemon.</summary>
/// <param name="endpoint">Where the daemon listens.</param>
/// <param name="memory">The memory of its machine in bytes; 0 where it does not say.</param>
/// <param name="tidying">Removes what is not needed any more.</param>
internal sealed class DockerContainers(DockerClient client, Uri endpoint, long memory, DockerTidying tidying) : IContainerHost
{
    private const long LeastMemory = 512L * 1024 * 1024;

    // More than the threads of any app that has just started.
    private const long MostProcesses = 4096;

    // What servers need to bind a low port, to prepare their folders and to go on as another user. Raw sockets, devices, audits and new
    // capabilities are left out of what a container has by itself.
    private static readonly string[] s_capabilities =
    [
        "CHOWN",
        "DAC_OVERRIDE",
        "FOWNER",
        "FSETID",
        "KILL",
        "NET_BIND_SERVICE",
        "SETGID",
        "SETUID",
        "SYS_CHROOT",
    ];

    private bool _isSwept;

    // A daemon on this machine publishes on the loopback address alone. One elsewhere is reached by its host's name, so by all of that
    // host's addresses.
    private bool IsLocal => endpoint.Scheme is "unix" or "npipe" || endpoint.IsLoopback;

    /// <inheritdoc/>
    public async Task<string> CreateAsync(ContainerRequest request, CancellationToken cancellationToken)
    {
        await SweepAsync(cancellationToken);
        var free = new PortBinding { HostIP = IsLocal ? "127.0.0.1" : "", HostPort = "" };
        var parameters = new CreateContainerParameters
        {
            Image = request.Image,
            ExposedPorts = request.Ports.ToDictionary(port => port, _ => default(EmptyStruct), StringComparer.Ordinal),
            // Without a test of its own, it takes all but the interval from the image.
            Healthcheck = request.HealthInterval is { } interval ? new HealthcheckConfig { Interval = interval } : null,
            Env = [.. request.Environment.Select(variable => $"{variable.Name}={variable.Value}")],
            HostConfig = Limited(request, free),
        };
        var name = OwnContainers.Claim(parameters);
        try
        {
            await AskAsync(
                "create a container",
                () => client.Containers.CreateContainerAsync(parameters, cancellationToken).WaitAsync(cancellationToken),
                cancellationToken
            );
            return name;
        }
        catch
        {
            await RemoveAsync(name, cancellationToken);
            throw;
        }
    }

    /// <inheritdoc/>
    public Task StartAsync(string id, CancellationToken cancellationToken) =>
        AskAsync(
            "start a container",
            () => client.Containers.StartContainerAsync(id, new ContainerStartParameters(), cancellationToken),
            cancellationToken
        );

    /// <inheritdoc/>
    public async Task<ContainerSnapshot> InspectAsync(string id, CancellationToken cancellationToken)
    {
        return await AskAsync(
            "describe a container",
            async () => Snapshot(await client.Containers.InspectContainerAsync(id, cancellationToken)),
            cancellationToken
        );
    }

    private ContainerSnapshot Snapshot(ContainerInspectResponse container)
    {
        var state = container.State ?? new State();
        return new(state.Running, (int)state.ExitCode, HealthOf(state.Health))
        {
            Error = state.OOMKilled ? "it ran out of memory" : state.Error ?? "",
            LastCheck = state.Health?.Log?.LastOrDefault() is { } check
                ? string.Create(
                    CultureInfo.InvariantCulture,
                    $"exit code {check.ExitCode}{(string.IsNullOrWhiteSpace(check.Output) ? "" : ": " + check.Output.Trim())}"
                )
                : "",
            Ports = [.. (container.NetworkSettings?.Ports ?? new Dictionary<string, IList<PortBinding>>()).SelectMany(Published)],
        };
    }

    /// <inheritdoc/>
    public async Task<ImmutableArray<string>> LogsAsync(string id, int lines, CancellationToken cancellationToken)
    {
        var parameters = new ContainerLogsParameters
        {
            ShowStdout = true,
            ShowStderr = true,
            Tail = lines.ToString(CultureInfo.InvariantCulture),
        };
        using var text = new MemoryStream();
        await AskAsync(
            "show a container's log",
            async () =>
            {
                using var log = await client.Containers.GetContainerLogsAsync(id, parameters, cancellationToken);
                await log.CopyOutputToAsync(Stream.Null, text, text, cancellationToken);
                return true;
            },
            cancellationToken
        );
        return
        [
            .. Encoding.UTF8.GetString(text.ToArray()).ReplaceLineEndings("\n").TrimEnd('\n').Split('\n').Where(line => line.Length > 0),
        ];
    }

    /// <inheritdoc/>
    public async Task<Stream> CopyOutAsync(string id, string path, CancellationToken cancellationToken)
    {
        var answer = await AskAsync(
            $"copy '{path}' out of a container",
            () =>
                client.Containers.GetArchiveFromContainerAsync(
                    id,
                    new ContainerPathStatParameters { Path = path },
                    false,
                    cancellationToken
                ),
            cancellationToken
        );
        return new AnswerStream(answer.Stream!, $"copy '{path}' out of a container", cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<long?> MemoryAsync(string id, CancellationToken cancellationToken)
    {
        ContainerStatsResponse? found = null;
        await AskAsync(
            "tell a container's memory",
            async () =>
            {
                var parameters = new ContainerStatsParameters { Stream = false, OneShot = true };
                await client.Containers.GetContainerStatsAsync(id, parameters, new Taken(stats => found = stats), cancellationToken);
                return true;
            },
            cancellationToken
        );
        return found?.MemoryStats is { Usage: { } usage and > 0 } memory ? (long)(usage - Math.Min(usage, Droppable(memory))) : null;
    }

    // As `docker stats` has it, for both versions of control groups.
    private static ulong Droppable(MemoryStats memory) =>
        memory.Stats is not { } stats ? 0
        : stats.TryGetValue("total_inactive_file", out var first) ? first
        : stats.TryGetValue("inactive_file", out var second) ? second
        : 0;

    // Progress<T> reports later, on another thread.
    private sealed class Taken(Action<ContainerStatsResponse> take) : IProgress<ContainerStatsResponse>
    {
        public void Report(ContainerStatsResponse value) => take(value);
    }

    /// <inheritdoc/>
    public async Task RemoveAsync(string id, CancellationToken cancellationToken)
    {
        OwnContainers.Release(id);
        await RemoveOneAsync(id, cancellationToken);
    }

    // An app that is tried out may do what it will do in production, and no harm to the machine that builds it.
    private HostConfig Limited(ContainerRequest request, PortBinding free)
    {
        // Not removed by the daemon when it ends: how it ended, and its log, are read afterwards.
        var most = memory > 0 ? Math.Max(LeastMemory, memory / 2) : 0;
        return new()
        {
            // The daemon's own default, where nothing is shared.
            NetworkMode = request.NetworkOf is { } other ? $"container:{other}" : "default",
            PortBindings = request.Ports.ToDictionary(port => port, IList<PortBinding> (_) => [free], StringComparer.Ordinal),
            Memory = most,
            MemorySwap = most,
            PidsLimit = MostProcesses,
            SecurityOpt = ["no-new-privileges"],
            CapDrop = ["ALL"],
            CapAdd = [.. s_capabilities],
        };
    }

    // Once for each connection: what a build that was killed has left behind.
    private async Task SweepAsync(CancellationToken cancellationToken)
    {
        if (_isSwept)
        {
            return;
        }

        _isSwept = true;
        var left = await AskAsync("list containers", () => OwnContainers.LeftBehindAsync(client, cancellationToken), cancellationToken);
        foreach (var id in left)
        {
            await RemoveOneAsync(id, cancellationToken);
        }
    }

    private Task RemoveOneAsync(string id, CancellationToken cancellationToken) =>
        tidying.TryAsync(
            $"the container {id}",
            limit =>
                client.Containers.RemoveContainerAsync(id, new ContainerRemoveParameters { Force = true, RemoveVolumes = true }, limit),
            cancellationToken
        );

    private IEnumerable<PublishedPort> Published(KeyValuePair<string, IList<PortBinding>> port) =>
        (port.Value ?? [])
            .Where(binding => int.TryParse(binding.HostPort, NumberStyles.None, CultureInfo.InvariantCulture, out _))
            .Take(1)
            .Select(binding => new PublishedPort(
                port.Key,
                IsLocal ? "127.0.0.1" : endpoint.Host,
                int.Parse(binding.HostPort, CultureInfo.InvariantCulture)
            ));

    private static ContainerHealth HealthOf(Health? health) =>
        health?.Status switch
        {
            "healthy" => ContainerHealth.Healthy,
            "unhealthy" => ContainerHealth.Unhealthy,
            "starting" => ContainerHealth.Starting,
            _ => ContainerHealth.None,
        };

    private static Task<T> AskAsync<T>(string what, Func<Task<T>> request, CancellationToken cancellationToken) =>
        DockerRefusal.AskAsync(what, request, cancellationToken);
}
