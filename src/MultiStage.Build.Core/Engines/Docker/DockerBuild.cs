using System.IO.Pipelines;
using Docker.DotNet;
using Docker.DotNet.Models;
using MultiStage.Build.Context;
using MultiStage.Build.Diagnostics;
using MultiStage.Build.Engines.Progress;

namespace MultiStage.Build.Engines.Docker;

/// <summary>One image build over the Engine API: the context goes up while the daemon's progress comes down.</summary>
/// <param name="builder">Which builder to ask for.</param>
/// <param name="progress">Told of each step.</param>
internal sealed class DockerBuild(DockerClient client, ContextReader builder, BuildRequest request, IProgress<BuildEvent> progress)
{
    private readonly ContextTar _tar = new(request.Context, new(request.Dockerfile, request.DockerfilePath, request.RootCopies), builder);

    /// <exception cref="MultiStageException"><see cref="Codes.BuildFailed"/>, <see cref="Codes.ContextUnreadable"/> or
    /// <see cref="Codes.DaemonRefused"/>.</exception>
    /// <returns>The image's id, as the daemon gave it.</returns>
    public async Task<string> RunAsync(CancellationToken cancellationToken)
    {
        var pipe = new Pipe();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var sending = SendAsync(pipe.Writer, stop.Token);
        var building = DockerRefusal.AskAsync("build the image", () => ReceiveAsync(pipe.Reader, stop.Token), cancellationToken);
        await ((Task)building).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

        // A daemon that has answered before it read the whole context wants no more of it.
        await stop.CancelAsync();
        if (await sending is { } unreadable && !building.IsCompletedSuccessfully && !cancellationToken.IsCancellationRequested)
        {
            throw unreadable;
        }

        return await building;
    }

    private async Task<string> ReceiveAsync(PipeReader context, CancellationToken cancellationToken)
    {
        await using var body = context.AsStream();

        // The overload that is not obsolete cannot read BuildKit's messages, whose "aux" is a string.
#pragma warning disable CS0618
        await using var answer = await client.Images.BuildImageFromDockerfileAsync(body, Parameters(), cancellationToken);
#pragma warning restore CS0618
        return await new BuildOutput(progress, _tar.DockerfileName, TimeProvider.System).ReadAsync(answer, cancellationToken);
    }

    // Returns what kept the context from being sent. The request it breaks off fails as well, with less to say.
    private async Task<MultiStageException?> SendAsync(PipeWriter destination, CancellationToken cancellationToken)
    {
        try
        {
            await using var stream = destination.AsStream(leaveOpen: true);
            var sent = await Task.Run(() => _tar.WriteAsync(stream, cancellationToken), cancellationToken);
            progress.Report(new ContextSent(sent.Files, sent.Bytes));
            await destination.CompleteAsync();
            return null;
        }
        catch (Exception e)
        {
            await destination.CompleteAsync(e);
            return e is OperationCanceledException
                ? null
                : e as MultiStageException ?? ContextWalk.Unreadable(request.Context.Directory, e);
        }
    }

    private ImageBuildParameters Parameters() =>
        new()
        {
            Version = builder is ContextReader.Classic ? "1" : "2",
            Dockerfile = _tar.DockerfileName,
            Target = request.Target,
            Platform = request.Platform?.ToString(),
            BuildArgs = request.BuildArgs.ToDictionary(StringComparer.Ordinal),
            Labels = request.Labels.ToDictionary(StringComparer.Ordinal),
            NoCache = request.NoCache,
            Remove = true,
            ForceRemove = true,
        };
}
