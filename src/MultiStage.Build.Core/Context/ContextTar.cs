using System.Formats.Tar;
using System.Text;
using MultiStage.Build.Diagnostics;

namespace MultiStage.Build.Context;

/// <summary>
/// Writes a build context as one tar stream: the Dockerfile first, then the folder's files in ordinal order. Equal contents make equal
/// bytes, on any machine: owners and times are constants, and of a file's mode only its executable bit is kept.
/// </summary>
/// <param name="context">The files to send.</param>
/// <param name="dockerfile">The Dockerfile that goes with them.</param>
internal sealed class ContextTar(BuildContext context, ContextDockerfile dockerfile, ContextReader builder)
{
    // BuildKit's cache keys hold no times. The year is one that a zip archive can hold, for builds that pack what they were sent.
    private static readonly DateTimeOffset Timestamp = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private const UnixFileMode DirectoryMode =
        UnixFileMode.UserRead
        | UnixFileMode.UserWrite
        | UnixFileMode.UserExecute
        | UnixFileMode.GroupRead
        | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead
        | UnixFileMode.OtherExecute;

    private const UnixFileMode FileMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    // Eleven octal digits.
    private const long UstarLimit = 1L << 33;

    private const string IgnoreFile = OwnIgnoreFile.Name;

    private int _files;
    private long _bytes;

    /// <summary>The Dockerfile's path in the tar: its own where the context holds it, else a name that the context does not have.</summary>
    public string DockerfileName { get; } = OwnPath(context, dockerfile) ?? UnusedName(context.Directory);

    /// <param name="destination">Where to; need not be seekable, and stays open.</param>
    /// <exception cref="MultiStageException"><see cref="Codes.ContextUnreadable"/>.</exception>
    /// <returns>What was sent, the Dockerfile not counted.</returns>
    public async Task<ContextSize> WriteAsync(Stream destination, CancellationToken cancellationToken)
    {
        (_files, _bytes) = (0, 0);
        await using var tar = new TarWriter(destination, TarEntryFormat.Ustar, leaveOpen: true);

        // First, and in the plainest format: BuildKit recognises a tar by its first kilobyte, and takes a PAX header for a Dockerfile.
        await WriteTextAsync(tar, DockerfileName, DockerfileText(), cancellationToken);

        // The classic builder takes what an ignore file in the tar lists out of the context; what else stays behind was never sent.
        if (builder is ContextReader.Classic && !HoldsDockerfile)
        {
            await WriteTextAsync(tar, IgnoreFile, $"{DockerfileName}\n{IgnoreFile}\n", cancellationToken);
        }

        foreach (var entry in new ContextWalk(context))
        {
            if (entry.Path == DockerfileName || (entry.Path == IgnoreFile && builder is ContextReader.Classic))
            {
                continue;
            }

            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                await WriteAsync(tar, entry, cancellationToken);
            }
            catch (Exception e)
                when (e is UnauthorizedAccessException or FileNotFoundException or DirectoryNotFoundException or EndOfStreamException)
            {
                throw ContextWalk.Unreadable(entry.Path, e);
            }
        }

        return new(_files, _bytes);
    }

    private bool HoldsDockerfile => DockerfileName == dockerfile.Path;

    private string DockerfileText()
    {
        if (HoldsDockerfile || builder is not ContextReader.BuildKitWithExclude)
        {
            return dockerfile.Text;
        }

        var excluding = DockerfileCopies.Exclude(dockerfile.Text, dockerfile.RootCopies, DockerfileName);

        // BuildKit follows links when it leaves something out, and fails at one that leads nowhere (moby/buildkit#4946). A file too many in
        // a copy is the smaller evil.
        return excluding != dockerfile.Text && new ContextWalk(context).Any(entry => entry.Info.LinkTarget is not null)
            ? dockerfile.Text
            : excluding;
    }

    // By hand, docker build sends a Dockerfile that lies in the context under its own name, and COPY . . takes it along.
    private static string? OwnPath(BuildContext context, ContextDockerfile dockerfile) =>
        dockerfile.Path is { } path
        && FitsUstar(path)
        && !context.Ignore.IsExcluded(path)
        && File.Exists(Path.Combine(context.Directory, path))
            ? path
            : null;

    private static string UnusedName(string directory)
    {
        // At the root, so that keeping it out of a copy leaves no empty folder behind.
        var name = ".multistage.Dockerfile";
        while (Path.Exists(Path.Combine(directory, name)))
        {
            name += "_";
        }

        return name;
    }

    private static async Task WriteTextAsync(TarWriter tar, string name, string text, CancellationToken cancellationToken)
    {
        using var content = new MemoryStream(Encoding.UTF8.GetBytes(text));
        await WriteEntryAsync(tar, TarEntryType.RegularFile, name, FileMode, content, Timestamp, cancellationToken);
    }

    private Task WriteAsync(TarWriter tar, ContextEntry entry, CancellationToken cancellationToken)
    {
        if (entry.Info.LinkTarget is { } target)
        {
            return WriteLinkAsync(tar, entry, context.Host.WithSlashes(target), cancellationToken);
        }

        return entry.Info is FileInfo file
            ? WriteFileAsync(tar, entry.Path, file, cancellationToken)
            : WriteEntryAsync(
                tar,
                TarEntryType.Directory,
                entry.Path + "/",
                DirectoryMode,
                null,
                TimeOf(entry.Path, entry.Info),
                cancellationToken
            );
    }

    private async Task WriteFileAsync(TarWriter tar, string path, FileInfo file, CancellationToken cancellationToken)
    {
        // Opening a pipe would wait for somebody to write into it. Pipes, sockets and devices are all empty to look at, few files are.
        if (file.Length == 0 && await IsSpecialAsync(file, cancellationToken))
        {
            return;
        }

        if (
            context.LeavesOutCredentials
            && FeedCredentials.MayBeIn(path)
            && FeedCredentials.Without(await File.ReadAllTextAsync(file.FullName, cancellationToken)) is { } text
        )
        {
            using var rest = new MemoryStream(Encoding.UTF8.GetBytes(text));
            await WriteEntryAsync(tar, TarEntryType.RegularFile, path, ModeOf(file), rest, TimeOf(path, file), cancellationToken);
            _files++;
            _bytes += rest.Length;
            return;
        }

        await using var content = new FileStream(
            file.FullName,
            new FileStreamOptions
            {
                Options = FileOptions.SequentialScan | FileOptions.Asynchronous,
                Share = FileShare.ReadWrite | FileShare.Delete,
                BufferSize = 0,
            }
        );
        await using var exact = new ExactLengthStream(content);
        await WriteEntryAsync(tar, TarEntryType.RegularFile, path, ModeOf(file), exact, TimeOf(path, file), cancellationToken);
        _files++;
        _bytes += exact.Length;
    }

    private Task WriteLinkAsync(TarWriter tar, ContextEntry entry, string target, CancellationToken cancellationToken)
    {
        _files++;
        var link = NewEntry(TarEntryType.SymbolicLink, entry.Path, target, 0);
        link.LinkName = target;
        link.Mode = DirectoryMode;
        return tar.WriteEntryAsync(link, cancellationToken);
    }

    private static Task WriteEntryAsync(
        TarWriter tar,
        TarEntryType type,
        string name,
        UnixFileMode mode,
        Stream? content,
        DateTimeOffset time,
        CancellationToken cancellationToken
    )
    {
        var entry = NewEntry(type, name, "", content?.Length ?? 0);
        entry.ModificationTime = time;
        entry.Mode = mode;
        if (content is not null)
        {
            entry.DataStream = content;
        }

        return tar.WriteEntryAsync(entry, cancellationToken);
    }

    // GNU's format has no limits on names and lengths and, unlike PAX, no header of its own that would carry the time of writing.
    private static PosixTarEntry NewEntry(TarEntryType type, string name, string target, long length)
    {
        PosixTarEntry entry =
            FitsUstar(name) && FitsUstar(target) && length < UstarLimit ? new UstarTarEntry(type, name) : new GnuTarEntry(type, name);
        entry.ModificationTime = Timestamp;
        return entry;
    }

    // In whole seconds, from 1970 on: what the format holds.
    private DateTimeOffset TimeOf(string path, FileSystemInfo info) =>
        context.KeepsFileTimes || (context.DatedFolder is { } dated && ContextPath.IsBelow(dated, path))
            ? DateTimeOffset.FromUnixTimeSeconds(Math.Max(0, new DateTimeOffset(info.LastWriteTimeUtc).ToUnixTimeSeconds()))
            : Timestamp;

    private static bool FitsUstar(string name) => name.Length <= 100 && Ascii.IsValid(name);

    private UnixFileMode ModeOf(FileInfo file)
    {
        // As Docker's own client does on Windows, which has no executable bit: better too many than none.
        if (context.Host.IsWindows || OperatingSystem.IsWindows())
        {
            return DirectoryMode;
        }

        return (file.UnixFileMode & UnixFileMode.UserExecute) != 0 ? DirectoryMode : FileMode;
    }

    // The tar library tells pipes and devices from files without opening them, and refuses sockets.
    private static async Task<bool> IsSpecialAsync(FileInfo file, CancellationToken cancellationToken)
    {
        if (OperatingSystem.IsWindows())
        {
            return false;
        }

        try
        {
            using var probe = new MemoryStream();
            await using (var writer = new TarWriter(probe, TarEntryFormat.Ustar, leaveOpen: true))
            {
                await writer.WriteEntryAsync(file.FullName, "probe", cancellationToken);
            }

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
