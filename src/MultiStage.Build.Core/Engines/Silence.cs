namespace MultiStage.Build.Engines;

/// <summary>Measures how long the other side of a request says nothing, and ends the request when that is too long.</summary>
internal sealed class Silence : IDisposable
{
    private readonly TimeSpan _limit;
    private readonly string _setting;
    private readonly CancellationToken _user;
    private readonly CancellationTokenSource _over;

    /// <summary>Begins to measure.</summary>
    /// <param name="limit">How long it may be.</param>
    /// <param name="setting">The property that says so.</param>
    public Silence(TimeSpan limit, string setting, CancellationToken cancellationToken)
    {
        (_limit, _setting, _user) = (limit, setting, cancellationToken);
        _over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Wait();
    }

    /// <summary>Ends what waits for the other side.</summary>
    public CancellationToken Token => _over.Token;

    /// <summary>From now on the other side is waited for.</summary>
    public void Wait() => _over.CancelAfter(_limit);

    /// <summary>The other side has said something.</summary>
    public void Heard() => _over.CancelAfter(Timeout.InfiniteTimeSpan);

    /// <summary>What has ended the request; null where it was not the silence.</summary>
    public SilenceException? Exceeded =>
        _over.IsCancellationRequested && !_user.IsCancellationRequested ? new SilenceException(_limit, _setting) : null;

    /// <summary>Says what ended the request.</summary>
    /// <param name="exception">What the transport made of it.</param>
    /// <returns>The exception to throw instead; the same one where the silence has not ended the request.</returns>
    public Exception Explain(Exception exception) => Exceeded ?? exception;

    /// <inheritdoc/>
    public void Dispose() => _over.Dispose();
}
