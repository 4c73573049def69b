using Microsoft.Build.FileSystem;
using MultiStage.Build.Projects.Evaluation;

namespace MultiStage.Build.Tasks.Evaluation;

/// <summary>The file system as an evaluation sees it, with its questions remembered.</summary>
/// <param name="queries">Where they are remembered.</param>
internal sealed class RecordingFileSystem(FileQueries queries) : MSBuildFileSystemBase
{
    /// <inheritdoc />
    public override bool FileExists(string path) => queries.FileExists(path);

    /// <inheritdoc />
    public override bool DirectoryExists(string path) => queries.DirectoryExists(path);

    /// <inheritdoc />
    public override bool FileOrDirectoryExists(string path) => queries.Exists(path);

    /// <inheritdoc />
    public override IEnumerable<string> EnumerateFiles(
        string path,
        string searchPattern = "*",
        SearchOption searchOption = SearchOption.TopDirectoryOnly
    ) => List(path, searchPattern, searchOption, EntryKinds.Files);

    /// <inheritdoc />
    public override IEnumerable<string> EnumerateDirectories(
        string path,
        string searchPattern = "*",
        SearchOption searchOption = SearchOption.TopDirectoryOnly
    ) => List(path, searchPattern, searchOption, EntryKinds.Folders);

    /// <inheritdoc />
    public override IEnumerable<string> EnumerateFileSystemEntries(
        string path,
        string searchPattern = "*",
        SearchOption searchOption = SearchOption.TopDirectoryOnly
    ) => List(path, searchPattern, searchOption, EntryKinds.All);

    private IReadOnlyList<string> List(string path, string pattern, SearchOption option, EntryKinds kinds) =>
        queries.List(new(path, pattern, option == SearchOption.AllDirectories, kinds));
}
