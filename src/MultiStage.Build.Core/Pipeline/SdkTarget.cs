using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using MultiStage.Build.Diagnostics;
using MultiStage.Build.Engines;
using MultiStage.Build.Engines.Archives;
using MultiStage.Build.Images;
using MultiStage.Build.Registries;
using MultiStage.Build.Stages;

namespace MultiStage.Build.Pipeline;

/// <summary><c>BuildMultiStageImage</c> without a daemon: the .NET SDK publishes here and writes an archive for each platform.</summary>
public sealed class SdkTarget(TargetRun run)
{
    private const string Folder = "sdk";

    /// <summary>Says how to call the SDK.</summary>
    /// <param name="machine">The SDK's own runtime identifier, whose architecture counts where nothing chooses one.</param>
    /// <param name="sdkVersion"><c>NETCoreSdkVersion</c>.</param>
    public SdkPublish Prepare(string machine, string sdkVersion)
    {
        var facts = run.ReadFacts();
        var isMusl = facts.Publish.IsMusl;
        ImmutableArray<string> identifiers = facts.Container.Platforms.IsEmpty
            ? [facts.Publish.RuntimeIdentifier ?? new RuntimeIdentifier(machine.Split('-')[^1], isMusl).ToString()]
            : [.. facts.Container.Platforms.Select(platform => RuntimeIdentifier.Of(platform, isMusl)!.ToString())];
        run.Tell(
            $"Publishing on this machine with SDK {sdkVersion} for {string.Join(" and ", identifiers)}, and making the image with it: "
                + "the image gets what this machine makes"
        );
        var isOne = identifiers.Length == 1;
        return new(
            HostPublish.Properties(facts.Publish with { RuntimeIdentifier = isOne ? identifiers[0] : null }, run),
            [
                KeyValuePair.Create("_CommandLineDefinedOutputPath", "true"),
                KeyValuePair.Create("ContainerRuntimeIdentifiers", ""),
                // The images of an index have its form, as in an archive that the SDK makes for several platforms.
                .. isOne ? [] : new[] { KeyValuePair.Create("ContainerImageFormat", "OCI") },
                // The SDK delivers nothing: that comes after the gate.
                KeyValuePair.Create("ContainerRegistry", ""),
                KeyValuePair.Create("RegistryUrl", ""),
                KeyValuePair.Create("LocalRegistry", ""),
            ],
            isOne ? [] : identifiers,
            [
                .. identifiers.Select(
                    (identifier, number) =>
                        ImmutableArray.Create(
                            KeyValuePair.Create("RuntimeIdentifier", identifier),
                            KeyValuePair.Create("ContainerRuntimeIdentifier", identifier),
                            // Empty, as nothing of an earlier publish may get into the image.
                            KeyValuePair.Create("PublishDir", run.Path($"{Folder}/{number}/publish") + "/"),
                            KeyValuePair.Create("ContainerArchiveOutputPath", ArchivePath(number))
                        )
                ),
            ]
        );
    }

    /// <summary>Makes sure that the SDK can read the base image, before anything is published.</summary>
    /// <exception cref="MultiStageException"><see cref="Codes.BaseRegistryUnreachable"/>.</exception>
    public Task RequireBaseAsync(CancellationToken cancellationToken) =>
        RegistryProbe.RequireAsync(run.ReadFacts().Container.BaseImage, cancellationToken);

    /// <summary>Takes the images over, and writes <c>image.json</c>.</summary>
    /// <param name="images">The image of each platform, in the order in which they were asked for.</param>
    /// <param name="archiveOutputPath"><c>ContainerArchiveOutputPath</c>.</param>
    /// <param name="localRegistry"><c>LocalRegistry</c>; empty asks no daemon.</param>
    /// <exception cref="MultiStageException"><see cref="Codes.SdkImageUnusable"/>, <see cref="Codes.ValueNotUnderstood"/>.</exception>
    public void Take(ImmutableArray<SdkContainer> images, string archiveOutputPath, string localRegistry)
    {
        if (images.IsEmpty || images.Where((image, number) => !IsWhole(image, number)).Any())
        {
            throw Codes.SdkImageUnusable.Error(run.ProjectName);
        }

        var facts = run.ReadFacts();
        var plan = run.ReadPlan();
        var names = ImageNames.Of(facts.Container, plan, plan.Stages[^1], "");
        var archives = images
            .Select((one, number) => one.In(ArchivePath(number)))
            .ToImmutableArray();
        var index = archives.Length > 1 ? Index(archives, names) : null;
        var image = index?.Whole ?? archives[0];
        var loadWith = LoadWith(localRegistry);
        var push = facts.Container.Registry.Length > 0 && archiveOutputPath.Length == 0;
        run.Write(
            PipelineFiles.Image,
            new BuiltImage(
                ArchiveStore.IdOf(image),
                plan.Stages[^1].Name,
                facts.Container.BaseImage,
                names
            )
            {
                Engine = EngineKind.Sdk,
                InArchive = image,
                Platforms = index?.Platforms ?? [],
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

    private string ArchivePath(int number) => run.Path($"{Folder}/{number}/image.tar");

    private bool IsWhole(SdkContainer image, int number) =>
        File.Exists(ArchivePath(number))
        && "sha256:" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(image.Manifest))) == image.ManifestDigest;

    private ImageIndex Index(ImmutableArray<ImageArchive> images, ImmutableArray<string> names)
    {
        try
        {
            using var writer = new IndexWriter(run.Path($"{Folder}/index.tar"));
            foreach (var image in images)
            {
                writer.Add(image);
            }

            return writer.Finish(names);
        }
        catch (InvalidDataException e)
        {
            throw new MultiStageException(Codes.SdkImageUnusable.With(run.ProjectName), e);
        }
    }
}
