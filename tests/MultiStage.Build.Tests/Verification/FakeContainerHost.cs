using System.Collections.Immutable;
using MultiStage.Build.Engines;

namespace MultiStage.Build.Tests.Verification;

/// <summary>Plays a daemon: a container goes through the given states, one at each look, and stays in the last.</summary>
internal sealed class FakeContainerHost(params ContainerSnapshot[] states) : IContainerHost
{
    private int _looks;

    /// <summary>What was asked for.</summary>
    public ContainerRequest? Request { get; private set; }

    /// <summary>How many containers are there.</summary>
    public int Containers { get; private set; }

    /// <summary>How many looks were taken.</summary>
    public int Looks => _looks;

    /// <summary>What starting ends with.</summary>
    public Exception? StartFailure { get; init; }

    /// <summary>Called at each look.</summary>
    public Action? OnLook { get; init; }

    public Task<string> CreateAsync(ContainerRequest request, CancellationToken cancellationToken)
    {
        (Request, Containers) = (request, Containers + 1);
        return Task.FromResult("c1");
    }

    public Task StartAsync(string id, CancellationToken cancellationToken) =>
        StartFailure is null ? Task.CompletedTask : Task.FromException(StartFailure);

    public Task<ContainerSnapshot> InspectAsync(string id, CancellationToken cancellationToken)
    {
        OnLook?.Invoke();
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(states[Math.Min(_looks++, states.Length - 1)]);
    }

    public Task<ImmutableArray<string>> LogsAsync(string id, int lines, CancellationToken cancellationToken) =>
        Task.FromResult<ImmutableArray<string>>(["starting", "no database"]);

    public Task<Stream> CopyOutAsync(string id, string path, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<long?> MemoryAsync(string id, CancellationToken cancellationToken) => Task.FromResult<long?>(20_000_000);

    public Task RemoveAsync(string id, CancellationToken cancellationToken)
    {
        Containers--;
        return Task.CompletedTask;
    }
}
