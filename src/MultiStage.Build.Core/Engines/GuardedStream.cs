namespace MultiStage.Build.Engines;

/// <summary>An answer that is read under a limit of silence, and without a line that would not fit into memory.</summary>
/// <param name="isBinary">Whether it has no lines.</param>
internal sealed class GuardedStream(Stream inner, Silence silence, bool isBinary) : ReadOnlyStream
{
    // What a daemon says in one line is some kilobytes; the description of an image with hundreds of layers is less than a megabyte.
    private const int MostLineBytes = 16 * 1024 * 1024;

    private int _line;

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, silence.Token);
            silence.Wait();
            var read = await inner.ReadAsync(buffer, either.Token);
            silence.Heard();
            Measure(buffer.Span[..read]);
            return read;
        }
        catch (Exception e) when (silence.Explain(e) is SilenceException silent)
        {
            throw silent;
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }

    private void Measure(ReadOnlySpan<byte> read)
    {
        if (isBinary)
        {
            return;
        }

        var end = read.LastIndexOf((byte)'\n');
        _line = end < 0 ? _line + read.Length : read.Length - end - 1;
        if (_line > MostLineBytes)
        {
            throw new InvalidDataException("a line of it is longer than 16 MB");
        }
    }
}

/// <summary>What is sent, each part of which shows that the other side still takes it.</summary>
internal sealed class HeardStream(Stream inner, Silence silence) : Stream
{
    /// <inheritdoc/>
    public override bool CanRead => false;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => true;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        await inner.WriteAsync(buffer, cancellationToken);
        silence.Wait();
    }

    /// <inheritdoc/>
    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count)
    {
        inner.Write(buffer, offset, count);
        silence.Wait();
    }

    /// <inheritdoc/>
    public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

    /// <inheritdoc/>
    public override void Flush() => inner.Flush();

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();
}
