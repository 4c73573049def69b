using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace MultiStage.Build.Engines.Progress;

/// <summary>
/// Turns the classic builder's text into events: <c>Step 2/6 : RUN …</c>, then the step's output and, after arrows,
/// remarks of the builder.
/// Podman's builder writes <c>STEP 2/6: RUN …</c> and is read in the same way.
/// </summary>
/// <param name="clock">Measures steps, which the classic builder does not.</param>
internal sealed partial class ClassicEvents(IProgress<BuildEvent> progress, TimeProvider clock)
{
    private readonly StepLines _lines = new();
    private string? _name;
    private int _steps;
    private bool _cached;
    private long _started;
    private LogSummary _log = new();

    /// <summary>The image's id or the beginning of it, from the text alone; null until the build has ended.</summary>
    public string? ImageId { get; private set; }

    /// <summary>Takes a piece of text.</summary>
    /// <param name="text">The text, cut anywhere.</param>
    public void Add(string text)
    {
        foreach (var line in _lines.Add(Encoding.UTF8.GetBytes(text)))
        {
            AddLine(line);
        }
    }

    /// <summary>Ends the step at hand.</summary>
    /// <param name="error">Why it failed; null where it did not.</param>
    /// <returns>The step with its error; null where none failed or none was at hand.</returns>
    public FailedStep? End(string? error)
    {
        if (_lines.End() is { } last)
        {
            AddLine(last);
        }

        if (_name is not { } name)
        {
            return null;
        }

        _name = null;
        progress.Report(new StepCompleted(Identity, name, _cached, clock.GetElapsedTime(_started), error));
        return error is null ? null : new(name, error, _log);
    }

    private string Identity => _steps.ToString(CultureInfo.InvariantCulture);

    private void AddLine(string line)
    {
        if (StepLine().Match(line) is { Success: true } step)
        {
            End(null);
            _steps++;
            (_cached, _started, _log) = (false, clock.GetTimestamp(), new());
            _name = $"[{step.Groups["number"].Value}] {step.Groups["instruction"].Value}";
            progress.Report(new StepStarted(Identity, _name));
        }
        else if (
            line.TrimStart().StartsWith("---> Using cache", StringComparison.Ordinal)
            || line.StartsWith("--> Using cache", StringComparison.Ordinal)
        )
        {
            _cached = true;
        }
        else if (BuiltLine().Match(line) is { Success: true } built)
        {
            ImageId = built.Groups["id"].Value;
        }
        else if (_name is not null && !RemarkLine().IsMatch(line))
        {
            if (line.Length == 0)
            {
                return;
            }

            _log.Add(line);
            progress.Report(new StepOutput(Identity, line));
        }
    }

    [GeneratedRegex(@"^(\[\d+/\d+\] )?S(tep|TEP) (?<number>\d+/\d+) ?: (?<instruction>.*)$")]
    private static partial Regex StepLine();

    [GeneratedRegex(@"^(Successfully built )?(?<id>[0-9a-f]{12}|[0-9a-f]{64})$")]
    private static partial Regex BuiltLine();

    [GeneratedRegex(@"^( ---> |--> |COMMIT$|Removing intermediate container |Successfully tagged )")]
    private static partial Regex RemarkLine();
}
