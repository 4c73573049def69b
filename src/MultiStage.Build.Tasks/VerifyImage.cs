using Microsoft.Build.Framework;
using MultiStage.Build.Pipeline;

namespace MultiStage.Build.Tasks;

/// <summary>Runs the image before it gets a name, and fails the build unless it works. Nothing of the container stays.</summary>
[MSBuildMultiThreadableTask]
public sealed class VerifyImage : MultiStageTask
{
    /// <summary><c>ContainerHealthcheckInterval</c>; this and the following count for an image without a health check of its own.</summary>
    public string Interval { get; set; } = "";

    /// <summary><c>ContainerHealthcheckTimeout</c>.</summary>
    public string Timeout { get; set; } = "";

    /// <summary><c>ContainerHealthcheckStartPeriod</c>.</summary>
    public string StartPeriod { get; set; } = "";

    /// <summary><c>ContainerHealthcheckRetries</c>.</summary>
    public string Retries { get; set; } = "";

    /// <inheritdoc />
    protected override Task RunAsync(TargetRun run, CancellationToken cancellationToken) =>
        new VerifyTarget(run)
        {
            Interval = Interval,
            Timeout = Timeout,
            StartPeriod = StartPeriod,
            Retries = Retries,
        }.RunAsync(cancellationToken);
}
