using System.Formats.Tar;
using MultiStage.Build.Diagnostics;

namespace MultiStage.Build.Verification;

/// <summary>Writes a folder that was copied out of a container to this machine.</summary>
internal static class CopiedOutFiles
{
    /// <summary>Writes the files below the archive's first folder; owners, modes and links stay behind.</summary>
    /// <param name="archive">The archive, with the folder's own name in front of each entry's.</param>
    /// <param name="folder">Where the files go.</param>
    /// <exception cref="MultiStageException"><see cref="Codes.FileNotWritten"/>.</exception>
    public static async Task ExtractAsync(Stream archive, string folder, CancellationToken cancellationToken)
    {
        try
        {
            // With or without a separator at its end, as its user wrote it.
            folder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
            Directory.CreateDirectory(folder);
            await using var tar = new TarReader(archive);
            while (await tar.GetNextEntryAsync(cancellationToken: cancellationToken) is { } entry)
            {
                var path = Path.GetFullPath(Path.Combine([folder, .. entry.Name.Split('/').Skip(1)]));
                // What ran in the container wrote the names, and must not write elsewhere on this machine.
                if (
                    entry.EntryType is TarEntryType.RegularFile or TarEntryType.V7RegularFile
                    && path.StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.Ordinal)
                )
                {
                    Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                    await entry.ExtractToFileAsync(path, overwrite: true, cancellationToken);
                }
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new MultiStageException(Codes.FileNotWritten.With(folder, exception.Message), exception);
        }
    }

    /// <summary>Copies files that came out of a container to where people look for them.</summary>
    /// <param name="from">The folder of the files.</param>
    /// <param name="to">The folder that they are copied to; nothing is done where it is the same.</param>
    /// <param name="keepOthers">Whether files of an earlier copy stay.</param>
    /// <exception cref="MultiStageException"><see cref="Codes.FileNotWritten"/>.</exception>
    public static void Copy(string from, string to, bool keepOthers)
    {
        if (from == to)
        {
            return;
        }

        try
        {
            if (!keepOthers && Directory.Exists(to))
            {
                Directory.Delete(to, recursive: true);
            }

            foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
            {
                var target = Path.Combine(to, Path.GetRelativePath(from, file));
                Directory.CreateDirectory(Path.GetDirectoryName(target)!);
                File.Copy(file, target, overwrite: true);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new MultiStageException(Codes.FileNotWritten.With(to, exception.Message), exception);
        }
    }
}
