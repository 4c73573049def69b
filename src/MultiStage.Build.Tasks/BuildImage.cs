using Microsoft.Build.Framework;
using MultiStage.Build.Pipeline;

namespace MultiStage.Build.Tasks;

/// <summary>Has the daemon build a stage, without a name, and writes <c>image.json</c>.</summary>
[MSBuildMultiThreadableTask]
public sealed class BuildImage : MultiStageTask
{
    /// <summary>The Dockerfile for people, which gets what hooks have changed; or the one that exists.</summary>
    [Required]
    public string Dockerfile { get; set; } = "";

    /// <summary><c>ContainerTarget</c>; empty for the final stage.</summary>
    public string Target { get; set; } = "";

    /// <summary><c>ContainerTargetTagSuffix</c>.</summary>
    public string TargetTagSuffix { get; set; } = "";

    /// <summary><c>ContainerBuildEngine</c>.</summary>
    public string EngineName { get; set; } = "";

    /// <summary><c>ContainerBuilder</c>.</summary>
    public string Builder { get; set; } = "";

    /// <summary><c>ContainerArchiveOutputPath</c>; where it is set nothing is pushed.</summary>
    public string ArchiveOutputPath { get; set; } = "";

    /// <summary><c>ContainerVerify</c>; checked here, so that a typo does not cost a build.</summary>
    public string Verify { get; set; } = "";

    /// <summary><c>ContainerNoCache</c>.</summary>
    public string NoCache { get; set; } = "";

    /// <inheritdoc />
    protected override Task RunAsync(TargetRun run, CancellationToken cancellationToken) =>
        new BuildTarget(run)
        {
            Dockerfile = Dockerfile,
            Target = Target,
            TargetTagSuffix = TargetTagSuffix,
            Engine = EngineName,
            Builder = Builder,
            ArchiveOutputPath = ArchiveOutputPath,
            Verify = Verify,
            NoCache = NoCache,
        }.RunAsync(cancellationToken);
}
