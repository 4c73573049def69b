using Microsoft.Build.Framework;
using MultiStage.Build.Pipeline;

namespace MultiStage.Build.Tasks;

/// <summary>Takes over the images that the .NET SDK has written into archives.</summary>
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
        new SdkTarget(run).Take(
            [
                // The SDK returns an image once for each of its tags.
                .. Containers
                    .Select(item => new SdkContainer(
                        item.GetMetadata("Manifest"),
                        item.GetMetadata("ManifestMediaType"),
                        item.GetMetadata("ManifestDigest"),
                        item.GetMetadata("Configuration")
                    ))
                    .DistinctBy(image => image.ManifestDigest),
            ],
            ArchiveOutputPath,
            LocalRegistry
        );
        return Task.CompletedTask;
    }
}
