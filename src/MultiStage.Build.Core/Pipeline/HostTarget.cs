using System.Collections.Immutable;
using MultiStage.Build.Diagnostics;

namespace MultiStage.Build.Pipeline;

/// <summary><c>PublishMultiStageOnHost</c>: empties the folder that a publish on this machine fills, and says how to publish.</summary>
public sealed class HostTarget(TargetRun run)
{
    /// <summary><c>ContainerPublishMode</c>, for the message.</summary>
    public required string PublishMode { get; init; }

    /// <summary><c>NETCoreSdkVersion</c>.</summary>
    public required string SdkVersion { get; init; }

    /// <summary>Runs the target.</summary>
    /// <exception cref="MultiStageException"><see cref="Codes.NothingToPublishOnHost"/>, <see cref="Codes.FileNotWritten"/>.</exception>
    /// <returns>The properties of the publish: those of its restore, and those that the publish has beside them.</returns>
    public (ImmutableArray<KeyValuePair<string, string>> Restore, ImmutableArray<KeyValuePair<string, string>> Publish) Run()
    {
        var facts = run.ReadFacts();
        var publish = HostPublish.Of(facts)
            ?? throw Codes.NothingToPublishOnHost.ErrorAbout(
                "ContainerPublishMode",
                PublishMode.Length > 0 ? PublishMode : "not set",
                "the publish runs in the builder stage. PublishMultiStageOnHost takes it to be Host"
            );
        PipelineFile.WriteText(run.Path(PipelineFiles.Published), publish.Begin());
        run.Tell(
            $"Publishing on this machine with SDK {SdkVersion} for {facts.Publish.RuntimeIdentifier}, and not in a container: the image "
                + "gets what this machine makes"
        );
        return (
            HostPublish.Properties(facts.Publish, run),
            [
                KeyValuePair.Create("PublishDir", publish.App + "/"),
                KeyValuePair.Create("_CommandLineDefinedOutputPath", "true"),
                KeyValuePair.Create("MultiStagePackagesFolder", publish.Packages),
                KeyValuePair.Create("SOURCE_DATE_EPOCH", HostPublish.Epoch(SourceDate.Of(facts.Closure.Context))),
            ]
        );
    }
}
