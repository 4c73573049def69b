using System.Globalization;

namespace MultiStage.Build.Engines.Progress;

/// <summary>A line of a build's log.</summary>
/// <param name="Text">The line, indented below the build's own heading.</param>
/// <param name="IsDetail">Whether only a reader who asked for details wants it (MSBuild's normal verbosity, not minimal).</param>
internal sealed record ProgressLine(string Text, bool IsDetail);

/// <summary>
/// What a person sees of a build. In short: the steps that took time, and up to which step of each stage the cache served. In detail: each
/// step as it begins, and what it writes. Pure: events in, lines out.
/// </summary>
/// <param name="clock">Measures the whole build.</param>
internal sealed class BuildProgress(TimeProvider clock)
{
    // As wide as the narrowest terminal in use, with the time in a column of its own.
    private const int Width = 79;

    // Shorter waits need no explanation.
    private static readonly TimeSpan Noticeable = TimeSpan.FromSeconds(0.5);

    // A context of this size is most often a forgotten folder.
    private const long LargeContext = 100_000_000;

    private readonly long _started = clock.GetTimestamp();
    private readonly Dictionary<string, RunningStep> _steps = new(StringComparer.Ordinal);
    private readonly List<CachedRun> _cached = [];
    private int _cachedSteps;
    private int _builtSteps;

    /// <summary>How many lines of a failed step's log are kept.</summary>
    public const int TailLength = 30;

    /// <summary>
    /// The failed step's own last lines, under a heading that names it, if they were not shown as they came; empty where no step failed.
    /// </summary>
    public IReadOnlyList<string> FailureTail { get; private set; } = [];

    /// <summary>Takes the next event.</summary>
    /// <returns>The lines to show now.</returns>
    public IReadOnlyList<ProgressLine> Add(BuildEvent value) =>
        value switch
        {
            StepStarted step => Start(step),
            StepOutput output => Say(output),
            StepCompleted { Error: not null } step => Fail(step, step.Error),
            StepCompleted step => Complete(step),
            ContextSent context => [Describe(context)],
            BuildWarning warning => [new($"  {warning.Text}", IsDetail: true)],
            Notice notice => [new($"  {notice.Text}", notice.IsDetail)],
            _ => [],
        };

    /// <summary>Ends a build that succeeded.</summary>
    /// <returns>The lines to show at the end.</returns>
    public IReadOnlyList<ProgressLine> Finish()
    {
        if (_builtSteps == 0)
        {
            return [new($"  {Steps(_cachedSteps)}, {(_cachedSteps == 1 ? "" : "all ")}cached", IsDetail: false)];
        }

        var cached = _cachedSteps == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $", {_cachedSteps} cached");
        var total = Columns(Steps(_cachedSteps + _builtSteps) + cached, DurationText(clock.GetElapsedTime(_started)));
        return [.. _cached.ToList().SelectMany(run => TakeCached(run.Last.Stage)), new(total, IsDetail: false)];
    }

    private IReadOnlyList<ProgressLine> Start(StepStarted started)
    {
        // A base image runs twice: looked up, then fetched.
        if (!_steps.TryGetValue(started.Step, out var step))
        {
            _steps.Add(started.Step, step = new(StepName.Parse(started.Name)));
        }

        return step.Name.IsRun ? [.. TakeCached(step.Name.Stage), new("  " + step.Name.Text, IsDetail: true)]
            : step.Name.IsBase ? [new("  " + step.Name.Text, IsDetail: true)]
            : [];
    }

    private IReadOnlyList<ProgressLine> Say(StepOutput output)
    {
        if (!_steps.TryGetValue(output.Step, out var step))
        {
            return [new("    " + output.Text, IsDetail: true)];
        }

        step.Tail.Enqueue(output.Text);
        step.Lines++;
        if (step.Tail.Count > TailLength)
        {
            step.Tail.Dequeue();
        }

        // Stages run at the same time, so each line says whose it is.
        return [new($"    {step.Name.Tag} {output.Text}", IsDetail: true)];
    }

    private IReadOnlyList<ProgressLine> Complete(StepCompleted completed)
    {
        var step = StepOf(completed);
        var isShort = completed.Duration < Noticeable;
        var line = Columns(step.Name.Text, DurationText(completed.Duration));
        if (step.Name.IsInternal)
        {
            return isShort ? [] : [new(line, IsDetail: false)];
        }

        // A base image that is there already is as good as cached.
        var cached = completed.Cached || (step.Name.IsBase && isShort);
        Count(step, cached);
        if (cached)
        {
            return [];
        }

        return [.. TakeCached(step.Name.Stage), new(line, isShort && !step.Name.IsRun)];
    }

    private List<ProgressLine> Fail(StepCompleted completed, string error)
    {
        var step = StepOf(completed);
        var cancelled = error.Contains("context canceled", StringComparison.OrdinalIgnoreCase) || error == "CANCELED";
        if (cancelled)
        {
            return [new(Columns(step.Name.Text, "cancelled"), IsDetail: true)];
        }

        if (step.Tail.Count > 0)
        {
            var shown =
                step.Lines > step.Tail.Count
                    ? string.Create(CultureInfo.InvariantCulture, $"the last {step.Tail.Count} of {step.Lines} lines")
                    : "the log";
            FailureTail =
            [
                $"  {shown} of {(step.Name.IsInternal ? step.Name.Text : step.Name.Tag)}:",
                .. step.Tail.Select(line => "    " + line),
            ];
        }

        return
        [
            .. TakeCached(step.Name.Stage),
            new(Columns(step.Name.Text, "failed, " + DurationText(completed.Duration)), IsDetail: false),
        ];
    }

    private RunningStep StepOf(StepCompleted completed) =>
        _steps.TryGetValue(completed.Step, out var step) ? step : _steps[completed.Step] = new(StepName.Parse(completed.Name));

    private void Count(RunningStep step, bool cached)
    {
        if (step.IsCounted)
        {
            return;
        }

        step.IsCounted = true;
        if (!cached)
        {
            _builtSteps++;
            return;
        }

        _cachedSteps++;
        if (_cached.Find(run => run.Last.Stage == step.Name.Stage) is { } known)
        {
            known.Add(step.Name);
        }
        else
        {
            _cached.Add(new(step.Name));
        }
    }

    // How far the cache served a stage is worth a line where it saved a command.
    private List<ProgressLine> TakeCached(string stage)
    {
        var runs = _cached.FindAll(run => run.Last.Stage == stage);
        _cached.RemoveAll(runs.Contains);
        return runs.ConvertAll(run => new ProgressLine(Columns(run.Text, "cached"), IsDetail: !run.HasCommand));
    }

    private static ProgressLine Describe(ContextSent context)
    {
        var size = string.Create(CultureInfo.InvariantCulture, $"{context.Bytes / 1e6:0.0} MB");
        var text = string.Create(CultureInfo.InvariantCulture, $"  context: {context.Files} files, {size}");
        return context.Bytes < LargeContext
            ? new(text, IsDetail: true)
            : new(text + "; the ignore file may miss a folder", IsDetail: false);
    }

    private static string Steps(int count) => string.Create(CultureInfo.InvariantCulture, $"{count} {(count == 1 ? "step" : "steps")}");

    private static string DurationText(TimeSpan duration) =>
        duration < TimeSpan.FromSeconds(100)
            ? string.Create(CultureInfo.InvariantCulture, $"{duration.TotalSeconds:0.0} s")
            : string.Create(CultureInfo.InvariantCulture, $"{(int)duration.TotalMinutes} min {duration.Seconds:00} s");

    private static string Columns(string text, string right)
    {
        var room = Width - 2 - 2 - right.Length;
        var left = text.Length <= room ? text : text[..(room - 3)].TrimEnd() + "...";
        return $"  {left}{new string(' ', Width - 2 - left.Length - right.Length)}{right}";
    }

    private sealed class RunningStep(StepName name)
    {
        public StepName Name { get; } = name;

        public Queue<string> Tail { get; } = new();

        public int Lines { get; set; }

        public bool IsCounted { get; set; }
    }

    // Steps of one stage that came from the cache, one after the other.
    private sealed class CachedRun(StepName first)
    {
        private int _first = first.Number;

        public StepName Last { get; private set; } = first;

        public bool HasCommand { get; private set; } = first.IsRun;

        public string Text => $"{Last.TagFrom(_first)} {Last.Instruction}";

        public void Add(StepName name)
        {
            _first = Math.Min(_first, name.Number);
            HasCommand |= name.IsRun;
            if (name.Number > Last.Number)
            {
                Last = name;
            }
        }
    }
}
