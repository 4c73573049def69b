using MultiStage.Build.Diagnostics;
using MultiStage.Build.Engines.Progress;
using MultiStage.Build.Images;
using MultiStage.Build.Measurement;
using MultiStage.Build.Registries;

namespace MultiStage.Build.Engines;

/// <summary>Where an image lies until it is delivered.</summary>
internal interface IImageStore : IImageSource
{
    /// <summary>Makes sure that an image is there, and pulls it where it is missing.</summary>
    /// <param name="reference">The image, as a Dockerfile's <c>FROM</c> names it.</param>
    /// <param name="platform">The platform, such as <c>linux/arm64</c>; null for the store's own.</param>
    /// <param name="progress">Told what is pulled.</param>
    /// <exception cref="MultiStageException"><see cref="Codes.BaseImageUnavailable"/>.</exception>
    Task EnsureAsync(string reference, Platform? platform, IProgress<BuildEvent> progress, CancellationToken cancellationToken);

    /// <summary>Gives an image a name and takes it from the image that had it.</summary>
    /// <param name="name">The name, with its tag.</param>
    Task TagAsync(string imageId, string name, CancellationToken cancellationToken);

    /// <summary>Pushes a named image, with the credentials of Docker's own configuration.</summary>
    /// <param name="name">The name, with registry and tag.</param>
    /// <param name="progress">Told what is pushed.</param>
    /// <exception cref="MultiStageException"><see cref="Codes.PushFailed"/>.</exception>
    /// <returns>The manifest's digest, as the registry has it.</returns>
    Task<string> PushAsync(string name, IProgress<BuildEvent> progress, CancellationToken cancellationToken);

    /// <summary>Asks the registry what a pushed image's layers take there.</summary>
    /// <param name="name">The name that was pushed.</param>
    /// <param name="digest">The digest that the push returned.</param>
    /// <param name="platform">The platform, such as <c>linux/amd64</c>.</param>
    /// <exception cref="MultiStageException"><see cref="Codes.PullSizeUnknown"/>.</exception>
    /// <returns>The sum in bytes.</returns>
    Task<long> PullSizeAsync(string name, string digest, Platform platform, CancellationToken cancellationToken);

    /// <summary>Finds the manifest that a registry has of a pushed image.</summary>
    /// <returns>The manifest; null where the registry does not show it to this machine.</returns>
    Task<PushedManifest?> FindManifestAsync(string name, string digest, CancellationToken cancellationToken);

    /// <summary>Takes the images of an archive, with the names that it gives them.</summary>
    /// <param name="archive">The archive, read to its end.</param>
    /// <exception cref="MultiStageException"><see cref="Codes.LoadFailed"/>.</exception>
    Task LoadAsync(Stream archive, CancellationToken cancellationToken);

    /// <summary>Opens named images as one archive in the layout of <c>docker save</c>, names included.</summary>
    /// <param name="names">The names, with their tags.</param>
    /// <returns>The archive, read once from its beginning.</returns>
    Task<Stream> SaveAsync(IReadOnlyCollection<string> names, CancellationToken cancellationToken);

    /// <summary>
    /// Removes an image that was needed for a moment, unless it has a name: then it is somebody's. One that is gone, or that the store does
    /// not give away, is no error.
    /// </summary>
    /// <returns>A task that ends when the image is gone, or stays, which is told.</returns>
    Task RemoveUnnamedAsync(string imageId, CancellationToken cancellationToken);

    /// <summary>Gives a name back to the image that had it, or takes it away, where it is still the given image's.</summary>
    /// <param name="name">The name, with its tag.</param>
    /// <param name="imageId">The image that has it now.</param>
    /// <param name="previous">The image that had it; null where none had.</param>
    /// <returns>A task that ends when it is done, or could not be, which is told.</returns>
    Task RestoreNameAsync(string name, string imageId, string? previous);
}
