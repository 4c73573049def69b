using Microsoft.Build.Framework;
using MultiStage.Build.Images;
using MultiStage.Build.Pipeline;
using MultiStage.Build.Projects.Container;
using MultiStage.Build.Projects.Evaluation;
using MultiStage.Build.Tasks.Evaluation;

namespace MultiStage.Build.Tasks;

/// <summary>Reads everything that a plan needs from the evaluated project and writes it to <c>facts.json</c>.</summary>
[MSBuildMultiThreadableTask]
public sealed class CollectProjectFacts : ImageFactsTask
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

    /// <summary><c>SourceBranchName</c>.</summary>
    public string SourceBranchName { get; set; } = "";

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

    /// <summary>Whether a <c>FrameworkReference</c> names <c>Microsoft.AspNetCore.App</c>.</summary>
    public bool UsesAspNet { get; set; } = true;

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
            Stages = StageItems,
        }.Run(cancellationToken);
        return Task.CompletedTask;
    }

    private FoundVersions Versions =>
        new(
            SourceRevisionId,
            RepositoryUrl,
            SourceBranchName,
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
        ImageSettings with
        {
            BaseImage = BaseImage,
            SdkImage = SdkImage,
            RuntimeIdentifier = RuntimeIdentifier,
            RuntimeIdentifiers = [.. RuntimeIdentifiers.Split(',', StringSplitOptions.RemoveEmptyEntries)],
            Native = Native,
            UsesAspNet = UsesAspNet,
            SdkVersion = SdkVersion,
            FrameworkVersion = FrameworkVersion,
        };
}
