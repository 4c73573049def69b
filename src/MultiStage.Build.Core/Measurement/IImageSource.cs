using MultiStage.Build.Images;

namespace MultiStage.Build.Measurement;

/// <summary>Where images are looked at: a daemon, or an archive.</summary>
internal interface IImageSource
{
    /// <param name="reference">An image id or a name.</param>
    /// <returns>The description, or null where there is no such image.</returns>
    Task<ImageDescription?> DescribeAsync(string reference, CancellationToken cancellationToken);

    /// <summary>
    /// Whether <see cref="HistoryEntry.Size"/> is the bytes of a layer's regular files, to the byte. It then has the bytes of symlink
    /// targets too where the layer was pulled, loaded or imported, and lacks them where BuildKit built it; so it is never more than the
    /// layer's unpacked bytes.
    /// </summary>
    bool HistorySizesAreExact { get; }

    /// <summary>Opens the image as a tar archive in the layout of <c>docker save</c>.</summary>
    /// <param name="reference">An image id or a name.</param>
    /// <returns>The archive, read once from its beginning.</returns>
    Task<Stream> OpenArchiveAsync(string reference, CancellationToken cancellationToken);

    /// <summary>Opens one folder of the image as a tar whose paths begin with the folder's own name, as <c>docker cp</c> gives
    /// it.</summary>
    /// <param name="reference">An image id or a name.</param>
    /// <param name="path">The folder's absolute path in the image.</param>
    /// <returns>The tar, read once from its beginning; null where the image has no such folder.</returns>
    Task<Stream?> OpenFolderAsync(string reference, string path, CancellationToken cancellationToken);
}
