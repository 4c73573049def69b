using System.IO.Compression;
using MultiStage.Build.Diagnostics;

namespace MultiStage.Build.Engines;

/// <summary>Writes an image archive to disk.</summary>
public static class ImageArchiveFile
{
    /// <summary>Writes an archive, whole or not at all, compressed where the file's name ends in <c>gz</c>.</summary>
    /// <param name="path">The file's absolute path; its folder is made where it is missing.</param>
    /// <param name="archive">The archive; it is read to its end and closed.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    /// <exception cref="MultiStageException"><see cref="Codes.SaveFailed"/>.</exception>
    /// <returns>A task that ends when the file is there.</returns>
    public static async Task WriteAsync(string path, Stream archive, CancellationToken cancellationToken)
    {
        // Another thread of this process may write the same file.
        var temporary = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            await using (archive)
            {
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                await using var file = File.Create(temporary);
                if (path.EndsWith("gz", StringComparison.OrdinalIgnoreCase))
                {
                    await using var compressed = new GZipStream(file, CompressionLevel.Fastest);
                    await archive.CopyToAsync(compressed, cancellationToken);
                }
                else
                {
                    await archive.CopyToAsync(file, cancellationToken);
                }
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new MultiStageException(
                Codes.SaveFailed.With(path, exception.Message) with
                {
                    About = "ContainerArchiveOutputPath",
                },
                exception
            );
        }
        finally
        {
            if (Path.Exists(Path.GetDirectoryName(path)))
            {
                File.Delete(temporary);
            }
        }
    }
}
