using Microsoft.Build.Framework;
using MultiStage.Build.Pipeline;

namespace MultiStage.Build.Tasks;

/// <summary>Has the daemon pull the base images.</summary>
[MSBuildMultiThreadableTask]
public sealed class PullBaseImages : MultiStageTask
{
    /// <summary><c>ContainerTarget</c>; empty for the final stage.</summary>
    public string Target { get; set; } = "";

    /// <summary><c>ContainerBuildEngine</c>.</summary>
    public string EngineName { get; set; } = "";

    /// <summary><c>ContainerBuilder</c>.</summary>
    public string Builder { get; set; } = "";

    /// <inheritdoc />
    protected override Task RunAsync(TargetRun run, CancellationToken cancellationToken) =>
        new PullTarget(run)
        {
            Target = Target,
            Engine = EngineName,
            Builder = Builder,
        }.RunAsync(cancellationToken);
}
