using System.Text.Json;
using MultiStage.Build.Diagnostics;
using MultiStage.Build.Engines.Progress;
using MultiStage.Build.Images;
using MultiStage.Build.Registries;

namespace MultiStage.Build.Engines.Archives;

/// <summary>An image in an archive on disk. No daemon has it, and none is asked.</summary>
/// <param name="configuration">The folder of Docker's configuration, which has the logins of registries.</param>
/// <param name="options">How registries are spoken to.</param>
internal sealed class ArchiveStore(ImageArchive image, string configuration, EngineOptions options) : IImageStore
{
    private readonly RegistryCredentials _credentials = new(configuration, options.SilenceLimit);

    /// <inheritdoc/>
    public bool HistorySizesAreExact => false;

    /// <summary>The image's id: the digest of its configuration, or of the index.</summary>
    public static string IdOf(ImageArchive image)
    {
        using var manifest = JsonDocument.Parse(image.Manifest);
        return manifest.RootElement.TryGetProperty("config", out var config)
            ? config.GetProperty("digest").GetString()!
            : image.ManifestDigest;
    }

    /// <inheritdoc/>
    public Task<ImageDescription?> DescribeAsync(string reference, CancellationToken cancellationToken)
    {
        // An index is no image by itself.
        if (image.Configuration.Length == 0)
        {
            return Task.FromResult<ImageDescription?>(null);
        }

        var whole = ArchivedConfiguration.Read(IdOf(image), image.Configuration);
        // The SDK lays the app on the base image as one layer, and says so in the history.
        ImageDescription? found =
            reference == whole.Id ? whole
            : !image.BaseDiffIds.IsEmpty ? whole with { Id = reference, DiffIds = image.BaseDiffIds, History = [] }
            : ArchivedConfiguration.IsAppOnBase(whole)
                ? whole with
                {
                    Id = reference,
                    DiffIds = whole.DiffIds[..^1],
                    History = whole.History[..^1],
                }
            : null;
        return Task.FromResult(found);
    }

    /// <inheritdoc/>
    public Task<Stream> OpenArchiveAsync(string reference, CancellationToken cancellationToken) =>
        Task.FromResult<Stream>(File.OpenRead(image.Archive));

    /// <inheritdoc/>
    public Task<Stream?> OpenFolderAsync(string reference, string path, CancellationToken cancellationToken) =>
        Task.FromResult<Stream?>(null);

    /// <inheritdoc/>
    public Task<Stream> SaveAsync(IReadOnlyCollection<string> names, CancellationToken cancellationToken) =>
        OpenArchiveAsync("", cancellationToken);

    /// <inheritdoc/>
    public Task<string> PushAsync(string name, IProgress<BuildEvent> progress, CancellationToken cancellationToken) =>
        new ArchivePush(image, _credentials, options, progress).PushAsync(name, cancellationToken);

    /// <inheritdoc/>
    public Task<PushedManifest?> FindManifestAsync(string name, string digest, CancellationToken cancellationToken) =>
        Task.FromResult<PushedManifest?>(new(image.Manifest, image.ManifestMediaType));

    /// <inheritdoc/>
    public Task<long> PullSizeAsync(string name, string digest, Platform platform, CancellationToken cancellationToken) =>
        RegistryManifests.AskAsync(_credentials, name, digest, platform, cancellationToken);

    /// <inheritdoc/>
    public Task LoadAsync(Stream archive, CancellationToken cancellationToken) =>
        throw new NotSupportedException("An archive takes no images from another one.");

    /// <inheritdoc/>
    public Task TagAsync(string imageId, string name, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task EnsureAsync(string reference, Platform? platform, IProgress<BuildEvent> progress, CancellationToken cancellationToken) =>
        throw Codes.BaseImageUnavailable.Error(reference, "", "no daemon is asked for it", "Build with a daemon to use it");

    /// <inheritdoc/>
    public Task RemoveUnnamedAsync(string imageId, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task RestoreNameAsync(string name, string imageId, string? previous) => Task.CompletedTask;
}
