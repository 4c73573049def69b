using Microsoft.Build.Framework;
using MultiStage.Build.Pipeline;
using MultiStage.Build.Projects.Companions;
using MultiStage.Build.Projects.Evaluation;

namespace MultiStage.Build.Tasks;

/// <summary>Reads what a project says of an image that is not made of the project: of stages that its items describe, or of a Dockerfile
/// that exists.</summary>
[MSBuildMultiThreadableTask]
public sealed class CollectStageFacts : ImageFactsTask
{
    /// <summary><c>ContainerDockerfile</c>; empty where items describe the stages.</summary>
    public string ExistingDockerfile { get; set; } = "";

    /// <summary><c>ContainerPublishMode</c>; there is nothing to publish here.</summary>
    public string PublishMode { get; set; } = "";

    /// <summary><c>ContainerBuildContext</c>; empty for the folder of the Dockerfile, or of the project.</summary>
    public string BuildContext { get; set; } = "";

    /// <summary>Folders that the project's build writes into.</summary>
    public string[] OutputFolders { get; set; } = [];

    /// <summary><c>ContainerArchiveOutputPath</c>.</summary>
    public string ArchiveOutputPath { get; set; } = "";

    /// <summary><c>ContainerRuntimeIdentifier</c>; empty for the daemon's own platform.</summary>
    public string RuntimeIdentifier { get; set; } = "";

    /// <summary><c>ContainerRuntimeIdentifiers</c>.</summary>
    public string[] RuntimeIdentifiers { get; set; } = [];

    /// <summary><c>ContainerHealthcheckCommand</c>; it and the following count where items describe the stages.</summary>
    public string HealthcheckCommand { get; set; } = "";

    /// <summary><c>ContainerHealthcheckInterval</c>.</summary>
    public string HealthcheckInterval { get; set; } = "";

    /// <summary><c>ContainerHealthcheckTimeout</c>.</summary>
    public string HealthcheckTimeout { get; set; } = "";

    /// <summary><c>ContainerHealthcheckStartPeriod</c>.</summary>
    public string HealthcheckStartPeriod { get; set; } = "";

    /// <summary><c>ContainerHealthcheckRetries</c>.</summary>
    public string HealthcheckRetries { get; set; } = "";

    /// <inheritdoc />
    protected override Task RunAsync(TargetRun run, CancellationToken cancellationToken)
    {
        new StagesTarget(run)
        {
            PublishMode = PublishMode,
            ExistingDockerfile = ExistingDockerfile,
            BuildContext = BuildContext,
            OutputFolders = [.. OutputFolders],
            ArchiveOutputPath = ArchiveOutputPath,
            RuntimeIdentifiers = PlatformList.Of(RuntimeIdentifier, [.. RuntimeIdentifiers]),
            Settings = ImageSettings,
            Healthcheck = Healthcheck,
            Stages = StageItems,
        }.Run();
        return Task.CompletedTask;
    }

    private HealthcheckSettings Healthcheck =>
        new()
        {
            FrameworkVersion = "",
            Command = HealthcheckCommand,
            Interval = HealthcheckInterval,
            Timeout = HealthcheckTimeout,
            StartPeriod = HealthcheckStartPeriod,
            Retries = HealthcheckRetries,
        };
}
