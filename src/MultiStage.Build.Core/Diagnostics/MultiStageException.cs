namespace MultiStage.Build.Diagnostics;

/// <summary>Ends a pipeline stage with a <see cref="Diagnostics.Diagnostic"/> instead of a stack trace.</summary>
public sealed class MultiStageException : Exception
{
    /// <summary>Carries <paramref name="diagnostic"/> to the edge that reports it.</summary>
    /// <param name="innerException">What was caught, where something was.</param>
    public MultiStageException(Diagnostic diagnostic, Exception? innerException = null)
        : base(diagnostic.Message, innerException) => Diagnostic = diagnostic;

    /// <summary>What went wrong.</summary>
    public Diagnostic Diagnostic { get; }

    /// <summary>The daemon's or the registry's own words, without what was asked for; null where nobody else was asked.</summary>
    public string? Reason { get; init; }
}
