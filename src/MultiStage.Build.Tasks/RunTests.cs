using Microsoft.Build.Framework;
using MultiStage.Build.Pipeline;

namespace MultiStage.Build.Tasks;

/// <summary>Runs the tests where the stage to build waits for them, copies what they wrote to this machine, and fails the build for each
/// that failed.</summary>
[MSBuildMultiThreadableTask]
public sealed class RunTests : MultiStageTask
{
    /// <summary><c>ContainerTarget</c>; empty for the final stage.</summary>
    public string Target { get; set; } = "";

    /// <summary><c>ContainerNoCache</c>.</summary>
    public string NoCache { get; set; } = "";

    /// <summary><c>ContainerBuildEngine</c>.</summary>
    public string EngineName { get; set; } = "";

    /// <summary><c>ContainerBuilder</c>.</summary>
    public string Builder { get; set; } = "";

    /// <summary><c>VSTestResultsDirectory</c>; empty for <c>TestResults</c> among the pipeline's files.</summary>
    public string ResultsDirectory { get; set; } = "";

    /// <inheritdoc />
    protected override Task RunAsync(TargetRun run, CancellationToken cancellationToken) =>
        new TestTarget(run)
        {
            Target = Target,
            NoCache = NoCache,
            Engine = EngineName,
            Builder = Builder,
            ResultsDirectory = ResultsDirectory,
        }.RunAsync(cancellationToken);
}
