using System.Collections.Immutable;
using Microsoft.Build.Framework;
using MultiStage.Build.Pipeline;

namespace MultiStage.Build.Tasks;

/// <summary>Empties the folder that a publish on this machine fills for the image, and says how to publish.</summary>
[MSBuildMultiThreadableTask]
public sealed class PrepareHostPublish : MultiStageTask
{
    /// <summary><c>ContainerPublishMode</c>, for the message.</summary>
    public string PublishMode { get; set; } = "";

    /// <summary><c>NETCoreSdkVersion</c>.</summary>
    [Required]
    public string SdkVersion { get; set; } = "";

    /// <summary>The properties of the restore, for the <c>MSBuild</c> task.</summary>
    [Output]
    public string[] RestoreProperties { get; private set; } = [];

    /// <summary>Those that the publish has beside them.</summary>
    [Output]
    public string[] PublishProperties { get; private set; } = [];

    /// <inheritdoc />
    protected override Task RunAsync(TargetRun run, CancellationToken cancellationToken)
    {
        var (restore, publish) = new HostTarget(run) { PublishMode = PublishMode, SdkVersion = SdkVersion }.Run();
        (RestoreProperties, PublishProperties) = (Text(restore), Text(publish));
        return Task.CompletedTask;
    }

    private static string[] Text(ImmutableArray<KeyValuePair<string, string>> properties) =>
        [.. properties.Select(property => $"{property.Key}={property.Value}")];
}
