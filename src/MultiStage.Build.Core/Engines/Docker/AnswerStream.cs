namespace MultiStage.Build.Engines.Docker;

/// <summary>
/// A large answer of the daemon, as any reader may read it: the client library's own stream fails at a read into an empty buffer, which
/// readers of tar archives do, and at every synchronous read.
/// </summary>
/// <param name="inner">The library's stream. It is disposed with this one.</param>
/// <param name="what">What was asked for, completing "The Docker daemon refused to".</param>
internal sealed class AnswerStream(Stream inner, string what, CancellationToken cancellationToken) : ReadOnlyStream
{
    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken readToken = default)
    {
        if (buffer.IsEmpty)
        {
            return 0;
        }

        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, readToken);
        return await DockerRefusal.AskAsync(what, () => inner.ReadAsync(buffer, either.Token).AsTask(), either.Token);
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
}
