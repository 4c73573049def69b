using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text;

namespace MultiStage.Build.Measurement.Layers;

/// <summary>What an executable that holds a whole app is made of: the files in a .NET single-file bundle, or the sections of a native
/// program.</summary>
/// <param name="IsBundle">Whether it is a bundle; otherwise the parts are sections.</param>
/// <param name="Parts">The parts that are known; what remains of the file is its host, or headers and gaps between sections.</param>
/// <param name="Dependencies">The text of the bundle's own <c>*.deps.json</c>; null where it has none.</param>
internal sealed record ExecutableParts(bool IsBundle, ImmutableArray<ExecutablePart> Parts, byte[]? Dependencies)
{
    // Sections are written one after the other, from a file that is read once: it is put aside to be read in any order.
    private const int BufferSize = 128 * 1024;

    // dotnet/runtime, src/native/corehost/apphost/bundle_marker.cpp: SHA-256 of ".net core bundle"; the offset of the header stands before
    // it.
    private static readonly byte[] s_bundleMark = Convert.FromHexString("8b1202b96a612038727b930214d7a03213f5b9e6efae3318ee3b2dce24b36aae");

    /// <summary>Reads an executable's parts.</summary>
    /// <param name="data">The file, from its beginning; it need not be seekable.</param>
    /// <returns>Its parts; null where it is not an executable, or none that can be taken apart.</returns>
    public static async Task<ExecutableParts?> ReadAsync(Stream data, CancellationToken cancellationToken)
    {
        var magic = new byte[4];
        if (
            await data.ReadAtLeastAsync(magic, magic.Length, throwOnEndOfStream: false, cancellationToken) < magic.Length
            || !magic.AsSpan().SequenceEqual("\u007fELF"u8)
        )
        {
            return null;
        }

        await using var file = new FileStream(
            Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()),
            FileMode.CreateNew,
            FileAccess.ReadWrite,
            FileShare.None,
            BufferSize,
            FileOptions.DeleteOnClose
        );
        await file.WriteAsync(magic, cancellationToken);
        await data.CopyToAsync(file, BufferSize, cancellationToken);
        try
        {
            return ReadBundle(file) ?? ElfSections.Read(file);
        }
        catch (Exception e)
            when (e is EndOfStreamException or FormatException or ArgumentException or OverflowException or DecoderFallbackException)
        {
            // A file that only looks like one is a file like any other.
            return null;
        }
    }

    private static ExecutableParts? ReadBundle(FileStream file)
    {
        if (HeaderOffset(file) is not { } offset)
        {
            return null;
        }

        file.Position = offset;
        using var reader = new BinaryReader(file, Encoding.UTF8, leaveOpen: true);
        // dotnet/runtime, docs/design/features/bundler.md, "Manifest": versions 1 to 6.
        var version = reader.ReadUInt32();
        _ = reader.ReadUInt32();
        var count = reader.ReadInt32();
        _ = reader.ReadString();
        var (dependenciesAt, dependenciesLength) = (0L, 0L);
        if (version >= 2)
        {
            (dependenciesAt, dependenciesLength) = (reader.ReadInt64(), reader.ReadInt64());
            file.Seek(2 * sizeof(long) + sizeof(ulong), SeekOrigin.Current);
        }
        var parts = ImmutableArray.CreateBuilder<ExecutablePart>();
        for (var i = 0; i < count; i++)
        {
            _ = reader.ReadInt64();
            var size = reader.ReadInt64();
            var compressed = version >= 6 ? reader.ReadInt64() : 0;
            _ = reader.ReadByte();
            parts.Add(new ExecutablePart(reader.ReadString(), compressed == 0 ? size : compressed));
        }
        return new ExecutableParts(true, parts.ToImmutable(), Slice(file, dependenciesAt, dependenciesLength));
    }

    private static byte[]? Slice(FileStream file, long offset, long length)
    {
        if (length is <= 0 or > 16 * 1024 * 1024)
        {
            return null;
        }

        var text = new byte[length];
        file.Position = offset;
        file.ReadExactly(text);
        return text;
    }

    private static long? HeaderOffset(FileStream file)
    {
        file.Position = 0;
        var buffer = new byte[BufferSize];
        var kept = 0;
        while (file.Read(buffer, kept, buffer.Length - kept) is var read and > 0)
        {
            var filled = kept + read;
            var mark = buffer.AsSpan(0, filled).IndexOf(s_bundleMark);
            if (mark >= sizeof(long))
            {
                // Zero in a host that was never made a bundle.
                var offset = BinaryPrimitives.ReadInt64LittleEndian(buffer.AsSpan(mark - sizeof(long)));
                return offset > 0 && offset < file.Length ? offset : null;
            }
            kept = Math.Min(filled, s_bundleMark.Length + sizeof(long));
            buffer.AsSpan(filled - kept, kept).CopyTo(buffer);
        }
        return null;
    }
}

/// <param name="Name">The path of a bundle's file, or the name of a section.</param>
/// <param name="Bytes">What it takes in the file, compressed where it is.</param>
internal readonly record struct ExecutablePart(string Name, long Bytes);
