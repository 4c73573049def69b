using Docker.DotNet;
using Docker.DotNet.Models;
using MultiStage.Build.Diagnostics;

namespace MultiStage.Build.Engines.Docker;

/// <summary>Gives the daemon the images of an archive.</summary>
internal sealed class ImageLoad(DockerClient client) : IProgress<JSONMessage>
{
    private string? _error;

    /// <exception cref="MultiStageException"><see cref="Codes.LoadFailed"/>, <see cref="Codes.DaemonRefused"/>.</exception>
    public async Task LoadAsync(Stream archive, CancellationToken cancellationToken)
    {
        await DockerRefusal.AskAsync(
            "load the image",
            async () =>
            {
                await client.Images.LoadImageAsync(new ImageLoadParameters { Quiet = true }, archive, this, cancellationToken);
                return true;
            },
            cancellationToken
        );
        if (_error is not null)
        {
            throw Codes.LoadFailed.Error("the Docker daemon", _error);
        }
    }

    /// <inheritdoc/>
    public void Report(JSONMessage value) => _error ??= value.Error?.Message;
}
