using System.Text;

namespace MultiStage.Build.Engines.Progress;

/// <summary>
/// Reads the fields of one Protocol Buffers message in wire format, in the order they were written. Enough of the format for what BuildKit
/// sends; unknown fields are passed over by moving on.
/// </summary>
internal ref struct ProtobufReader
{
    private ReadOnlySpan<byte> _rest;

    /// <summary>Begins before the message's first field.</summary>
    /// <param name="message">The message's bytes.</param>
    public ProtobufReader(ReadOnlySpan<byte> message) => _rest = message;

    /// <summary>The current field's number.</summary>
    public int Field { get; private set; }

    /// <summary>The current field's value where it is a number: a varint, zigzag not undone, or a fixed number's bits.</summary>
    public ulong Number { get; private set; }

    /// <summary>The current field's value where it is text, bytes or a message; empty where it is a number.</summary>
    public ReadOnlySpan<byte> Bytes { get; private set; }

    /// <summary>The current field's value as text.</summary>
    public readonly string Text => Encoding.UTF8.GetString(Bytes);

    /// <summary>Moves to the next field.</summary>
    /// <exception cref="InvalidDataException">The bytes are not a message.</exception>
    /// <returns>False at the message's end.</returns>
    public bool Read()
    {
        if (_rest.IsEmpty)
        {
            return false;
        }

        var key = ReadVarint();
        Field = (int)(key >> 3);
        Number = 0;
        Bytes = default;
        switch (key & 7)
        {
            case 0:
                Number = ReadVarint();
                break;
            case 1:
                Number = System.Buffers.Binary.BinaryPrimitives.ReadUInt64LittleEndian(Take(8));
                break;
            case 2:
                Bytes = Take(ReadVarint());
                break;
            case 5:
                Number = System.Buffers.Binary.BinaryPrimitives.ReadUInt32LittleEndian(Take(4));
                break;
            default:
                throw new InvalidDataException($"Field {Field} has the unknown wire type {key & 7}.");
        }

        return true;
    }

    /// <summary>Reads the current field as a <c>google.protobuf.Timestamp</c>.</summary>
    /// <exception cref="InvalidDataException">The bytes are not a time.</exception>
    /// <returns>The time, to 100 nanoseconds.</returns>
    public readonly DateTimeOffset ReadTimestamp()
    {
        long seconds = 0,
            nanoseconds = 0;
        var fields = new ProtobufReader(Bytes);
        while (fields.Read())
        {
            if (fields.Field == 1)
            {
                seconds = (long)fields.Number;
            }
            else if (fields.Field == 2)
            {
                nanoseconds = (long)fields.Number;
            }
        }

        // The years 1 to 9999 are the format's own limits.
        if (seconds is < -62_135_596_800 or >= 253_402_300_799 || nanoseconds is < 0 or > 999_999_999)
        {
            throw new InvalidDataException("A time is out of range.");
        }

        return DateTimeOffset.FromUnixTimeSeconds(seconds).AddTicks(nanoseconds / TimeSpan.NanosecondsPerTick);
    }

    private ulong ReadVarint()
    {
        ulong value = 0;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var next = Take(1)[0];
            value |= (ulong)(next & 0x7f) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }

        throw new InvalidDataException("A number is longer than 64 bits.");
    }

    private ReadOnlySpan<byte> Take(ulong length)
    {
        if (length > (ulong)_rest.Length)
        {
            throw new InvalidDataException("The message ends within a field.");
        }

        var taken = _rest[..(int)length];
        _rest = _rest[(int)length..];
        return taken;
    }
}
