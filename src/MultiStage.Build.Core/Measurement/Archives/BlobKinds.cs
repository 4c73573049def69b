using System.Buffers;

namespace MultiStage.Build.Measurement.Archives;

/// <summary>Tells kinds of files apart.</summary>
internal static class BlobKinds
{
    /// <summary>How many bytes from the beginning decide: one tar block.</summary>
    public const int SampleLength = 512;

    private const int ChecksumStart = 148;
    private const int ChecksumLength = 8;

    /// <summary>Looks at the first bytes of a file.</summary>
    /// <param name="beginning">Its first <see cref="SampleLength"/> bytes or more, or all where it has fewer.</param>
    public static BlobKind Of(ReadOnlySequence<byte> beginning)
    {
        Span<byte> sample = stackalloc byte[(int)Math.Min(SampleLength, beginning.Length)];
        beginning.Slice(0, sample.Length).CopyTo(sample);
        // A tar first: its first bytes are a file's name, which may look like anything.
        if (IsTar(sample))
        {
            return BlobKind.Tar;
        }

        return sample switch
        {
            [0x1F, 0x8B, ..] => BlobKind.Gzip,
            [0x28, 0xB5, 0x2F, 0xFD, ..] => BlobKind.Zstandard,
            [(byte)'{' or (byte)'[', ..] => BlobKind.Json,
            _ => BlobKind.Other,
        };
    }

    // A header block carries the sum of its own bytes, its checksum field read as blanks (POSIX pax, "ustar Interchange Format"). A tar of
    // nothing is blocks of zeros.
    private static bool IsTar(ReadOnlySpan<byte> block)
    {
        if (block.Length < SampleLength)
        {
            return false;
        }

        if (!block.ContainsAnyExcept((byte)0))
        {
            return true;
        }

        var sum = ChecksumLength * ' ';
        for (var i = 0; i < SampleLength; i++)
        {
            sum += i is >= ChecksumStart and < ChecksumStart + ChecksumLength ? 0 : block[i];
        }

        return sum == Octal(block.Slice(ChecksumStart, ChecksumLength));
    }

    private static int Octal(ReadOnlySpan<byte> digits)
    {
        var value = 0;
        foreach (var digit in digits.Trim(" \0"u8))
        {
            if (digit is < (byte)'0' or > (byte)'7')
            {
                return -1;
            }

            value = value * 8 + (digit - '0');
        }
        return value;
    }
}
