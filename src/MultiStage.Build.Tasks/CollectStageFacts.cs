using Microsoft.Build.Framework;
using MultiStage.Build.Pipeline;
using MultiStage.Build.Projects.Companions;
using MultiStage.Build.Projects.Container;
using MultiStage.Build.Projects.Evaluation;

namespace MultiStage.Build.Tasks;

/// <summary>Reads what a project says of an image that is not made of the project: of stages that its items describe, or of a Dockerfile
/// that exists.</summary>
[MSBuildMultiThreadableTask]
public sealed class CollectStageFacts : MultiStageTask
{
    /// <summary><c>ContainerDockerfile</c>; empty where items describe the stages.</summary>
    public string ExistingDockerfile { get; set; } = "";

    /// <summary><c>ContainerPublishMode</c>; there is nothing to publish here.</summary>
    public string PublishMode { get; set; } = "";

    /// <summary><c>ContainerBuildContext</c>; empty for the folder of the Dockerfile, or of the project.</summary>
    public string BuildContext { get; set; } = "";

    /// <summary>Folders that the project's build writes into.</summary>
    public string[] OutputFolders { get; set; } = [];

    /// <summary><c>ContainerRuntimeIdentifier</c>; empty for the daemon's own platform.</summary>
    public string RuntimeIdentifier { get; set; } = "";

    /// <summary><c>ContainerRuntimeIdentifiers</c>.</summary>
    public string[] RuntimeIdentifiers { get; set; } = [];

    /// <summary><c>ContainerRegistry</c>.</summary>
    public string Registry { get; set; } = "";

    /// <summary><c>ContainerRepository</c>; empty for the project's name.</summary>
    public string Repository { get; set; } = "";

    /// <summary><c>ContainerImageTags</c>; none for <c>latest</c>.</summary>
    public string[] Tags { get; set; } = [];

    /// <summary><c>ContainerLabel</c> items, with their <c>Value</c>.</summary>
    public ITaskItem[] Labels { get; set; } = [];

    /// <summary><c>ContainerUser</c>.</summary>
    public string User { get; set; } = "";

    /// <summary><c>ContainerWorkingDirectory</c>.</summary>
    public string WorkingDirectory { get; set; } = "";

    /// <summary><c>ContainerPort</c> items, with their <c>Type</c>.</summary>
    public ITaskItem[] Ports { get; set; } = [];

    /// <summary><c>ContainerEnvironmentVariable</c> items, with their <c>Value</c>.</summary>
    public ITaskItem[] EnvironmentVariables { get; set; } = [];

    /// <summary><c>ContainerAppCommandInstruction</c>.</summary>
    public string AppCommandInstruction { get; set; } = "";

    /// <summary><c>ContainerEntrypoint</c> items.</summary>
    public ITaskItem[] Entrypoint { get; set; } = [];

    /// <summary><c>ContainerEntrypointArgs</c> items.</summary>
    public ITaskItem[] EntrypointArgs { get; set; } = [];

    /// <summary><c>ContainerAppCommand</c> items.</summary>
    public ITaskItem[] AppCommand { get; set; } = [];

    /// <summary><c>ContainerAppCommandArgs</c> items.</summary>
    public ITaskItem[] AppCommandArgs { get; set; } = [];

    /// <summary><c>ContainerDefaultArgs</c> items.</summary>
    public ITaskItem[] DefaultArgs { get; set; } = [];

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

    /// <summary><c>ContainerStage</c> items.</summary>
    public ITaskItem[] Stages { get; set; } = [];

    /// <summary><c>ContainerStep</c> items.</summary>
    public ITaskItem[] Steps { get; set; } = [];

    /// <summary><c>ContainerPackage</c> items.</summary>
    public ITaskItem[] Packages { get; set; } = [];

    /// <summary><c>ContainerBuildArg</c> items, with their <c>Value</c>.</summary>
    public ITaskItem[] BuildArgs { get; set; } = [];

    /// <summary><c>ContainerSecret</c> items, with their <c>Source</c> or <c>Env</c>.</summary>
    public ITaskItem[] Secrets { get; set; } = [];

    /// <summary><c>ContainerCacheFrom</c> items.</summary>
    public ITaskItem[] CacheFrom { get; set; } = [];

    /// <summary><c>ContainerCacheTo</c> items.</summary>
    public ITaskItem[] CacheTo { get; set; } = [];

    /// <summary><c>ContainerProvenance</c>.</summary>
    public string Provenance { get; set; } = "";

    /// <summary><c>ContainerSbom</c>.</summary>
    public string Sbom { get; set; } = "";

    /// <inheritdoc />
    protected override Task RunAsync(TargetRun run, CancellationToken cancellationToken)
    {
        new StagesTarget(run)
        {
            PublishMode = PublishMode,
            ExistingDockerfile = ExistingDockerfile,
            BuildContext = BuildContext,
            OutputFolders = [.. OutputFolders],
            RuntimeIdentifiers = PlatformList.Of(RuntimeIdentifier, [.. RuntimeIdentifiers]),
            Settings = Container,
            Healthcheck = Healthcheck,
            Stages = ProjectItems.Stages(Stages, Steps, Packages, BuildArgs, Secrets) with
            {
                CacheFrom = ProjectItems.Read(CacheFrom, "ContainerCacheFrom"),
                CacheTo = ProjectItems.Read(CacheTo, "ContainerCacheTo"),
                Provenance = Provenance,
                Sbom = Sbom,
            },
        }.Run();
        return Task.CompletedTask;
    }

    private ContainerSettings Container =>
        new()
        {
            BaseImage = "",
            SdkVersion = "",
            FrameworkVersion = "",
            User = User,
            WorkingDirectory = WorkingDirectory,
            Registry = Registry,
            Repository = Repository,
            Tags = [.. Tags],
            AppCommandInstruction = AppCommandInstruction,
            Entrypoint = ProjectItems.Words(Entrypoint),
            EntrypointArgs = ProjectItems.Words(EntrypointArgs),
            AppCommand = ProjectItems.Words(AppCommand),
            AppCommandArgs = ProjectItems.Words(AppCommandArgs),
            DefaultArgs = ProjectItems.Words(DefaultArgs),
            Environment = ProjectItems.Pairs(EnvironmentVariables, "Value"),
            Labels = ProjectItems.Pairs(Labels, "Value"),
            Ports = ProjectItems.Pairs(Ports, "Type"),
        };

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
