using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text;

namespace MultiStage.Build.Measurement.Layers;

/// <summary>Reads the sections of a native program (Tool Interface Standard, "Executable and Linking Format", 64 bits,
/// little-endian).</summary>
internal static class ElfSections
{
    private const int HeaderLength = 64;
    private const int NoBits = 8;

    /// <returns>The sections that have bytes in the file; null where they cannot be read.</returns>
    public static ExecutableParts? Read(FileStream file)
    {
        var header = At(file, 0, HeaderLength);
        if (header[4] != 2 || header[5] != 1)
        {
            return null;
        }

        var (table, length) = (
            BinaryPrimitives.ReadInt64LittleEndian(header.AsSpan(40)),
            BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(58))
        );
        var (count, names) = (
            BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(60)),
            BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(62))
        );
        if (table == 0 || length < HeaderLength || names >= count)
        {
            return null;
        }

        var sections = At(file, table, length * count);
        var text = Bytes(file, sections.AsSpan(names * length));
        var parts = ImmutableArray.CreateBuilder<ExecutablePart>();
        for (var i = 0; i < count; i++)
        {
            var section = sections.AsSpan(i * length, length);
            var size = BinaryPrimitives.ReadInt64LittleEndian(section[32..]);
            if (size > 0 && BinaryPrimitives.ReadUInt32LittleEndian(section[4..]) is not (0 or NoBits))
            {
                parts.Add(new ExecutablePart(Name(text, BinaryPrimitives.ReadInt32LittleEndian(section)), size));
            }
        }
        return new ExecutableParts(false, parts.ToImmutable(), null);
    }

    private static byte[] Bytes(FileStream file, ReadOnlySpan<byte> section) =>
        At(
            file,
            BinaryPrimitives.ReadInt64LittleEndian(section[24..]),
            checked((int)BinaryPrimitives.ReadInt64LittleEndian(section[32..]))
        );

    private static string Name(byte[] names, int offset)
    {
        var rest = names.AsSpan(offset);
        var end = rest.IndexOf((byte)0);
        return Encoding.UTF8.GetString(end < 0 ? rest : rest[..end]);
    }

    private static byte[] At(FileStream file, long offset, int length)
    {
        if (offset < 0 || length < 0 || offset + length > file.Length)
        {
            throw new FormatException("the file ends before its sections do");
        }

        var bytes = new byte[length];
        file.Position = offset;
        file.ReadExactly(bytes);
        return bytes;
    }
}
