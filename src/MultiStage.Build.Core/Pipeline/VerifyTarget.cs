using MultiStage.Build.Diagnostics;
using MultiStage.Build.Engines;
using MultiStage.Build.Images;
using MultiStage.Build.Projects.Companions;
using MultiStage.Build.Verification;

namespace MultiStage.Build.Pipeline;

/// <summary>What showed that the image works. Written to <c>verification.json</c>.</summary>
/// <param name="Sign">The end of a sentence, such as <c>healthy after 2 s</c>.</param>
internal sealed record VerifiedImage(string Sign);

/// <summary>
/// <c>VerifyMultiStageImage</c>: runs the image before it gets a name, and fails the build unless it works. Nothing of the container stays.
/// </summary>
public sealed class VerifyTarget(TargetRun run)
{
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(250);

    /// <summary><c>ContainerHealthcheckInterval</c>; this and the following count for an image without a health check of its own.</summary>
    public required string Interval { get; init; }

    /// <summary><c>ContainerHealthcheckTimeout</c>.</summary>
    public required string Timeout { get; init; }

    /// <summary><c>ContainerHealthcheckStartPeriod</c>.</summary>
    public required string StartPeriod { get; init; }

    /// <summary><c>ContainerHealthcheckRetries</c>.</summary>
    public required string Retries { get; init; }

    /// <summary>Runs the target, which writes <c>verification.json</c> where the image was run.</summary>
    /// <exception cref="MultiStageException">The image cannot be run.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var image = run.ReadImage();
        if (!image.Verify)
        {
            return;
        }

        await using var engine = await run.OpenEngineAsync(image.Engine, cancellationToken);
        if (image.Platforms.FirstOrDefault(part => part.OnDaemon is not null) is { OnDaemon: { } id } own)
        {
            run.Log.Message(Verbosity.Minimal, $"Verifying {image.Names[0]} on {own.Platform} alone: nothing is emulated");
            try
            {
                await VerifyAsync(engine, image with { ImageId = id }, cancellationToken);
            }
            finally
            {
                // It was kept to be run.
                await engine.Store.RemoveUnnamedAsync(id, cancellationToken);
            }
        }
        else
        {
            await VerifyAsync(engine, image, cancellationToken);
        }
    }

    private async Task VerifyAsync(Engine engine, BuiltImage image, CancellationToken cancellationToken)
    {
        var description = await engine.Store.DescribeAsync(image.ImageId, cancellationToken)
            ?? throw Codes.DaemonRefused.Error($"describe '{image.ImageId}'", "the image is gone");
        var config = run.ReadFacts().Container.AnswersOnPorts ? description.Config : description.Config with { ExposedPorts = [] };
        var rules = VerificationRules.Of(config, HealthcheckRules.Timing(Interval, Timeout, StartPeriod, Retries));
        var verifier = new ImageVerifier(engine.Containers, PortProbe.AnswersAsync, s_pause);
        var report = await verifier.VerifyAsync(description, image.Names[0], rules, cancellationToken);
        run.Phase("image tried out");
        if (report.Failure is { } failure)
        {
            var log = string.Join(
                '\n',
                report.Log.Select(line => "    " + line).Prepend("The end of the container's log:")
            );
            run.Log.Message(Verbosity.Minimal, log);
            run.Report(failure with { Block = $"{failure.Message}\n{log}" });
            if (TargetRun.IsTerminal)
            {
                // In place of the size that the report has shown behind the arrow.
                run.Tell($"not tagged (image {ImageDescription.ShortId(image.ImageId)})");
            }

            return;
        }

        PipelineFile.Write(run.Path(PipelineFiles.Verification), new VerifiedImage(report.Sign));
        run.Log.Message(Verbosity.Minimal, $"{image.Names[0]}  verified: {report.Sign}");
    }
}
