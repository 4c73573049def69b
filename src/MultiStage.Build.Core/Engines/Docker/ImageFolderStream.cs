using System.Net;
using Docker.DotNet;
using Docker.DotNet.Models;
using MultiStage.Build.Diagnostics;

namespace MultiStage.Build.Engines.Docker;

/// <summary>A folder of an image, read through a container that is created and never started, and is gone when the stream is
/// closed.</summary>
internal sealed class ImageFolderStream : ReadOnlyStream
{
    private readonly Func<Task> _remove;
    private readonly Stream _archive;
    private bool _removed;

    private ImageFolderStream(Func<Task> remove, Stream archive) => (_remove, _archive) = (remove, archive);

    /// <param name="path">The folder's absolute path.</param>
    /// <exception cref="MultiStageException"><see cref="Codes.DaemonRefused"/>.</exception>
    /// <returns>The folder as a tar; null where the image has none.</returns>
    public static async Task<Stream?> OpenAsync(
        DockerClient client,
        DockerTidying tidying,
        string image,
        string path,
        CancellationToken cancellationToken
    )
    {
        // An image may have no command; this one is never run.
        var parameters = new CreateContainerParameters
        {
            Image = image,
            Cmd = ["nothing-runs"],
            NetworkDisabled = true,
        };
        var container = OwnContainers.Claim(parameters);
        try
        {
            var what = $"read {path} of '{image}'";
            var answer = await DockerRefusal.AskAsync(
                what,
                async () =>
                {
                    await client.Containers.CreateContainerAsync(parameters, cancellationToken).WaitAsync(cancellationToken);
                    return await client.Containers.GetArchiveFromContainerAsync(
                        container,
                        new ContainerPathStatParameters { Path = path },
                        false,
                        cancellationToken
                    );
                },
                cancellationToken
            );
            return new ImageFolderStream(RemoveAsync, new AnswerStream(answer.Stream!, what, cancellationToken));
        }
        catch (MultiStageException e) when (e.InnerException is DockerApiException { StatusCode: HttpStatusCode.NotFound })
        {
            await RemoveAsync();
            return null;
        }
        catch
        {
            await RemoveAsync();
            throw;
        }

        // Whatever ended the reading: no container stays behind.
        Task RemoveAsync()
        {
            OwnContainers.Release(container);
            return tidying.TryAsync(
                $"the container {container}",
                limit =>
                    client.Containers.RemoveContainerAsync(
                        container,
                        new ContainerRemoveParameters { Force = true, RemoveVolumes = true },
                        limit
                    ),
                cancellationToken
            );
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
            await _remove();
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
            _remove().GetAwaiter().GetResult();
        }
        base.Dispose(disposing);
    }
}
