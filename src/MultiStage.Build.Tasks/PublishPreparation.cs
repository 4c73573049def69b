using System.Collections.Immutable;
using Microsoft.Build.Framework;

namespace MultiStage.Build.Tasks;

/// <summary>Says how to publish on this machine: the properties for the <c>MSBuild</c> task, each as <c>name=value</c>.</summary>
public abstract class PublishPreparation : MultiStageTask
{
    /// <summary><c>NETCoreSdkVersion</c>.</summary>
    [Required]
    public string SdkVersion { get; set; } = "";

    /// <summary><c>ProjectAssetsFile</c>, which the restore writes again.</summary>
    public string AssetsFile { get; set; } = "";

    /// <summary>The properties of the restore.</summary>
    [Output]
    public string[] RestoreProperties { get; private protected set; } = [];

    /// <summary>Those that the publish has beside them.</summary>
    [Output]
    public string[] PublishProperties { get; private set; } = [];

    private protected Task Give(
        (ImmutableArray<KeyValuePair<string, string>> Restore, ImmutableArray<KeyValuePair<string, string>> Publish) properties
    )
    {
        // The SDK keeps what it reads of the file until the build ends, and would not see what the restore in between adds to it.
        ((IBuildEngine4)BuildEngine).UnregisterTaskObject($"LockFileCache:{AssetsFile}", RegisteredTaskObjectLifetime.Build);
        (RestoreProperties, PublishProperties) = (Text(properties.Restore), Text(properties.Publish));
        return Task.CompletedTask;
    }

    private protected static string[] Text(ImmutableArray<KeyValuePair<string, string>> properties) =>
        [.. properties.Select(property => $"{property.Key}={property.Value}")];
}
