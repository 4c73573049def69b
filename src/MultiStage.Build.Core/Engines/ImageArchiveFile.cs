using System.IO.Compression;
using MultiStage.Build.Diagnostics;

namespace MultiStage.Build.Engines;

/// <summary>Writes an image archive to disk.</summary>
internal static class ImageArchiveFile
{
    /// <summary>Writes an archive, compressed where the file's name ends in <c>gz</c>. The file that is there is replaced only by one that
    /// was read back whole.</summary>
    /// <param name="path">The file's absolute path; its folder is made where it is missing.</param>
    /// <param name="archive">The archive; it is read to its end and closed.</param>
    /// <exception cref="MultiStageException"><see cref="Codes.SaveFailed"/>.</exception>
    public static async Task WriteAsync(string path, Stream archive, CancellationToken cancellationToken)
    {
        try
        {
            await using var _ = archive;
            await using var file = TemporaryFile.Create(path);
            var isCompressed = path.EndsWith("gz", StringComparison.OrdinalIgnoreCase);
            if (isCompressed)
            {
                await using var compressed = new GZipStream(file.Content, CompressionLevel.Fastest, leaveOpen: true);
                await archive.CopyToAsync(compressed, cancellationToken);
            }
            else
            {
                await archive.CopyToAsync(file.Content, cancellationToken);
            }

            await file.Content.FlushAsync(cancellationToken);
            file.Content.Position = 0;
            await using (var unpacked = isCompressed ? new GZipStream(file.Content, CompressionMode.Decompress, leaveOpen: true) : null)
            {
                await SavedArchive.CheckAsync(unpacked ?? (Stream)file.Content, cancellationToken);
            }

            file.Keep();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new MultiStageException(
                Codes.SaveFailed.With(path, exception.Message) with
                {
                    About = "ContainerArchiveOutputPath",
                },
                exception
            );
        }
    }
}
