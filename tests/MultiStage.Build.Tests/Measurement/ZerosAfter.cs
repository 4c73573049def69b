namespace MultiStage.Build.Tests.Measurement;

/// <summary>A stream that begins with given bytes and goes on with zeros that take no memory.</summary>
/// <param name="beginning">The bytes it begins with.</param>
/// <param name="zeros">How many zeros follow.</param>
internal sealed class ZerosAfter(byte[] beginning, long zeros) : Stream
{
    private long _position;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => _position; set => throw new NotSupportedException(); }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        var left = beginning.Length + zeros - _position;
        buffer = buffer[..(int)Math.Min(left, buffer.Length)];
        buffer.Clear();
        if (_position < beginning.Length)
        {
            var part = beginning.AsSpan((int)_position);
            part[..Math.Min(part.Length, buffer.Length)].CopyTo(buffer);
        }
        _position += buffer.Length;
        return buffer.Length;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
