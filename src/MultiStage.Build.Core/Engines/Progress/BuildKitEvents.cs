namespace MultiStage.Build.Engines.Progress;

/// <summary>
/// Turns BuildKit's progress into events. BuildKit tells the state of a step each time it changes, sometimes more than once; an event tells
/// a change once. A step can run twice: a base image is first resolved and later fetched.
/// </summary>
/// <param name="nameOf">Gives a step the name that is shown.</param>
internal sealed class BuildKitEvents(IProgress<BuildEvent> progress, Func<string, string> nameOf)
{
    private readonly Dictionary<string, Step> _steps = new(StringComparer.Ordinal);
    private readonly List<FailedStep> _failures = [];

    /// <summary>The steps that ended with an error, in the order they did.</summary>
    public IReadOnlyList<FailedStep> Failures => _failures;

    /// <summary>Takes a message.</summary>
    public void Add(BuildKitStatus status)
    {
        // A step's last words can come in the message that ends it.
        foreach (var log in status.Logs)
        {
            var step = StepOf(log.Vertex);
            step.Say(progress, step.Lines(log.Stream).Add(log.Content.AsSpan()));
        }

        foreach (var vertex in status.Vertices)
        {
            Add(vertex with { Name = nameOf(vertex.Name) });
        }

        foreach (var warning in status.Warnings)
        {
            progress.Report(new BuildWarning(warning));
        }
    }

    private void Add(BuildKitVertex vertex)
    {
        var step = StepOf(vertex.Digest);
        if (vertex.Started is null && vertex.Error is null)
        {
            return;
        }

        if (!step.Running && (step.Runs == 0 || vertex.Completed is null))
        {
            step.Running = true;
            step.Runs++;

            // A step that has ended before its beginning was reported, as most cached steps have, gets no line for its beginning.
            if (vertex.Completed is null)
            {
                progress.Report(new StepStarted(vertex.Digest, vertex.Name));
            }
        }

        if (!step.Running || (vertex.Completed is null && vertex.Error is null))
        {
            return;
        }

        step.Running = false;
        step.End(progress);
        var duration = vertex.Completed - vertex.Started ?? TimeSpan.Zero;
        progress.Report(new StepCompleted(vertex.Digest, vertex.Name, vertex.Cached, duration, vertex.Error));
        if (vertex.Error is not null)
        {
            _failures.Add(new(vertex.Name, vertex.Error, step.Summary));
        }
    }

    private Step StepOf(string digest)
    {
        if (!_steps.TryGetValue(digest, out var step))
        {
            _steps.Add(digest, step = new(digest));
        }

        return step;
    }

    private sealed class Step(string digest)
    {
        private readonly StepLines _output = new();
        private readonly StepLines _errors = new();

        public bool Running { get; set; }

        public int Runs { get; set; }

        public LogSummary Summary { get; } = new();

        public StepLines Lines(int stream) => stream == 2 ? _errors : _output;

        public void Say(IProgress<BuildEvent> progress, IEnumerable<string> lines)
        {
            foreach (var line in lines)
            {
                Summary.Add(line);
                progress.Report(new StepOutput(digest, line));
            }
        }

        public void End(IProgress<BuildEvent> progress)
        {
            foreach (var lines in new[] { _errors, _output })
            {
                Say(progress, lines.End() is { } last ? [last] : []);
            }
        }
    }
}

/// <summary>A step that failed, or was cancelled because another one did.</summary>
/// <param name="Log">The one line of its log that says most.</param>
internal sealed record FailedStep(string Name, string Error, LogSummary Log);
