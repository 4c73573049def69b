using System.Globalization;
using MultiStage.Build.Diagnostics;
using MultiStage.Build.Engines.Progress;

namespace MultiStage.Build.Tests.Engines;

/// <summary>Real answers of Docker 28.5.2 to <c>POST /build</c>, checked in as <c>answer.jsonl</c>, and what is made of them.</summary>
[TestClass]
public sealed class BuildAnswerTests
{
    [TestMethod]
    [DataRow("build-cold")]
    [DataRow("build-noop")]
    [DataRow("build-edit")]
    [DataRow("build-error")]
    [DataRow("build-parallel-error")]
    [DataRow("build-classic")]
    [DataRow("build-classic-noop")]
    [DataRow("build-classic-error")]
    public void An_answer_becomes_events_and_lines(string caseName)
    {
        // The classic builder tells no times, so for its steps the clock stands still.
        var clock = new StoppedClock();
        var progress = new BuildProgress(clock);
        var (events, brief, detailed) = (new List<string>(), new List<string>(), new List<string>());
        var output = new BuildOutput(new Collector(Take), ".multistage.Dockerfile", clock);
        foreach (var line in Snapshot.Read(caseName, "answer.jsonl").Split('\n'))
        {
            if (line.Trim() is { Length: > 0 } json)
            {
                output.Add(json);
            }
        }

        try
        {
            events.Add("image " + output.Finish());
            Show(progress.Finish());
        }
        catch (MultiStageException e)
        {
            events.Add("error " + e.Message);
            brief.AddRange(progress.FailureTail);
        }

        Snapshot.Match(caseName, "events.txt", string.Join('\n', events) + "\n");
        Snapshot.Match(caseName, "minimal.txt", string.Join('\n', brief) + "\n");
        Snapshot.Match(caseName, "normal.txt", string.Join('\n', detailed) + "\n");

        void Take(BuildEvent value)
        {
            events.Add(Describe(value));
            Show(progress.Add(value));
        }

        void Show(IEnumerable<ProgressLine> lines)
        {
            foreach (var line in lines)
            {
                detailed.Add(line.Text);
                if (!line.IsDetail)
                {
                    brief.Add(line.Text);
                }
            }
        }
    }

    private static string Describe(BuildEvent value) =>
        value switch
        {
            StepStarted step => $"started {Short(step.Step)} {step.Name}",
            StepCompleted step => $"completed {Short(step.Step)} {Took(step)}{(step.Error is null ? "" : " error " + step.Error)}",
            StepOutput output => $"output {Short(output.Step)} {output.Text}",
            _ => value.ToString(),
        };

    private static string Took(StepCompleted step) =>
        step.Cached ? "cached" : step.Duration.TotalMilliseconds.ToString(CultureInfo.InvariantCulture);

    private static string Short(string step) => step.Length > 15 ? step[7..15] : step;

    private sealed class Collector(Action<BuildEvent> take) : IProgress<BuildEvent>
    {
        public void Report(BuildEvent value) => take(value);
    }

    private sealed class StoppedClock : TimeProvider
    {
        public override long GetTimestamp() => 0;
    }
}
