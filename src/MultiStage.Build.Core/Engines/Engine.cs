using MultiStage.Build.Diagnostics;
using MultiStage.Build.Engines.Docker;
using MultiStage.Build.Engines.Sdk;

namespace MultiStage.Build.Engines;

/// <summary>An engine that is connected: what builds, where its images lie, and what runs containers.</summary>
/// <param name="Kind">Which engine it is.</param>
/// <param name="Builder">Builds images.</param>
/// <param name="Store">Holds them.</param>
/// <param name="Containers">Runs containers of them.</param>
/// <param name="Info">What it says of itself.</param>
/// <param name="Connection">What is closed with it.</param>
internal sealed record Engine(
    EngineKind Kind,
    IImageBuilder Builder,
    IImageStore Store,
    IContainerHost Containers,
    EngineInfo Info,
    IAsyncDisposable Connection
) : IAsyncDisposable
{
    /// <summary>Connects to an engine.</summary>
    /// <param name="kind">Which one.</param>
    /// <param name="options">How it is spoken to.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="MultiStageException"><see cref="Codes.NoDaemon"/>, <see cref="Codes.EndpointUnusable"/> or
    /// <see cref="Codes.DaemonRefused"/>.</exception>
    /// <returns>The engine.</returns>
    public static async Task<Engine> OpenAsync(EngineKind kind, EngineOptions options, CancellationToken cancellationToken)
    {
        switch (kind)
        {
            case EngineKind.Docker:
                var docker = await DockerEngine.ConnectAsync(options, cancellationToken);
                return new(kind, docker, docker, docker.Containers, docker.Info, docker);
            default:
                throw new ArgumentOutOfRangeException(nameof(kind), kind, "This engine cannot be opened.");
        }
    }

    /// <summary>Opens the store of an image in an archive. No daemon is asked.</summary>
    /// <param name="image">The image.</param>
    /// <returns>The store.</returns>
    public static OpenedStore OpenStore(SdkImage image) => new(new ArchiveStore(image, DockerEndpoint.ConfigurationDirectory), null);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Connection.DisposeAsync();
}

/// <summary>A store, with what is closed with it.</summary>
/// <param name="Store">The store.</param>
/// <param name="Connection">What is closed; null for nothing.</param>
internal sealed record OpenedStore(IImageStore Store, IAsyncDisposable? Connection) : IAsyncDisposable
{
    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Connection?.DisposeAsync() ?? ValueTask.CompletedTask;
}
