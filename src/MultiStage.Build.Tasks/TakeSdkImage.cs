using Microsoft.Build.Framework;
using MultiStage.Build.Pipeline;

namespace MultiStage.Build.Tasks;

/// <summary>Takes over the image that the .NET SDK has written into an archive.</summary>
[MSBuildMultiThreadableTask]
public sealed class TakeSdkImage : MultiStageTask
{
    /// <summary>The <c>GeneratedContainer</c> items of <c>PublishContainer</c>.</summary>
    public ITaskItem[] Containers { get; set; } = [];

    /// <summary><c>ContainerArchiveOutputPath</c>.</summary>
    public string ArchiveOutputPath { get; set; } = "";

    /// <summary><c>LocalRegistry</c>.</summary>
    public string LocalRegistry { get; set; } = "";

    /// <inheritdoc />
    protected override Task RunAsync(TargetRun run, CancellationToken cancellationToken)
    {
        string Of(string name) => Containers.LastOrDefault()?.GetMetadata(name) ?? "";
        new SdkTarget(run).Take(
            Of("Manifest"),
            Of("ManifestMediaType"),
            Of("ManifestDigest"),
            Of("Configuration"),
            ArchiveOutputPath,
            LocalRegistry
        );
        return Task.CompletedTask;
    }
}
