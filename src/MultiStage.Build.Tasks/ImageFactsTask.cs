using Microsoft.Build.Framework;
using MultiStage.Build.Projects;
using MultiStage.Build.Projects.Container;

namespace MultiStage.Build.Tasks;

/// <summary>What a project says of its image in every kind of project: settings of the image, and stages.</summary>
public abstract class ImageFactsTask : MultiStageTask
{
    /// <summary><c>ContainerUser</c>.</summary>
    public string User { get; set; } = "";

    /// <summary><c>ContainerWorkingDirectory</c>.</summary>
    public string WorkingDirectory { get; set; } = "";

    /// <summary><c>ContainerRegistry</c>.</summary>
    public string Registry { get; set; } = "";

    /// <summary><c>ContainerRepository</c>; empty for the project's name.</summary>
    public string Repository { get; set; } = "";

    /// <summary><c>ContainerImageTags</c>; none for <c>latest</c>.</summary>
    public string[] Tags { get; set; } = [];

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

    /// <summary><c>ContainerEnvironmentVariable</c> items, with their <c>Value</c>.</summary>
    public ITaskItem[] EnvironmentVariables { get; set; } = [];

    /// <summary><c>ContainerLabel</c> items, with their <c>Value</c>.</summary>
    public ITaskItem[] Labels { get; set; } = [];

    /// <summary><c>ContainerPort</c> items, with their <c>Type</c>.</summary>
    public ITaskItem[] Ports { get; set; } = [];

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

    private protected ContainerSettings ImageSettings =>
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

    private protected StageFacts StageItems =>
        ProjectItems.Stages(Stages, Steps, Packages, BuildArgs, Secrets) with
        {
            CacheFrom = ProjectItems.Read(CacheFrom, "ContainerCacheFrom"),
            CacheTo = ProjectItems.Read(CacheTo, "ContainerCacheTo"),
            Provenance = Provenance,
            Sbom = Sbom,
        };
}
