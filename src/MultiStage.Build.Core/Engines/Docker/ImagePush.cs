using Docker.DotNet;
using Docker.DotNet.Models;
using MultiStage.Build.Diagnostics;
using MultiStage.Build.Engines.Progress;
using MultiStage.Build.Images;
using MultiStage.Build.Registries;

namespace MultiStage.Build.Engines.Docker;

/// <param name="options">How long to wait before another attempt.</param>
/// <param name="progress">Told what is pushed.</param>
internal sealed class ImagePush(DockerClient client, RegistryCredentials credentials, EngineOptions options, IProgress<BuildEvent> progress)
{
    /// <param name="name">The name, with registry and tag.</param>
    /// <exception cref="MultiStageException"><see cref="Codes.PushFailed"/>.</exception>
    public async Task<string> PushAsync(string name, CancellationToken cancellationToken)
    {
        var reference = ImageReference.TryParse(name)
            ?? throw Codes.PushFailed.Error(name, "it is not a valid image name", "Check ContainerRegistry and ContainerRepository");
        var login = RegistryCredentials.ForPush(Environment.GetEnvironmentVariable) is { } given
            ? new(given)
            : await credentials.FindAsync(reference.Registry, cancellationToken);
        string? digest = null;
        var error = await RegistryRetry.RunAsync(
            $"Pushing {reference}",
            async () =>
            {
                (digest, var refusal) = await PushOnceAsync(reference, login, cancellationToken);
                return refusal;
            },
            options.FirstRetry,
            progress,
            cancellationToken
        );
        return error is null
            ? digest!
            : throw Codes.PushFailed.Error(
                name,
                login.Problem is null ? error : $"{error} ({login.Problem})",
                NextCommand.AfterPush(reference, error)
            );
    }

    private async Task<(string? Digest, string? Error)> PushOnceAsync(
        ImageReference reference,
        RegistryLogin login,
        CancellationToken cancellationToken
    )
    {
        var transfer = new LayerTransfer($"Pushing {reference}", "Pushed", progress);
        var parameters = new ImagePushParameters { Tag = reference.Tag };
        progress.Report(new Notice($"Pushing {reference}"));
        try
        {
            await DockerRefusal.AskAsync(
                $"push '{reference}'",
                async () =>
                {
                    await client.Images.PushImageAsync(
                        reference.FamiliarName,
                        parameters,
                        DockerAuth.Of(login.Auth),
                        transfer,
                        cancellationToken
                    );
                    return true;
                },
                cancellationToken
            );
            return (
                transfer.Digest,
                transfer.Error ?? (transfer.Digest is null ? "the daemon told no digest, so the registry may not have the image" : null)
            );
        }
        catch (MultiStageException e)
        {
            return (null, transfer.Error ?? e.Reason ?? e.Message);
        }
    }
}
