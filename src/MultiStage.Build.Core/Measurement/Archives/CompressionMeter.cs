using System.IO.Compression;

namespace MultiStage.Build.Measurement.Archives;

/// <summary>Finds what a stream takes when it is compressed, while somebody else reads it.</summary>
internal sealed class CompressionMeter(Stream inner) : ReadOnlyStream
{
    private readonly CountingStream _count = new();
    private GZipStream? _gzip;

    private GZipStream Gzip => _gzip ??= new GZipStream(_count, CompressionLevel.Optimal, leaveOpen: true);

    /// <summary>Reads what is left, which a tar's reader does not ask for, and ends the compression.</summary>
    public async Task<long> FinishAsync(CancellationToken cancellationToken)
    {
        await inner.CopyToAsync(Gzip, cancellationToken);
        await Gzip.DisposeAsync();
        return _count.Length;
    }

    /// <inheritdoc />
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <inheritdoc />
    public override int Read(Span<byte> buffer)
    {
        var read = inner.Read(buffer);
        Gzip.Write(buffer[..read]);
        return read;
    }

    /// <inheritdoc />
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await inner.ReadAsync(buffer, cancellationToken);
        await Gzip.WriteAsync(buffer[..read], cancellationToken);
        return read;
    }

    /// <inheritdoc />
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _gzip?.Dispose();
            _count.Dispose();
        }
        base.Dispose(disposing);
    }

    /// <summary>Counts what is written to it and keeps nothing.</summary>
    private sealed class CountingStream : Stream
    {
        private long _length;

        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => _length;

        public override long Position
        {
            get => _length;
            set => throw new NotSupportedException();
        }

        public override void Write(byte[] buffer, int offset, int count) => _length += count;

        public override void Write(ReadOnlySpan<byte> buffer) => _length += buffer.Length;

        public override void Flush() { }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
