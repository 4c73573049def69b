using System.Net;
using Docker.DotNet;
using Docker.DotNet.Models;
using MultiStage.Build.Diagnostics;

namespace MultiStage.Build.Engines.Docker;

/// <summary>A folder of an image, read through a container that is created and never started, and is gone when the stream is
/// closed.</summary>
internal sealed class ImageFolderStream : ReadOnlyStream
{
    private readonly DockerClient _client;
    private readonly string _container;
    private readonly Stream _archive;
    private bool _removed;

    private ImageFolderStream(DockerClient client, string container, Stream archive) =>
        (_client, _container, _archive) = (client, container, archive);

    /// <summary>Opens a folder.</summary>
    /// <param name="client">The daemon.</param>
    /// <param name="image">The image.</param>
    /// <param name="path">The folder's absolute path.</param>
    /// <param name="cancellationToken">Ends the request and the stream.</param>
    /// <exception cref="MultiStageException"><see cref="Codes.DaemonRefused"/>.</exception>
    /// <returns>The folder as a tar; null where the image has none.</returns>
    public static async Task<Stream?> OpenAsync(DockerClient client, string image, string path, CancellationToken cancellationToken)
    {
        var container = await DockerRefusal.AskAsync(
            $"create a container of '{image}'",
            // An image may have no command; this one is never run.
            () =>
                client.Containers.CreateContainerAsync(
                    new CreateContainerParameters
                    {
                        Image = image,
                        Cmd = ["nothing-runs"],
                        NetworkDisabled = true,
                    },
                    cancellationToken
                ),
            cancellationToken
        );
        try
        {
            var answer = await DockerRefusal.AskAsync(
                $"read {path} of '{image}'",
                () =>
                    client.Containers.GetArchiveFromContainerAsync(
                        container.ID,
                        new ContainerPathStatParameters { Path = path },
                        false,
                        cancellationToken
                    ),
                cancellationToken
            );
            return new ImageFolderStream(
                client,
                container.ID,
                new AnswerStream(answer.Stream ?? throw new InvalidDataException("the daemon answered nothing"), cancellationToken)
            );
        }
        catch (MultiStageException e) when (e.InnerException is DockerApiException { StatusCode: HttpStatusCode.NotFound })
        {
            await RemoveAsync(client, container.ID);
            return null;
        }
        catch
        {
            await RemoveAsync(client, container.ID);
            throw;
        }
    }

    /// <inheritdoc />
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        _archive.ReadAsync(buffer, cancellationToken);

    /// <inheritdoc />
    public override async ValueTask DisposeAsync()
    {
        // Whoever reads through a buffer closes it with the buffer, and once more by itself.
        if (!_removed)
        {
            _removed = true;
            await _archive.DisposeAsync();
            await RemoveAsync(_client, _container);
        }

        await base.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc />
    protected override void Dispose(bool disposing)
    {
        if (disposing && !_removed)
        {
            _removed = true;
            _archive.Dispose();
            RemoveAsync(_client, _container).GetAwaiter().GetResult();
        }
        base.Dispose(disposing);
    }

    // Whatever ended the reading: no container stays behind.
    private static Task RemoveAsync(DockerClient client, string container) =>
        client.Containers.RemoveContainerAsync(
            container,
            new ContainerRemoveParameters { Force = true, RemoveVolumes = true },
            CancellationToken.None
        );
}
