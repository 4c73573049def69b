using System.Collections.Immutable;
using MultiStage.Build.Measurement.Layers;

namespace MultiStage.Build.Measurement.Files;

/// <summary>
/// What the app's part of an image is made of, file by file. Written to <c>breakdown.json</c> by <see cref="BreakdownJson"/>, where it was
/// needed: a
/// budget limits paths or waste, a budget was broken, or a report was asked for.
/// </summary>
/// <param name="Folder">The folder whose files are known, such as <c>/app</c>; <c>/</c> where every layer was read from end to end.</param>
/// <param name="Files">
/// The files that a container sees and that the base image does not have, ordered by path: regular files and symlinks. Of several hard
/// links the first has
/// the bytes.
/// </param>
internal sealed record SizeBreakdown(string ImageId, string Folder, ImmutableArray<AppFile> Files)
{
    /// <summary>
    /// What the image carries and no container sees, ordered by path and layer: copies that a layer overwrote, deleted or hid. Of the base
    /// image's files only those that the app's layers do this to. Empty where there is none, or where <see cref="WasteUnknownBecause"/>
    /// says why it is not known.
    /// </summary>
    public ImmutableArray<WastedFile> Wasted { get; init; } = [];

    /// <summary>Why it is not known what is wasted, one clause; null where it is known.</summary>
    public string? WasteUnknownBecause { get; init; }

    /// <summary>What could not be attributed, for people: a single native file that holds a whole app, files outside the folder that was
    /// looked at.</summary>
    public ImmutableArray<BreakdownGap> Gaps { get; init; } = [];

    /// <summary>Whether every layer was read from end to end, so that each file's layer is known, and all that is wasted.</summary>
    public bool IsWhole => Folder == "/";

    /// <summary>What is wasted, in bytes; null where it is not known.</summary>
    public long? WastedBytes => WasteUnknownBecause is null ? Wasted.Sum(file => file.Bytes) : null;

    /// <summary>What the app's files take together, in bytes.</summary>
    public long Bytes => Files.Sum(file => file.Bytes);

    /// <summary>Adds up the app's files by what they come from.</summary>
    /// <returns>Each package, project and other origin with its bytes and files, the largest first, equals by name.</returns>
    public ImmutableArray<OriginSize> ByOrigin() =>
        [
            .. Files
                .GroupBy(file => file.Origin)
                .Select(group => new OriginSize(group.Key, group.Sum(file => file.Bytes), group.Count()))
                .OrderByDescending(origin => origin.Bytes)
                .ThenBy(origin => origin.Origin.Name, StringComparer.Ordinal),
        ];

    /// <summary>Adds up the app's files by folder; a folder has the bytes of all that lies below it.</summary>
    /// <returns>Each folder with its bytes, ordered by path, <c>/</c> first.</returns>
    public ImmutableArray<FolderSize> ByFolder()
    {
        var folders = new SortedDictionary<string, (long Bytes, int Files)>(StringComparer.Ordinal);
        foreach (var file in Files)
        {
            for (var slash = file.Path.LastIndexOf('/'); slash >= 0; slash = slash == 0 ? -1 : file.Path.LastIndexOf('/', slash - 1))
            {
                var folder = slash == 0 ? "/" : file.Path[..slash];
                var (bytes, count) = folders.GetValueOrDefault(folder);
                folders[folder] = (bytes + file.Bytes, count + 1);
            }
        }
        return [.. folders.Select(folder => new FolderSize(folder.Key, folder.Value.Bytes, folder.Value.Files))];
    }

    /// <summary>Adds up the files whose paths a pattern takes.</summary>
    /// <param name="pattern">An absolute path in the image; see <see cref="PathPattern"/>.</param>
    /// <returns>The sum in bytes; null where the pattern may take files that were not looked at.</returns>
    public long? BytesOf(string pattern)
    {
        var paths = PathPattern.Parse(pattern);
        return IsWhole || paths.StaysIn(Folder) ? Files.Where(file => paths.Takes(file.Path)).Sum(file => file.Bytes) : null;
    }
}

/// <summary>A file that a container of the image sees.</summary>
/// <param name="Path">Its absolute path in the image.</param>
/// <param name="Bytes">What it takes, in unpacked bytes: its length, or that of a symlink's target.</param>
/// <param name="Origin">What it comes from.</param>
internal sealed record AppFile(string Path, long Bytes, FileKind Kind, FileOrigin Origin)
{
    /// <summary>The layer it lies in, as an index into <see cref="ImageSizes.Layers"/>; null where that is not known.</summary>
    public int? Layer { get; init; }

    /// <summary>The runtime identifier that it is for, such as <c>win-x64</c>; null where it is for every one.</summary>
    public string? Rid { get; init; }

    /// <summary>The language of a satellite assembly, such as <c>de</c>; null for any other file.</summary>
    public string? Culture { get; init; }
}

/// <summary>What a file comes from.</summary>
/// <param name="Name">Its name: that of the package, of the project, or of the layer's instruction.</param>
/// <param name="Version">The version of a package or project; null where there is none.</param>
internal sealed record FileOrigin(OriginKind Kind, string Name, string? Version = null);

/// <summary>A part of an image that could not be broken down further.</summary>
/// <param name="What">What it is and why it could not, one sentence.</param>
/// <param name="Bytes">What it takes, in bytes; null where that is not known either.</param>
internal sealed record BreakdownGap(string What, long? Bytes = null);

/// <summary>What comes from one origin.</summary>
/// <param name="Bytes">The bytes of its files.</param>
/// <param name="Files">How many they are.</param>
internal sealed record OriginSize(FileOrigin Origin, long Bytes, int Files);

/// <summary>What lies below one folder.</summary>
/// <param name="Bytes">The bytes of the files below it, at any depth.</param>
/// <param name="Files">How many they are.</param>
internal sealed record FolderSize(string Path, long Bytes, int Files);
