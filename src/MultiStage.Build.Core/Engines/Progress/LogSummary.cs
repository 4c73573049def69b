namespace MultiStage.Build.Engines.Progress;

/// <summary>Finds the one line of a log that says most about a failure.</summary>
internal sealed class LogSummary
{
    private string? _firstError;
    private string? _last;

    /// <summary>Takes the log's next line.</summary>
    public void Add(string line)
    {
        // The form in which compilers, MSBuild and NuGet report; what comes after the first is often its consequence.
        if (line.Contains(": error ", StringComparison.Ordinal) || line.StartsWith("error ", StringComparison.Ordinal))
        {
            _firstError ??= line.Trim();
        }

        if (!string.IsNullOrWhiteSpace(line))
        {
            _last = line.Trim();
        }
    }

    /// <summary>The first error, else the last line; null for an empty log.</summary>
    public string? Line => _firstError ?? _last;
}
