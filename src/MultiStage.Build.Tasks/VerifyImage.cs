using Microsoft.Build.Framework;
using MultiStage.Build.Diagnostics;
using MultiStage.Build.Engines;
using MultiStage.Build.Images;
using MultiStage.Build.Pipeline;
using MultiStage.Build.Projects.Companions;
using MultiStage.Build.Projects.Evaluation;
using MultiStage.Build.Stages;
using MultiStage.Build.Verification;

namespace MultiStage.Build.Tasks;

/// <summary>Runs the image before it gets a name, and fails the build unless it works. Nothing of the container stays.</summary>
[MSBuildMultiThreadableTask]
public sealed class VerifyImage : MultiStageTask
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    /// <summary><c>ContainerVerify</c>; empty for <c>false</c>.</summary>
    public string Verify { get; set; } = "";

    /// <summary><c>ContainerHealthcheckInterval</c>; this and the following count for an image without a health check of its own.</summary>
    public string Interval { get; set; } = "";

    /// <summary><c>ContainerHealthcheckTimeout</c>.</summary>
    public string Timeout { get; set; } = "";

    /// <summary><c>ContainerHealthcheckStartPeriod</c>.</summary>
    public string StartPeriod { get; set; } = "";

    /// <summary><c>ContainerHealthcheckRetries</c>.</summary>
    public string Retries { get; set; } = "";

    /// <summary>What showed that the image works; empty where it was not run.</summary>
    [Output]
    public string Sign { get; private set; } = "";

    /// <inheritdoc />
    protected override async Task RunAsync(CancellationToken cancellationToken)
    {
        var image = ReadImage();
        if (!SwitchSetting.Parse("ContainerVerify", Verify) || !IsFinal(image))
        {
            return;
        }

        await using var engine = await Engine.OpenAsync(image.Engine, cancellationToken);
        var description = await engine.Store.DescribeAsync(image.ImageId, cancellationToken)
            ?? throw Codes.DaemonRefused.Error($"describe '{image.ImageId}'", "the image is gone");
        var config = ReadFacts().Container.AnswersOnPorts ? description.Config : description.Config with { ExposedPorts = [] };
        var rules = VerificationRules.Of(config, Timing());
        var verifier = new ImageVerifier(engine.Containers, PortProbe.AnswersAsync, Pause);
        var report = await verifier.VerifyAsync(description, image.Names[0], rules, cancellationToken);
        Phase("image tried out");
        if (report.Failure is { } failure)
        {
            // One message, because each message gets a prefix of its own.
            var log = string.Join(
                '\n',
                report.Log.Select(line => "    " + line).Prepend($"The container's log, last {report.Log.Length} lines:")
            );
            Log.LogMessage(MessageImportance.High, "{0}", log);
            Report(failure with { Block = $"{failure.Message}\n{log}" });
            return;
        }

        Sign = report.Sign;
        Log.LogMessage(MessageImportance.High, "{0}  verified: {1}", image.Names[0], Sign);
    }

    private HealthTiming Timing() =>
        new(
            DockerDuration.Parse("ContainerHealthcheckInterval", Interval),
            DockerDuration.Parse("ContainerHealthcheckTimeout", Timeout),
            DockerDuration.Parse("ContainerHealthcheckStartPeriod", StartPeriod),
            HealthcheckRules.Retries(Retries)
        );

    // A development or a test image has no app to run.
    private bool IsFinal(BuiltImage image) =>
        PipelineFile.Read<BuildPlan>(PipelinePath(PipelineFiles.Plan), "GenerateMultiStageDockerfile").Stages[^1].Name == image.Stage;
}
