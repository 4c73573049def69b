using MultiStage.Build.Diagnostics;
using MultiStage.Build.Engines.Archives;
using MultiStage.Build.Engines.Buildx;
using MultiStage.Build.Engines.Docker;

namespace MultiStage.Build.Engines;

/// <summary>An engine that is connected: what builds, where its images lie, and what runs containers.</summary>
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
    /// <summary>The engine that has the images that this one builds.</summary>
    public EngineKind Keeper => Kind is EngineKind.Buildx ? EngineKind.Docker : Kind;

    /// <summary>Connects to the engine that was chosen.</summary>
    /// <param name="options">How it is spoken to.</param>
    /// <exception cref="MultiStageException"><see cref="Codes.NoDaemon"/>, <see cref="Codes.EndpointUnusable"/>,
    /// <see cref="Codes.DaemonRefused"/>, <see cref="Codes.NoBuildx"/> or <see cref="Codes.BuilderUnusable"/>.</exception>
    public static async Task<Engine> OpenAsync(EngineChoice choice, EngineOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(choice);
        var docker = await DockerEngine.ConnectAsync(options, cancellationToken);
        switch (choice.Kind)
        {
            case EngineKind.Docker:
                return new(choice.Kind, docker, docker, docker.Containers, docker.Info, docker);
            case EngineKind.Buildx:
                try
                {
                    var buildx = await BuildxBuilder.OpenAsync(
                        choice.Builder,
                        docker.Reader,
                        docker,
                        docker.Info.HoldsIndexes,
                        options,
                        cancellationToken
                    );
                    return new(choice.Kind, buildx, docker, docker.Containers, buildx.Describe(docker.Info, choice.Why), docker);
                }
                catch
                {
                    await docker.DisposeAsync();
                    throw;
                }
            default:
                throw new ArgumentOutOfRangeException(nameof(choice), choice, "This engine cannot be opened.");
        }
    }

    /// <summary>Opens the store of an image in an archive. No daemon is asked.</summary>
    /// <param name="options">How registries are spoken to.</param>
    public static OpenedStore OpenStore(ImageArchive image, EngineOptions options) =>
        new(new ArchiveStore(image, DockerEndpoint.ConfigurationDirectory, options), null);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Connection.DisposeAsync();
}

/// <summary>A store, with what is closed with it.</summary>
/// <param name="Connection">What is closed; null for nothing.</param>
internal sealed record OpenedStore(IImageStore Store, IAsyncDisposable? Connection) : IAsyncDisposable
{
    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Connection?.DisposeAsync() ?? ValueTask.CompletedTask;
}
