using Microsoft.Build.Framework;
using MultiStage.Build.Images;
using MultiStage.Build.Pipeline;
using MultiStage.Build.Projects.Container;
using MultiStage.Build.Projects.Evaluation;
using MultiStage.Build.Tasks.Evaluation;

namespace MultiStage.Build.Tasks;

/// <summary>Reads everything that a plan needs from the evaluated project and writes it to <c>facts.json</c>.</summary>
[MSBuildMultiThreadableTask]
public sealed class CollectProjectFacts : MultiStageTask
{
    /// <summary><c>ContainerBuildContext</c>; empty for the default.</summary>
    public string BuildContext { get; set; } = "";

    /// <summary>Folders of the SDK and of restored packages, whose files are in the container too.</summary>
    public string[] ToolFolders { get; set; } = [];

    /// <summary>The folder of the SDK.</summary>
    [Required]
    public string SdkFolder { get; set; } = "";

    /// <summary><c>Configuration</c>.</summary>
    [Required]
    public string Configuration { get; set; } = "";

    /// <summary><c>TargetFramework</c>.</summary>
    [Required]
    public string TargetFramework { get; set; } = "";

    /// <summary>The framework's version, such as <c>10.0</c>.</summary>
    [Required]
    public string FrameworkVersion { get; set; } = "";

    /// <summary><c>TargetFrameworks</c>; empty where the project has one.</summary>
    public string TargetFrameworks { get; set; } = "";

    /// <summary><c>NETCoreSdkVersion</c>.</summary>
    [Required]
    public string SdkVersion { get; set; } = "";

    /// <summary>The runtime identifier that the user chose; empty where the SDK inferred one.</summary>
    public string RuntimeIdentifier { get; set; } = "";

    /// <summary>The runtime identifiers of an image for several platforms, with commas between them; empty for one platform.</summary>
    public string RuntimeIdentifiers { get; set; } = "";

    /// <summary>Whether the app runs on musl rather than glibc.</summary>
    public bool IsMusl { get; set; }

    /// <summary><c>SelfContained</c>.</summary>
    public bool SelfContained { get; set; }

    /// <summary><c>PublishAot</c>.</summary>
    public bool PublishAot { get; set; }

    /// <summary><c>StaticExecutable</c>.</summary>
    public bool StaticExecutable { get; set; }

    /// <summary><c>StaticOpenSslLinking</c>.</summary>
    public bool StaticOpenSslLinking { get; set; }

    /// <summary><c>StaticICULinking</c>.</summary>
    public bool StaticIcuLinking { get; set; }

    /// <summary><c>InvariantTimezone</c>.</summary>
    public bool InvariantTimezone { get; set; }

    /// <summary><c>SourceRevisionId</c>, and empty where the repository has no commit.</summary>
    public string SourceRevisionId { get; set; } = "";

    /// <summary><c>IncludeSourceRevisionInInformationalVersion</c>.</summary>
    public bool StampsRevision { get; set; }

    /// <summary><c>PrivateRepositoryUrl</c>.</summary>
    public string RepositoryUrl { get; set; } = "";

    /// <summary><c>PublishRepositoryUrl</c>.</summary>
    public bool PublishesRepositoryUrl { get; set; }

    /// <summary><c>MinVerVersion</c>.</summary>
    public string MinVerVersion { get; set; } = "";

    /// <summary>The properties that Nerdbank.GitVersioning sets, with their <c>Value</c>.</summary>
    public ITaskItem[] NerdbankVersions { get; set; } = [];

    /// <summary>Whether a package, and not the SDK, looks for the repository.</summary>
    public bool HasSourceControlPackage { get; set; }

    /// <summary><c>ContainerPublishMode</c>; empty for <c>Container</c>.</summary>
    public string PublishMode { get; set; } = "";

    /// <summary>The folder that a publish on this machine fills, absolute.</summary>
    public string PublishedFolder { get; set; } = "";

    /// <summary>Whether a stage builds projects even where this one is published on this machine: a health check, or tests.</summary>
    public bool HasCompanions { get; set; }

    /// <summary><c>ContainerCompileCache</c>.</summary>
    public string CompileCache { get; set; } = "";

    /// <summary><c>ContainerBaseImage</c>.</summary>
    [Required]
    public string BaseImage { get; set; } = "";

    /// <summary><c>ContainerSdkImage</c>.</summary>
    public string SdkImage { get; set; } = "";

    /// <summary><c>ContainerUser</c>.</summary>
    public string User { get; set; } = "";

    /// <summary><c>ContainerWorkingDirectory</c>.</summary>
    public string WorkingDirectory { get; set; } = "";

    /// <summary><c>ContainerRegistry</c>.</summary>
    public string Registry { get; set; } = "";

    /// <summary><c>ContainerRepository</c>.</summary>
    public string Repository { get; set; } = "";

    /// <summary><c>ContainerImageTags</c>, parsed.</summary>
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

    /// <summary><c>ContainerEnvironmentVariables</c> items, with their <c>Value</c>.</summary>
    public ITaskItem[] EnvironmentVariables { get; set; } = [];

    /// <summary><c>ContainerLabel</c> items, with their <c>Value</c>.</summary>
    public ITaskItem[] Labels { get; set; } = [];

    /// <summary>Whether a <c>FrameworkReference</c> names <c>Microsoft.AspNetCore.App</c>.</summary>
    public bool UsesAspNet { get; set; } = true;

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

    /// <inheritdoc />
    protected override Task RunAsync(TargetRun run, CancellationToken cancellationToken)
    {
        using var evaluator = new ClosureEvaluator(GivenProperties);
        new ProjectTarget(run, evaluator)
        {
            BuildContext = BuildContext,
            Tools = new([.. ToolFolders], SdkFolder, SdkVersion),
            Configuration = Configuration,
            TargetFramework = TargetFramework,
            TargetFrameworks = TargetFrameworks,
            PublishMode = PublishMode,
            PublishedFolder = PublishedFolder,
            HasCompanions = HasCompanions,
            CompileCache = CompileCache,
            SelfContained = SelfContained,
            Versions = Versions,
            Container = Container,
            Stages = ProjectItems.Stages(Stages, Steps, Packages, BuildArgs, Secrets) with
            {
                CacheFrom = ProjectItems.Read(CacheFrom, "ContainerCacheFrom"),
                CacheTo = ProjectItems.Read(CacheTo, "ContainerCacheTo"),
                Provenance = Provenance,
                Sbom = Sbom,
            },
        }.Run(cancellationToken);
        return Task.CompletedTask;
    }

    private FoundVersions Versions =>
        new(
            SourceRevisionId,
            RepositoryUrl,
            MinVerVersion,
            ProjectItems.Pairs(NerdbankVersions, "Value"),
            StampsRevision,
            PublishesRepositoryUrl,
            HasSourceControlPackage
        );

    private NativeSettings Native =>
        new(PublishAot, IsMusl, PublishAot && StaticExecutable)
        {
            HasOpenSsl = StaticOpenSslLinking,
            HasIcu = StaticIcuLinking,
            HasNoTimeZones = InvariantTimezone,
        };

    private ContainerSettings Container =>
        new()
        {
            BaseImage = BaseImage,
            SdkImage = SdkImage,
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
            RuntimeIdentifier = RuntimeIdentifier,
            RuntimeIdentifiers = [.. RuntimeIdentifiers.Split(',', StringSplitOptions.RemoveEmptyEntries)],
            Native = Native,
            UsesAspNet = UsesAspNet,
            SdkVersion = SdkVersion,
            FrameworkVersion = FrameworkVersion,
        };
}
