using System.Formats.Tar;
using System.Text;

namespace MultiStage.Build.Engines;

/// <summary>
/// Writes a build context as one tar stream: the Dockerfile first, then the folder's files in ordinal order. Equal contents make equal
/// bytes, on any machine: owners and times are constants, and of a file's mode only its executable bit is kept.
/// </summary>
/// <param name="context">What to send.</param>
/// <param name="dockerfile">The Dockerfile's text.</param>
internal sealed class ContextTar(BuildContext context, string dockerfile)
{
    // BuildKit's cache keys hold no times. The year is one that a zip archive can hold, for builds that pack what they were sent.
    private static readonly DateTimeOffset Timestamp = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private const UnixFileMode DirectoryMode =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    private const UnixFileMode FileMode =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    private int _files;
    private long _bytes;

    /// <summary>
    /// The Dockerfile's name in the tar. It lies at the root, so that leaving it out of a copy leaves no folder behind, and is a name that the
    /// context does not have.
    /// </summary>
    public string DockerfileName { get; } = UnusedName(context.Directory);

    /// <summary>Writes the tar.</summary>
    /// <param name="destination">Where to; need not be seekable, and stays open.</param>
    /// <param name="cancellationToken">Ends the writing, wherever it is.</param>
    /// <exception cref="MultiStageException"><see cref="Diagnostics.ContextUnreadable"/>.</exception>
    /// <returns>What was sent, the Dockerfile not counted.</returns>
    public async Task<ContextSent> WriteAsync(Stream destination, CancellationToken cancellationToken)
    {
        (_files, _bytes) = (0, 0);
        await using var tar = new TarWriter(destination, TarEntryFormat.Ustar, leaveOpen: true);

        // First, and in the plainest format: BuildKit recognises a tar by its first kilobyte, and takes a PAX header for a Dockerfile.
        using var text = new MemoryStream(Encoding.UTF8.GetBytes(dockerfile));
        await WriteEntryAsync(tar, TarEntryType.RegularFile, DockerfileName, FileMode, text, cancellationToken);
        foreach (var entry in new ContextWalk(context))
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                await WriteAsync(tar, entry, cancellationToken);
            }
            catch (Exception e) when (e is UnauthorizedAccessException or FileNotFoundException or DirectoryNotFoundException or EndOfStreamException)
            {
                throw ContextWalk.Unreadable(entry.Path, e);
            }
        }

        return new(_files, _bytes);
    }

    private static string UnusedName(string directory)
    {
        var name = ".multistage.Dockerfile";
        while (Path.Exists(Path.Combine(directory, name)))
            name += "_";
        return name;
    }

    private Task WriteAsync(TarWriter tar, ContextEntry entry, CancellationToken cancellationToken)
    {
        if (entry.Info.LinkTarget is { } target)
            return WriteLinkAsync(tar, entry, target.Replace(Path.DirectorySeparatorChar, '/'), cancellationToken);
        return entry.Info is FileInfo file
            ? WriteFileAsync(tar, entry.Path, file, cancellationToken)
            : WriteEntryAsync(tar, TarEntryType.Directory, entry.Path + "/", DirectoryMode, null, cancellationToken);
    }

    private async Task WriteFileAsync(TarWriter tar, string path, FileInfo file, CancellationToken cancellationToken)
    {
        // Opening a pipe would wait for somebody to write into it. Pipes, sockets and devices are all empty to look at, few files are.
        if (file.Length == 0 && await IsSpecialAsync(file, cancellationToken))
            return;

        await using var content = new FileStream(file.FullName, new FileStreamOptions
        {
            Options = FileOptions.SequentialScan | FileOptions.Asynchronous,
            Share = FileShare.ReadWrite | FileShare.Delete,
            BufferSize = 0,
        });
        await using var exact = new ExactLengthStream(content);
        await WriteEntryAsync(tar, TarEntryType.RegularFile, path, ModeOf(file), exact, cancellationToken);
        _files++;
        _bytes += exact.Length;
    }

    private Task WriteLinkAsync(TarWriter tar, ContextEntry entry, string target, CancellationToken cancellationToken)
    {
        _files++;
        var link = NewEntry(TarEntryType.SymbolicLink, entry.Path, target);
        link.LinkName = target;
        link.Mode = DirectoryMode;
        return tar.WriteEntryAsync(link, cancellationToken);
    }

    private static Task WriteEntryAsync(
        TarWriter tar, TarEntryType type, string name, UnixFileMode mode, Stream? content, CancellationToken cancellationToken)
    {
        var entry = NewEntry(type, name, "");
        entry.Mode = mode;
        if (content is not null)
            entry.DataStream = content;
        return tar.WriteEntryAsync(entry, cancellationToken);
    }

    // GNU's format has no limits and, unlike PAX, no header of its own that would carry the time of writing.
    private static PosixTarEntry NewEntry(TarEntryType type, string name, string target)
    {
        PosixTarEntry entry = FitsUstar(name) && FitsUstar(target) ? new UstarTarEntry(type, name) : new GnuTarEntry(type, name);
        entry.ModificationTime = Timestamp;
        return entry;
    }

    private static bool FitsUstar(string name) => name.Length <= 100 && Ascii.IsValid(name);

    private static UnixFileMode ModeOf(FileInfo file)
    {
        // As Docker's own client does on Windows, which has no executable bit: better too many than none.
        if (OperatingSystem.IsWindows())
            return DirectoryMode;
        return (file.UnixFileMode & UnixFileMode.UserExecute) != 0 ? DirectoryMode : FileMode;
    }

    // The tar library tells pipes and devices from files without opening them, and refuses sockets.
    private static async Task<bool> IsSpecialAsync(FileInfo file, CancellationToken cancellationToken)
    {
        if (OperatingSystem.IsWindows())
            return false;
        try
        {
            using var probe = new MemoryStream();
            await using (var writer = new TarWriter(probe, TarEntryFormat.Ustar, leaveOpen: true))
                await writer.WriteEntryAsync(file.FullName, "probe", cancellationToken);
            probe.Position = 0;
            await using var reader = new TarReader(probe);
            return (await reader.GetNextEntryAsync(cancellationToken: cancellationToken))?.EntryType is not TarEntryType.RegularFile;
        }
        catch (IOException e) when (e is not FileNotFoundException)
        {
            return true;
        }
    }
}
