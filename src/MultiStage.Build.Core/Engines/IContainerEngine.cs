using MultiStage.Build.Diagnostics;
using MultiStage.Build.Engines.Progress;
using MultiStage.Build.Measurement;

namespace MultiStage.Build.Engines;

/// <summary>Builds and delivers images. It sees rendered text and a context, never a project.</summary>
public interface IContainerEngine : IImageSource, IAsyncDisposable
{
    /// <summary>What the engine is, once connected.</summary>
    EngineInfo Info { get; }

    /// <summary>The containers that it runs.</summary>
    IContainerHost Containers { get; }

    /// <summary>Makes sure that an image is on the daemon, pulling it where it is missing.</summary>
    /// <param name="reference">The image, as a Dockerfile's <c>FROM</c> names it.</param>
    /// <param name="platform">The platform, such as <c>linux/arm64</c>; null for the daemon's own.</param>
    /// <param name="progress">Told what is pulled.</param>
    /// <param name="cancellationToken">Ends the pull.</param>
    /// <exception cref="MultiStageException"><see cref="Codes.BaseImageUnavailable"/>.</exception>
    /// <returns>A task that ends when the image is there.</returns>
    Task EnsureImageAsync(string reference, string? platform, IProgress<BuildEvent> progress, CancellationToken cancellationToken);

    /// <summary>Builds an image and gives it no name.</summary>
    /// <param name="request">What to build.</param>
    /// <param name="progress">Told of each step.</param>
    /// <param name="cancellationToken">Ends the build, on the daemon too.</param>
    /// <exception cref="MultiStageException"><see cref="Codes.BuildFailed"/>, after the failed step's log went to <paramref name="progress"/>.</exception>
    /// <returns>The image's id.</returns>
    Task<string> BuildAsync(BuildRequest request, IProgress<BuildEvent> progress, CancellationToken cancellationToken);

    /// <summary>Gives an image a name, taking it from the image that had it.</summary>
    /// <param name="imageId">The image's id.</param>
    /// <param name="name">The name, with its tag.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    /// <returns>A task that ends when the name is set.</returns>
    Task TagAsync(string imageId, string name, CancellationToken cancellationToken);

    /// <summary>Pushes a named image, with the credentials of Docker's own configuration.</summary>
    /// <param name="name">The name, with registry and tag.</param>
    /// <param name="progress">Told what is pushed.</param>
    /// <param name="cancellationToken">Ends the push.</param>
    /// <exception cref="MultiStageException"><see cref="Codes.PushFailed"/>.</exception>
    /// <returns>The manifest's digest, as the registry has it.</returns>
    Task<string> PushAsync(string name, IProgress<BuildEvent> progress, CancellationToken cancellationToken);

    /// <summary>Opens named images as one archive in the layout of <c>docker save</c>, names included.</summary>
    /// <param name="names">The names, with their tags.</param>
    /// <param name="cancellationToken">Ends the request and the stream.</param>
    /// <returns>The archive, read once from its beginning.</returns>
    Task<Stream> SaveAsync(IReadOnlyCollection<string> names, CancellationToken cancellationToken);
}

/// <summary>What an engine is.</summary>
/// <param name="Endpoint">Where it listens, such as <c>unix:///var/run/docker.sock</c>.</param>
/// <param name="EndpointSource">Where the endpoint was read, such as <c>DOCKER_HOST</c>.</param>
/// <param name="ServerVersion">The daemon's version.</param>
/// <param name="HasBuildKit">Whether it builds with BuildKit.</param>
/// <param name="Architecture">The daemon's architecture as platforms name it, such as <c>amd64</c>.</param>
public sealed record EngineInfo(string Endpoint, string EndpointSource, string ServerVersion, bool HasBuildKit, string Architecture);
