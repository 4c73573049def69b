using MultiStage.Build.Images;
using MultiStage.Build.Measurement;

namespace MultiStage.Build.Tests.Measurement;

/// <summary>A source of images that are given by hand.</summary>
/// <param name="images">The images, by reference.</param>
internal sealed class FakeImageSource(params (string Reference, ImageDescription Image)[] images) : IImageSource
{
    public bool HistorySizesAreExact { get; init; } = true;

    /// <summary>Opens the archive; null where it must not be asked for.</summary>
    public Func<Stream>? Archive { get; init; }

    public Task<ImageDescription?> DescribeAsync(string reference, CancellationToken cancellationToken) =>
        Task.FromResult<ImageDescription?>(images.FirstOrDefault(image => image.Reference == reference).Image);

    /// <summary>The folders that images have, as tars, by image and path.</summary>
    public Dictionary<(string Image, string Path), byte[]> Folders { get; init; } = [];

    public Task<Stream?> OpenFolderAsync(string reference, string path, CancellationToken cancellationToken) =>
        Task.FromResult<Stream?>(Folders.TryGetValue((reference, path), out var tar) ? new OneWayStream(tar) : null);

    public Task<Stream> OpenArchiveAsync(string reference, CancellationToken cancellationToken) =>
        Task.FromResult((Archive ?? throw new AssertFailedException("The archive was opened."))());
}
