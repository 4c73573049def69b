using System.Diagnostics;
using System.Text.Json;
using MultiStage.Build.Context;
using MultiStage.Build.Diagnostics;
using MultiStage.Build.Engines.Progress;

namespace MultiStage.Build.Engines.Buildx;

/// <summary>One build: the context goes to the command's standard input while its progress comes out of its standard error.</summary>
/// <param name="builder">The builder's name; empty for the current one.</param>
/// <param name="reader">What the builder makes of a context.</param>
/// <param name="progress">Told of each step.</param>
/// <param name="options">How long it may say nothing.</param>
internal sealed class BuildxBuild(
    string builder,
    ContextReader reader,
    BuildRequest request,
    IProgress<BuildEvent> progress,
    EngineOptions options
)
{
    private static readonly string[] s_digests = ["containerimage.digest", "containerimage.config.digest"];

    private readonly ContextTar _tar = new(request.Context, new(request.Dockerfile, request.DockerfilePath, request.RootCopies), reader);

    /// <exception cref="MultiStageException"><see cref="Codes.BuildFailed"/>, <see cref="Codes.BaseImageUnavailable"/>,
    /// <see cref="Codes.ContextUnreadable"/>, <see cref="Codes.DaemonSilent"/> or <see cref="Codes.NoBuildx"/>.</exception>
    /// <returns>The digests of the image's manifest and configuration.</returns>
    public async Task<IReadOnlyList<string>> RunAsync(CancellationToken cancellationToken)
    {
        var metadata = Path.Combine(Path.GetTempPath(), $"multistage-{Guid.NewGuid():N}.json");
        try
        {
            var arguments = new BuildxArguments(request);
            using var process = BuildxCommand.Start(arguments.Build(builder, _tar.DockerfileName, metadata), arguments.Environment);
            using var silence = new Silence(options.BuildSilenceLimit, "ContainerBuildSilenceLimit", cancellationToken);
            await using var ending = silence.Token.Register(() => HostProcess.End(process));
            var output = new BuildxOutput(progress, _tar.DockerfileName);
            var sending = SendAsync(process, silence);
            var answer = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
            while (await process.StandardError.ReadLineAsync(CancellationToken.None) is { } line)
            {
                silence.Wait();
                output.Add(line);
            }

            await answer;
            await process.WaitForExitAsync(CancellationToken.None);
            var unreadable = await sending;
            cancellationToken.ThrowIfCancellationRequested();
            if (process.ExitCode == 0)
            {
                return Digests(metadata);
            }

            throw silence.Exceeded is { } exceeded
                ? new MultiStageException(Codes.DaemonSilent.With("build the image", exceeded.Message), exceeded)
                : unreadable ?? output.Failure(process.ExitCode);
        }
        finally
        {
            File.Delete(metadata);
        }
    }

    // Returns what kept the context from being sent. The build that it breaks off fails as well, with less to say.
    private async Task<MultiStageException?> SendAsync(Process process, Silence silence)
    {
        try
        {
            await using var input = process.StandardInput.BaseStream;
            await using var heard = new HeardStream(input, silence);
            var sent = await Task.Run(() => _tar.WriteAsync(heard, silence.Token), silence.Token);
            progress.Report(new ContextSent(sent.Files, sent.Bytes));
            return null;
        }
        catch (MultiStageException e)
        {
            // What is cut off in the middle must not look like a whole context.
            HostProcess.End(process);
            return e;
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // The command has ended, and says itself why.
            return null;
        }
    }

    private static List<string> Digests(string metadata)
    {
        using var json = JsonDocument.Parse(File.ReadAllBytes(metadata));
        return
        [
            .. s_digests
                .Select(name => json.RootElement.TryGetProperty(name, out var digest) ? digest.GetString() : null)
                .OfType<string>()
                .Distinct(StringComparer.Ordinal),
        ];
    }
}
