using Microsoft.Build.Framework;
using MultiStage.Build.Pipeline;
using TaskItem = Microsoft.Build.Utilities.TaskItem;

namespace MultiStage.Build.Tasks;

/// <summary>Gives the image its names, and pushes or saves it. It runs after the gate alone.</summary>
[MSBuildMultiThreadableTask]
public sealed class DeliverImage : MultiStageTask
{
    /// <summary>The image, with the metadata of the .NET SDK's item of the same name, and more.</summary>
    [Output]
    public ITaskItem[] GeneratedContainer { get; private set; } = [];

    /// <summary>The names that the image got.</summary>
    [Output]
    public ITaskItem[] GeneratedContainerName { get; private set; } = [];

    /// <summary>The manifest's digest, where the image was pushed.</summary>
    [Output]
    public string GeneratedContainerDigest { get; private set; } = "";

    /// <summary>The image's configuration, as JSON.</summary>
    [Output]
    public string GeneratedContainerConfiguration { get; private set; } = "";

    /// <summary>The image's manifest, as JSON, where it was pushed and the registry shows it.</summary>
    [Output]
    public string GeneratedContainerManifest { get; private set; } = "";

    /// <summary>The manifest's media type.</summary>
    [Output]
    public string GeneratedContainerMediaType { get; private set; } = "";

    /// <summary>The index of the images, as JSON, where the image is for several platforms.</summary>
    [Output]
    public string GeneratedImageIndex { get; private set; } = "";

    /// <summary>The archive's absolute path, where one was written.</summary>
    [Output]
    public string GeneratedArchiveOutputPath { get; private set; } = "";

    /// <inheritdoc />
    protected override async Task RunAsync(TargetRun run, CancellationToken cancellationToken)
    {
        var delivery = await new DeliverTarget(run).RunAsync(cancellationToken);
        GeneratedContainer = delivery.Platforms.IsEmpty ? [Item(delivery)] : [.. delivery.Platforms.Select(Item)];
        GeneratedImageIndex = delivery.Platforms.IsEmpty ? "" : delivery.Manifest;
        GeneratedContainerName = [.. delivery.Names.Select(name => new TaskItem(name))];
        GeneratedContainerDigest = delivery.ManifestDigest;
        GeneratedContainerConfiguration = delivery.Configuration;
        GeneratedContainerManifest = delivery.Manifest;
        GeneratedContainerMediaType = delivery.ManifestMediaType;
        GeneratedArchiveOutputPath = delivery.Archive;
    }

    private static TaskItem Item(Delivery delivery)
    {
        var item = new TaskItem("GeneratedContainer");
        item.SetMetadata("ImageId", delivery.ImageId);
        item.SetMetadata("Names", string.Join(';', delivery.Names));
        item.SetMetadata("Stage", delivery.Stage);
        item.SetMetadata("Platform", delivery.Platform);
        item.SetMetadata("Size", delivery.Size);
        item.SetMetadata("AppSize", delivery.AppSize);
        item.SetMetadata("Report", delivery.Report);
        item.SetMetadata("Verified", delivery.Verified);
        item.SetMetadata("TestResults", delivery.TestResults);
        item.SetMetadata("Manifest", delivery.Manifest);
        item.SetMetadata("Configuration", delivery.Configuration);
        item.SetMetadata("ManifestDigest", delivery.ManifestDigest);
        item.SetMetadata("ManifestMediaType", delivery.ManifestMediaType);
        return item;
    }
}
