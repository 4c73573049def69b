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
    public Task<string> PushAsync(string name, CancellationToken cancellationToken) =>
        new RegistryPush(credentials, options, progress).RunAsync(
            name,
            (reference, login) => PushOnceAsync(reference, login, cancellationToken),
            NextCommand.AfterPush,
            cancellationToken
        );

    private async Task<(string? Digest, string? Error)> PushOnceAsync(
        ImageReference reference,
        RegistryAuth? login,
        CancellationToken cancellationToken
    )
    {
        var transfer = new LayerTransfer($"Pushing {reference}", "Pushed", progress);
        var parameters = new ImagePushParameters { Tag = reference.Tag };
        try
        {
            await DockerRefusal.AskAsync(
                $"push '{reference}'",
                async () =>
                {
                    await client.Images.PushImageAsync(
                        reference.FamiliarName,
                        parameters,
                        DockerAuth.Of(login),
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
