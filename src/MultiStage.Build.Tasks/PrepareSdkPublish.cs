using System.Collections.Immutable;
using Microsoft.Build.Framework;
using MultiStage.Build.Pipeline;

namespace MultiStage.Build.Tasks;

/// <summary>Says how the .NET SDK shall publish the project and write its image into an archive.</summary>
[MSBuildMultiThreadableTask]
public sealed class PrepareSdkPublish : MultiStageTask
{
    /// <summary><c>NETCoreSdkPortableRuntimeIdentifier</c>.</summary>
    [Required]
    public string Machine { get; set; } = "";

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
        var (restore, publish) = new SdkTarget(run).Prepare(Machine, SdkVersion);
        (RestoreProperties, PublishProperties) = (Text(restore), Text(publish));
        return Task.CompletedTask;
    }

    private static string[] Text(ImmutableArray<KeyValuePair<string, string>> properties) =>
        [.. properties.Select(property => $"{property.Key}={property.Value}")];
}
