namespace MultiStage.Build;

/// <summary>A file that takes another one's place when it is whole, and not before.</summary>
internal sealed class TemporaryFile : IAsyncDisposable, IDisposable
{
    private readonly string _path;
    private bool _isKept;

    private TemporaryFile(string path, FileStream content) => (_path, Content) = (path, content);

    public FileStream Content { get; }

    /// <summary>Begins a file beside the one that it is to replace, and removes those of runs that were interrupted.</summary>
    /// <param name="path">The absolute path of the file to replace; its folder is made where it is missing.</param>
    public static TemporaryFile Create(string path)
    {
        var folder = Path.GetDirectoryName(path)!;
        Directory.CreateDirectory(folder);
        foreach (var left in Directory.EnumerateFiles(folder, Path.GetFileName(path) + ".*.tmp"))
        {
            Remove(left);
        }

        // Another thread of this process may write the same file. While it is open, it does not count as left behind.
        return new(
            path,
            new FileStream($"{path}.{Guid.NewGuid():N}.tmp", FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Read | FileShare.Delete)
        );
    }

    /// <summary>Puts it in the other file's place.</summary>
    public void Keep()
    {
        Content.Flush();
        File.Move(Content.Name, _path, overwrite: true);
        _isKept = true;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        DeleteUnlessKept();
        await Content.DisposeAsync();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        DeleteUnlessKept();
        Content.Dispose();
    }

    private void DeleteUnlessKept()
    {
        if (!_isKept)
        {
            File.Delete(Content.Name);
        }
    }

    private static void Remove(string left)
    {
        try
        {
            // Nothing else can open it while its writer has it open.
            using (new FileStream(left, FileMode.Open, FileAccess.ReadWrite, FileShare.None)) { }

            File.Delete(left);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It is being written, or belongs to another user.
        }
    }
}
