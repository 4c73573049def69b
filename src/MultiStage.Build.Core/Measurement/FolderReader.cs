using System.Collections.Immutable;
using MultiStage.Build.Measurement.Files;
using MultiStage.Build.Measurement.Layers;

namespace MultiStage.Build.Measurement;

/// <summary>Reads the files of one folder of an image, which costs far less than the image's archive.</summary>
internal static class FolderReader
{
    /// <param name="archive">The folder as <c>docker cp</c> gives it: a tar whose paths begin with the folder's own name.</param>
    /// <param name="folder">The folder's absolute path.</param>
    /// <returns>Its files, and the bytes of the regular ones alone.</returns>
    /// <exception cref="InvalidDataException">It is not a tar, or holds what cannot be measured.</exception>
    public static async Task<FolderFiles> ReadAsync(Stream archive, string folder, CancellationToken cancellationToken)
    {
        var entries = new List<LayerEntry>();
        await using var buffered = new BufferedStream(archive, 128 * 1024);
        _ = await LayerTar.MeasureAsync(buffered, entries, cancellationToken);
        var files = ImmutableArray.CreateBuilder<FoundFile>();
        foreach (var entry in entries.Where(entry => entry.Kind is LayerEntryKind.File or LayerEntryKind.HardLink))
        {
            var inner = entry.Path.IndexOf('/', 1);
            files.Add(new FoundFile(folder + (inner < 0 ? entry.Path : entry.Path[inner..]), entry.Bytes, null, entry.Content));
        }
        return new FolderFiles(files.ToImmutable(), entries.Where(entry => !entry.IsSymlink).Sum(entry => entry.Bytes));
    }
}

/// <param name="RegularBytes">What the regular files take, without the targets of symlinks.</param>
internal sealed record FolderFiles(ImmutableArray<FoundFile> Files, long RegularBytes);
