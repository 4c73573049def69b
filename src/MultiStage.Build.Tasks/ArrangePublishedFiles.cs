using Microsoft.Build.Framework;
using MultiStage.Build.Pipeline;
using MultiStage.Build.Pipeline.InBuilder;

namespace MultiStage.Build.Tasks;

/// <summary>Inside the builder, after publish: puts what packages brought into a folder of its own, and dates all files.</summary>
[MSBuildMultiThreadableTask]
public sealed class ArrangePublishedFiles : MultiStageTask
{
    /// <summary><c>PublishDir</c>, absolute.</summary>
    [Required]
    public string PublishFolder { get; set; } = "";

    /// <summary><c>MultiStagePackagesFolder</c>.</summary>
    [Required]
    public string PackagesFolder { get; set; } = "";

    /// <summary><c>ResolvedFileToPublish</c> items, with the <c>NuGetPackageId</c> of those that a package brought.</summary>
    public ITaskItem[] Files { get; set; } = [];

    /// <summary><c>SOURCE_DATE_EPOCH</c>; empty leaves the times of the app's own files alone.</summary>
    public string SourceDate { get; set; } = "";

    /// <inheritdoc />
    protected override Task RunAsync(TargetRun run, CancellationToken cancellationToken)
    {
        // To NuGet a referenced project is a package as well.
        var packages = Files
            .Where(file => file.GetMetadata("NuGetPackageId").Length > 0 && file.GetMetadata("MSBuildSourceProjectFile").Length == 0)
            .Select(file => file.GetMetadata("RelativePath").Replace('\\', '/'));
        PublishedFiles.Arrange(PublishFolder, PackagesFolder, packages.Where(path => path.Length > 0), SourceDate);
        return Task.CompletedTask;
    }
}
