using System.Formats.Tar;
using System.Text;

namespace MultiStage.Build.Measurement;

/// <summary>Measures one layer's tar by the definition of <see cref="ImageSizes"/>.</summary>
internal static class LayerTar
{
    /// <summary>Reads a layer's tar to its end, keeping nothing of it.</summary>
    /// <param name="tar">The tar, not compressed; it need not be seekable.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The layer's size.</returns>
    /// <exception cref="InvalidDataException">It is no tar, or holds what cannot be measured.</exception>
    public static async Task<LayerTarSize> MeasureAsync(Stream tar, CancellationToken cancellationToken)
    {
        var size = new LayerTarSize(0, Exact: true);
        await using var reader = new TarReader(tar, leaveOpen: true);
        while (await reader.GetNextEntryAsync(copyData: false, cancellationToken) is { } entry)
        {
            size = new LayerTarSize(
                checked(size.Bytes + Count(entry)),
                size.Exact && !(entry.EntryType == TarEntryType.SymbolicLink && entry.LinkName.Contains('\uFFFD', StringComparison.Ordinal)));
        }
        return size;
    }

    private static long Count(TarEntry entry) => entry.EntryType switch
    {
        _ when IsWhiteout(entry.Name) => 0,
        TarEntryType.RegularFile or TarEntryType.V7RegularFile or TarEntryType.ContiguousFile => FileLength(entry),
        // Bytes, not characters. A target that is not UTF-8 arrives here with replacement characters, and is no longer exact.
        TarEntryType.SymbolicLink => Encoding.UTF8.GetByteCount(entry.LinkName),
        TarEntryType.HardLink or TarEntryType.Directory or TarEntryType.CharacterDevice or TarEntryType.BlockDevice or TarEntryType.Fifo
            or TarEntryType.GlobalExtendedAttributes => 0,
        _ => throw new InvalidDataException($"'{entry.Name}' is a tar entry of type {entry.EntryType}, which has no defined size"),
    };

    // .wh.<name> hides a file of the layers below, .wh..wh..opq all of a folder's; aufs kept its own files under .wh..wh.plnk.
    // OCI image specification, layer.md.
    private static bool IsWhiteout(string path)
    {
        var name = Path.TrimEndingDirectorySeparator(path.AsSpan());
        name = name[(name.LastIndexOf('/') + 1)..];
        return name.StartsWith(".wh.", StringComparison.Ordinal) || path.Contains(".wh..wh.", StringComparison.Ordinal);
    }

    // GNU tar packs the holes of a file away and keeps its real size beside it (tar manual, "PAX Format, Versions 0.0 to 1.0").
    private static long FileLength(TarEntry entry)
    {
        if (entry is not PaxTarEntry pax)
            return entry.Length;
        var real = pax.ExtendedAttributes.GetValueOrDefault("GNU.sparse.realsize") ?? pax.ExtendedAttributes.GetValueOrDefault("GNU.sparse.size");
        if (real is null)
            return entry.Length;
        return long.TryParse(real, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var length)
            ? length
            : throw new InvalidDataException($"'{entry.Name}' is a sparse file of no known size");
    }
}

/// <summary>What a layer's tar holds.</summary>
/// <param name="Bytes">The unpacked bytes.</param>
/// <param name="Exact">Whether they are right to the byte.</param>
internal readonly record struct LayerTarSize(long Bytes, bool Exact);
