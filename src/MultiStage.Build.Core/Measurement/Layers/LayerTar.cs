using System.Formats.Tar;
using System.Text;

namespace MultiStage.Build.Measurement.Layers;

/// <summary>Measures one layer's tar by the definition of <see cref="ImageSizes"/>.</summary>
internal static class LayerTar
{
    private const string WhiteoutPrefix = ".wh.";
    private const string OpaqueName = ".wh..wh..opq";

    /// <summary>Reads a layer's tar to its end.</summary>
    /// <param name="tar">The tar, not compressed; it need not be seekable.</param>
    /// <param name="entries">Gets its entries; null keeps nothing of it, so that memory does not grow with it.</param>
    /// <exception cref="InvalidDataException">It is not a tar, or holds what cannot be measured.</exception>
    public static async Task<LayerTarSize> MeasureAsync(Stream tar, List<LayerEntry>? entries, CancellationToken cancellationToken)
    {
        var size = new LayerTarSize(0, Exact: true);
        var bounds = new LayerBounds(keepsEntries: entries is not null);
        await using var reader = new TarReader(tar, leaveOpen: true);
        while (await reader.GetNextEntryAsync(copyData: false, cancellationToken) is { } entry)
        {
            bounds.Add(entry.Name);
            var bytes = Count(entry);
            size = new LayerTarSize(
                checked(size.Bytes + bytes),
                size.Exact && !(entry.EntryType == TarEntryType.SymbolicLink && entry.LinkName.Contains('\uFFFD', StringComparison.Ordinal))
            );
            if (entries is not null && entry.EntryType != TarEntryType.GlobalExtendedAttributes)
            {
                entries.Add(await ToEntryAsync(entry, bytes, cancellationToken));
            }
        }
        return size;
    }

    /// <summary>Writes a tar's path as an absolute one.</summary>
    /// <param name="path">The path, with or without <c>./</c> or <c>/</c> before it.</param>
    /// <returns>The path, <c>/</c> for the root.</returns>
    public static string Absolute(string path)
    {
        if (
            !path.Contains("./", StringComparison.Ordinal)
            && !path.Contains("//", StringComparison.Ordinal)
            && path is not ("." or "" or "..")
        )
        {
            return path[0] == '/' ? (path.Length == 1 ? path : path.TrimEnd('/')) : "/" + path.TrimEnd('/');
        }

        return "/" + string.Join('/', path.Split('/').Where(part => part is not ("" or ".")));
    }

    private static async Task<LayerEntry> ToEntryAsync(TarEntry entry, long bytes, CancellationToken cancellationToken)
    {
        var path = Absolute(entry.Name);
        var slash = path.LastIndexOf('/');
        var name = path.AsSpan(slash + 1);
        if (name.SequenceEqual(OpaqueName))
        {
            return new LayerEntry(LayerEntryKind.Opaque, slash == 0 ? "/" : path[..slash]);
        }

        if (name.StartsWith(WhiteoutPrefix, StringComparison.Ordinal))
        {
            return new LayerEntry(LayerEntryKind.Whiteout, string.Concat(path.AsSpan(0, slash + 1), name[WhiteoutPrefix.Length..]));
        }

        return entry.EntryType switch
        {
            TarEntryType.Directory => new LayerEntry(LayerEntryKind.Folder, path),
            TarEntryType.HardLink => new LayerEntry(LayerEntryKind.HardLink, path) { Target = Absolute(entry.LinkName) },
            TarEntryType.SymbolicLink => new LayerEntry(LayerEntryKind.File, path, bytes) { IsSymlink = true },
            _ => new LayerEntry(LayerEntryKind.File, path, bytes) { Content = await FileProbe.ReadAsync(path, entry, cancellationToken) },
        };
    }

    private static long Count(TarEntry entry) =>
        entry.EntryType switch
        {
            _ when IsWhiteout(entry.Name) => 0,
            TarEntryType.RegularFile or TarEntryType.V7RegularFile or TarEntryType.ContiguousFile => FileLength(entry),
            // Bytes, not characters. A target that is not UTF-8 arrives here with replacement characters, and is no longer exact.
            TarEntryType.SymbolicLink => Encoding.UTF8.GetByteCount(entry.LinkName),
            TarEntryType.HardLink
            or TarEntryType.Directory
            or TarEntryType.CharacterDevice
            or TarEntryType.BlockDevice
            or TarEntryType.Fifo
            or TarEntryType.GlobalExtendedAttributes => 0,
            _ => throw new InvalidDataException($"'{entry.Name}' is a tar entry of type {entry.EntryType}, which has no defined size"),
        };

    // .wh.<name> hides a file of the layers below, .wh..wh..opq all of a folder's; aufs kept its own files under .wh..wh.plnk. OCI image
    // specification, layer.md.
    private static bool IsWhiteout(string path)
    {
        var name = Path.TrimEndingDirectorySeparator(path.AsSpan());
        name = name[(name.LastIndexOf('/') + 1)..];
        return name.StartsWith(WhiteoutPrefix, StringComparison.Ordinal) || path.Contains(".wh..wh.", StringComparison.Ordinal);
    }

    // GNU tar packs the holes of a file away and keeps its real size beside it (tar manual, "PAX Format, Versions 0.0 to 1.0").
    private static long FileLength(TarEntry entry)
    {
        if (entry is not PaxTarEntry pax)
        {
            return entry.Length;
        }

        var real = pax.ExtendedAttributes.GetValueOrDefault("GNU.sparse.realsize")
            ?? pax.ExtendedAttributes.GetValueOrDefault("GNU.sparse.size");
        if (real is null)
        {
            return entry.Length;
        }

        return long.TryParse(
            real,
            System.Globalization.NumberStyles.None,
            System.Globalization.CultureInfo.InvariantCulture,
            out var length
        )
            ? length
            : throw new InvalidDataException($"'{entry.Name}' is a sparse file of no known size");
    }
}

/// <summary>What a layer's tar holds.</summary>
/// <param name="Bytes">The unpacked bytes.</param>
/// <param name="Exact">Whether they are right to the byte.</param>
internal readonly record struct LayerTarSize(long Bytes, bool Exact);
