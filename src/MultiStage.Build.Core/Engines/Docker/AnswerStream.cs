namespace MultiStage.Build.Engines.Docker;

/// <summary>
/// A large answer of the daemon, as any reader may read it: the client library's own stream fails at a read into an empty buffer, which
/// readers of tar archives do, and at every synchronous read.
/// </summary>
/// <param name="inner">The library's stream. It is disposed with this one.</param>
/// <param name="cancellationToken">Ends the answer, whichever read is under way.</param>
internal sealed class AnswerStream(Stream inner, CancellationToken cancellationToken) : Stream
{
    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) =>
        ReadAsync(buffer.AsMemory(offset, count), CancellationToken.None).AsTask().GetAwaiter().GetResult();

    /// <inheritdoc/>
    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken readToken = default)
    {
        if (buffer.IsEmpty)
            return 0;
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, readToken);
        return await inner.ReadAsync(buffer, either.Token);
    }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            inner.Dispose();
        base.Dispose(disposing);
    }
}
