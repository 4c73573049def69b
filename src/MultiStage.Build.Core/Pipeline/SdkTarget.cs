using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using MultiStage.Build.Diagnostics;
using MultiStage.Build.Engines;
using MultiStage.Build.Engines.Archives;
using MultiStage.Build.Registries;
using MultiStage.Build.Stages;

namespace MultiStage.Build.Pipeline;

/// <summary><c>BuildMultiStageImage</c> without a daemon: the .NET SDK publishes here and writes an archive.</summary>
public sealed class SdkTarget(TargetRun run)
{
    private const string Folder = "sdk";

    /// <summary>Says how to call the SDK.</summary>
    /// <param name="machine">The SDK's own runtime identifier, whose architecture counts where nothing chooses one.</param>
    /// <param name="sdkVersion"><c>NETCoreSdkVersion</c>.</param>
    /// <returns>The properties of the restore, and those that the publish has beside them.</returns>
    public (ImmutableArray<KeyValuePair<string, string>> Restore, ImmutableArray<KeyValuePair<string, string>> Publish) Prepare(
        string machine,
        string sdkVersion
    )
    {
        var facts = run.ReadFacts();
        var runtimeIdentifier = facts.Publish.RuntimeIdentifier ?? $"linux-{(facts.Publish.IsMusl ? "musl-" : "")}{machine.Split('-')[^1]}";
        run.Tell(
            $"Publishing on this machine with SDK {sdkVersion} for {runtimeIdentifier}, and making the image with it: the image gets "
                + "what this machine makes"
        );
        return (
            HostPublish.Properties(facts.Publish with { RuntimeIdentifier = runtimeIdentifier }, run),
            [
                // Empty, as nothing of an earlier publish may get into the image.
                KeyValuePair.Create("PublishDir", run.Path($"{Folder}/publish") + "/"),
                KeyValuePair.Create("_CommandLineDefinedOutputPath", "true"),
                KeyValuePair.Create("ContainerRuntimeIdentifier", runtimeIdentifier),
                KeyValuePair.Create("ContainerRuntimeIdentifiers", ""),
                KeyValuePair.Create("ContainerArchiveOutputPath", ArchivePath),
                // The SDK delivers nothing: that comes after the gate.
                KeyValuePair.Create("ContainerRegistry", ""),
                KeyValuePair.Create("RegistryUrl", ""),
                KeyValuePair.Create("LocalRegistry", ""),
            ]
        );
    }

    /// <summary>Makes sure that the SDK can read the base image, before anything is published.</summary>
    /// <exception cref="MultiStageException"><see cref="Codes.BaseRegistryUnreachable"/>.</exception>
    public Task RequireBaseAsync(CancellationToken cancellationToken) =>
        RegistryProbe.RequireAsync(run.ReadFacts().Container.BaseImage, cancellationToken);

    /// <summary>Takes the image over, and writes <c>image.json</c>.</summary>
    /// <param name="manifest">Its manifest, as the SDK returns it.</param>
    /// <param name="mediaType">The manifest's media type.</param>
    /// <param name="archiveOutputPath"><c>ContainerArchiveOutputPath</c>.</param>
    /// <param name="localRegistry"><c>LocalRegistry</c>; empty asks no daemon.</param>
    /// <exception cref="MultiStageException"><see cref="Codes.SdkImageUnusable"/>.</exception>
    public void Take(string manifest, string mediaType, string digest, string configuration, string archiveOutputPath, string localRegistry)
    {
        if (!File.Exists(ArchivePath) || "sha256:" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(manifest))) != digest)
        {
            throw Codes.SdkImageUnusable.Error(run.ProjectName);
        }

        var facts = run.ReadFacts();
        var plan = run.ReadPlan();
        var image = new ImageArchive(ArchivePath, manifest, mediaType, digest, configuration);
        var loadWith = LoadWith(localRegistry);
        var push = facts.Container.Registry.Length > 0 && archiveOutputPath.Length == 0;
        run.Write(
            PipelineFiles.Image,
            new BuiltImage(
                ArchiveStore.IdOf(image),
                plan.Stages[^1].Name,
                facts.Container.BaseImage,
                ImageNames.Of(facts.Container, plan, plan.Stages[^1], "")
            )
            {
                Engine = EngineKind.Sdk,
                InArchive = image,
                Push = push,
                LoadWith = push || archiveOutputPath.Length > 0 ? null : loadWith,
                // No daemon has it: without a path it goes beside the pipeline's files.
                Archive =
                    push || (archiveOutputPath.Length == 0 && loadWith is not null)
                        ? null
                        : BuildTarget.Archive(
                            run,
                            facts.Container.Repository,
                            archiveOutputPath.Length > 0 ? archiveOutputPath : run.Files.Shared + "/"
                        ),
            }
        );
        run.Phase("image made");
    }

    private static string? LoadWith(string localRegistry) =>
        localRegistry.ToUpperInvariant() switch
        {
            "" => null,
            "DOCKER" => "docker",
            "PODMAN" => "podman",
            _ => throw Codes.ValueNotUnderstood.ErrorAbout("LocalRegistry", "LocalRegistry", localRegistry, "Docker or Podman"),
        };

    private string ArchivePath => run.Path($"{Folder}/image.tar");
}
