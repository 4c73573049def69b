namespace MultiStage.Build.Tests.Measurement;

/// <summary>
/// A stream as a Docker client gives it: forwards only, in pieces, and failing when it is asked for nothing, as Docker.DotNet's does for an
/// answer that comes
/// in chunks.
/// </summary>
/// <param name="beginning">The bytes it begins with.</param>
/// <param name="zeros">How many zeros follow, which take no memory.</param>
internal sealed class OneWayStream(byte[] beginning, long zeros = 0) : Stream
{
    private long _position;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => _position;
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        const int Piece = 1460;
        if (buffer.IsEmpty)
        {
            throw new EndOfStreamException("Attempted to read past the end of the stream.");
        }

        var inBeginning = _position < beginning.Length;
        var left = inBeginning ? Math.Min(Piece, beginning.Length - _position) : beginning.Length + zeros - _position;
        buffer = buffer[..(int)Math.Min(left, buffer.Length)];
        if (inBeginning)
        {
            beginning.AsSpan((int)_position, buffer.Length).CopyTo(buffer);
        }
        else
        {
            buffer.Clear();
        }

        _position += buffer.Length;
        return buffer.Length;
    }

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
