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

    /// <summary>Those that the publish for one platform has beside them, for each platform: a list with semicolons.</summary>
    [Output]
    public string[] PlatformProperties { get; private set; } = [];

    /// <inheritdoc />
    protected override async Task RunAsync(TargetRun run, CancellationToken cancellationToken)
    {
        var target = new SdkTarget(run);
        await target.RequireBaseAsync(cancellationToken);
        var publish = target.Prepare(Machine, SdkVersion);
        PlatformProperties = [.. publish.Platforms.Select(platform => string.Join(';', Text(platform)))];
        await Give((publish.Restore, publish.Publish));
        if (publish.RuntimeIdentifiers is [var first, .. var others])
        {
            // The MSBuild task takes an entry without a name as one more value of the property before it.
            RestoreProperties = [.. RestoreProperties, $"RuntimeIdentifiers={first}", .. others];
        }
    }
}
