using Microsoft.Build.Framework;
using MultiStage.Build.Pipeline;

namespace MultiStage.Build.Tasks;

/// <summary>Empties the folder that a publish on this machine fills for the image, and says how to publish.</summary>
[MSBuildMultiThreadableTask]
public sealed class PrepareHostPublish : PublishPreparation
{
    /// <summary><c>ContainerPublishMode</c>, for the message.</summary>
    public string PublishMode { get; set; } = "";

    /// <inheritdoc />
    protected override Task RunAsync(TargetRun run, CancellationToken cancellationToken) =>
        Give(new HostTarget(run) { PublishMode = PublishMode, SdkVersion = SdkVersion }.Run());
}
