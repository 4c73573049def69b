using Docker.DotNet;
using Docker.DotNet.Models;
using MultiStage.Build.Diagnostics;
using MultiStage.Build.Engines.Progress;
using MultiStage.Build.Images;
using MultiStage.Build.Registries;
using Platform = MultiStage.Build.Images.Platform;

namespace MultiStage.Build.Engines.Docker;

/// <summary>
/// Fetches base images before a build. BuildKit itself cannot fetch from a registry that wants a login, nor from Docker Hub, when it is
/// asked over the Engine API without a session.
/// </summary>
/// <param name="options">How long to wait before another attempt.</param>
/// <param name="progress">Told what is pulled.</param>
internal sealed class ImagePull(DockerClient client, RegistryCredentials credentials, EngineOptions options, IProgress<BuildEvent> progress)
{
    /// <summary>Pulls an image where the daemon does not have it for the platform.</summary>
    /// <param name="platform">The platform; null for the daemon's own.</param>
    /// <param name="describe">Describes an image that the daemon has.</param>
    /// <exception cref="MultiStageException"><see cref="Codes.BaseImageUnavailable"/>.</exception>
    public async Task EnsureAsync(
        string name,
        Platform? platform,
        Func<string, CancellationToken, Task<ImageDescription?>> describe,
        CancellationToken cancellationToken
    )
    {
        // The empty image is a word of the Dockerfile.
        if (name == ScratchImage.Name)
        {
            return;
        }

        var present = await describe(name, cancellationToken);
        if (present is not null && (platform is null || present.Platform == platform))
        {
            return;
        }

        // Of an image that is there for another platform, the platform is what is missing.
        var missing = present is null ? "" : $" for {platform} (only for {present.Platform})";

        if (ImageReference.TryParse(name) is not { } reference)
        {
            throw Codes.BaseImageUnavailable.Error(
                name,
                missing,
                "it is not a valid image name",
                "Write it as [registry/]repository[:tag]"
            );
        }

        var login = await credentials.ForPullAsync(reference.Registry, Environment.GetEnvironmentVariable, cancellationToken);
        var error = await RegistryRetry.RunAsync(
            $"Pulling {reference}",
            () => PullAsync(reference, platform, DockerAuth.Of(login.Auth), cancellationToken),
            options.FirstRetry,
            progress,
            cancellationToken
        );
        if (error is not null)
        {
            throw Codes.BaseImageUnavailable.Error(
                name,
                missing,
                login.Problem is null ? error : $"{error} ({login.Problem})",
                NextCommand.AfterPull(reference, platform, error)
            );
        }
    }

    // Returns the registry's or the daemon's own words where the pull did not succeed.
    private async Task<string?> PullAsync(
        ImageReference reference,
        Platform? platform,
        AuthConfig? auth,
        CancellationToken cancellationToken
    )
    {
        var parameters = new ImagesCreateParameters
        {
            FromImage = reference.FamiliarName,
            Tag = reference.TagOrDigest,
            Platform = platform?.ToString(),
        };
        var transfer = new LayerTransfer($"Pulling {reference}", "Pull complete", progress);
        try
        {
            progress.Report(new Notice($"Pulling {reference}"));
            await DockerRefusal.AskAsync(
                $"pull '{reference}'",
                async () =>
                {
                    await client.Images.CreateImageAsync(parameters, auth, transfer, cancellationToken);
                    return true;
                },
                cancellationToken
            );
            return transfer.Error;
        }
        catch (MultiStageException e)
        {
            return transfer.Error ?? e.Reason ?? e.Message;
        }
    }
}
