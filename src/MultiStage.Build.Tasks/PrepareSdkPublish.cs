using Microsoft.Build.Framework;
using MultiStage.Build.Pipeline;

namespace MultiStage.Build.Tasks;

/// <summary>Says how the .NET SDK publishes the project and writes its image into an archive.</summary>
[MSBuildMultiThreadableTask]
public sealed class PrepareSdkPublish : PublishPreparation
{
    /// <summary><c>NETCoreSdkPortableRuntimeIdentifier</c>.</summary>
    [Required]
    public string Machine { get; set; } = "";

    /// <inheritdoc />
    protected override async Task RunAsync(TargetRun run, CancellationToken cancellationToken)
    {
        var target = new SdkTarget(run);
        await target.RequireBaseAsync(cancellationToken);
        await Give(target.Prepare(Machine, SdkVersion));
    }
}
