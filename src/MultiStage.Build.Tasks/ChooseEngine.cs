using Microsoft.Build.Framework;
using MultiStage.Build.Pipeline;

namespace MultiStage.Build.Tasks;

/// <summary>Chooses the engine before anything is built.</summary>
[MSBuildMultiThreadableTask]
public sealed class ChooseEngine : MultiStageTask
{
    /// <summary><c>ContainerBuildEngine</c>; empty for <c>auto</c>.</summary>
    public string EngineName { get; set; } = "";

    /// <summary><c>ContainerTarget</c>.</summary>
    public string Target { get; set; } = "";

    /// <summary><c>ContainerVerify</c>.</summary>
    public string Verify { get; set; } = "";

    /// <summary><c>ContainerBuilder</c>.</summary>
    public string Builder { get; set; } = "";

    /// <summary><c>ContainerArchiveOutputPath</c>.</summary>
    public string ArchiveOutputPath { get; set; } = "";

    /// <summary>Whether the .NET SDK makes the image.</summary>
    [Output]
    public bool IsSdk { get; private set; }

    /// <inheritdoc />
    protected override async Task RunAsync(TargetRun run, CancellationToken cancellationToken)
    {
        var target = new EngineTarget(run)
        {
            Engine = EngineName,
            Target = Target,
            Verify = Verify,
            Builder = Builder,
            ArchiveOutputPath = ArchiveOutputPath,
        };
        IsSdk = await target.IsSdkAsync(cancellationToken);
    }
}
