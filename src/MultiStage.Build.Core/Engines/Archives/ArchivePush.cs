using System.Net.Sockets;
using MultiStage.Build.Diagnostics;
using MultiStage.Build.Engines.Progress;
using MultiStage.Build.Images;
using MultiStage.Build.Registries;

namespace MultiStage.Build.Engines.Archives;

/// <summary>Pushes an image that lies in an archive.</summary>
/// <param name="options">How long a registry may say nothing, and how long to wait before another attempt.</param>
/// <param name="progress">Told what is pushed.</param>
internal sealed class ArchivePush(
    ImageArchive image,
    RegistryCredentials credentials,
    EngineOptions options,
    IProgress<BuildEvent> progress
)
{
    // What a registry says of itself is some kilobytes.
    private const int MostBytes = 8 * 1024 * 1024;

    /// <param name="name">The name, with registry and tag.</param>
    /// <exception cref="MultiStageException"><see cref="Codes.PushFailed"/>.</exception>
    public async Task<string> PushAsync(string name, CancellationToken cancellationToken)
    {
        using var guard = new SilenceGuard(options) { InnerHandler = new SocketsHttpHandler() };
        using var client = new HttpClient(guard) { Timeout = Timeout.InfiniteTimeSpan, MaxResponseContentBufferSize = MostBytes };
        return await new RegistryPush(credentials, options, progress).RunAsync(
            name,
            (reference, login) => PushOnceAsync(new RegistryUpload(client, login), reference, cancellationToken),
            NextCommand.AfterUpload,
            cancellationToken
        );
    }

    private async Task<(string? Digest, string? Error)> PushOnceAsync(
        RegistryUpload upload,
        ImageReference reference,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var manifest = new PushedManifest(image.Manifest, image.ManifestMediaType);
            return (await upload.PushAsync(reference, manifest, new ImageTar(image.Archive).Open, cancellationToken), null);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            // Whatever a registry, or a proxy before it, answers: no answer may end in more than an error.
            return (null, Reason(e));
        }
    }

    private static string Reason(Exception e) =>
        SilenceException.In(e)?.Message
        ?? e switch
        {
            HttpRequestException { StatusCode: not null } => e.Message.TrimEnd('.'),
            HttpRequestException { HttpRequestError: HttpRequestError.ResponseEnded } => Broke(e),
            HttpRequestException or IOException when e.GetBaseException() is SocketException => Broke(e),
            HttpRequestException or IOException => e.GetBaseException().Message.TrimEnd('.'),
            InvalidDataException => e.Message,
            _ => $"its answer could not be read: {e.Message.TrimEnd('.')}",
        };

    private static string Broke(Exception e) => $"the connection broke: {e.GetBaseException().Message.TrimEnd('.')}";
}
