namespace MultiStage.Build.Context;

/// <summary>
/// A file as long as it was when it was opened: what is appended meanwhile is not read, and a file cut short is an error. A tar entry
/// announces its length before its content.
/// </summary>
/// <param name="inner">The file, at its beginning. It is not disposed.</param>
internal sealed class ExactLengthStream(Stream inner) : ReadOnlyStream
{
    private long _position;

    /// <summary>True, so that the length is asked for instead of the content being held in memory.</summary>
    public override bool CanSeek => true;

    /// <inheritdoc/>
    public override long Length { get; } = inner.Length;

    /// <inheritdoc/>
    public override long Position
    {
        get => _position;
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer) => Count(inner.Read(buffer[..Limit(buffer.Length)]), buffer.Length);

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        Count(await inner.ReadAsync(buffer[..Limit(buffer.Length)], cancellationToken), buffer.Length);

    private int Limit(int count) => (int)Math.Min(count, Length - _position);

    private int Count(int read, int asked)
    {
        if (read == 0 && asked > 0 && _position < Length)
        {
            throw new EndOfStreamException();
        }

        _position += read;
        return read;
    }
}
