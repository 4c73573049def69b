using Microsoft.Build.Framework;
using MultiStage.Build.Pipeline;
using MultiStage.Build.Tasks.Evaluation;

namespace MultiStage.Build.Tasks;

/// <summary>Reads the health check and the test projects, and adds them to <c>facts.json</c>. It follows <see cref="CollectProjectFacts"/>,
/// in the same evaluation.</summary>
[MSBuildMultiThreadableTask]
public sealed class CollectCompanionFacts : MultiStageTask
{
    /// <summary>Folders of the SDK and of restored packages, whose files are in the container too.</summary>
    public string[] ToolFolders { get; set; } = [];

    /// <summary>The folder of the SDK.</summary>
    [Required]
    public string SdkFolder { get; set; } = "";

    /// <summary><c>NETCoreSdkVersion</c>.</summary>
    [Required]
    public string SdkVersion { get; set; } = "";

    /// <summary>The framework's version, such as <c>10.0</c>.</summary>
    [Required]
    public string FrameworkVersion { get; set; } = "";

    /// <summary><c>ContainerHealthcheckCommand</c>.</summary>
    public string HealthcheckCommand { get; set; } = "";

    /// <summary><c>ContainerHealthcheckProject</c>.</summary>
    public string HealthcheckProject { get; set; } = "";

    /// <summary><c>ContainerHealthcheckPath</c>.</summary>
    public string HealthcheckPath { get; set; } = "";

    /// <summary><c>ContainerHealthcheckInterval</c>.</summary>
    public string HealthcheckInterval { get; set; } = "";

    /// <summary><c>ContainerHealthcheckTimeout</c>.</summary>
    public string HealthcheckTimeout { get; set; } = "";

    /// <summary><c>ContainerHealthcheckStartPeriod</c>.</summary>
    public string HealthcheckStartPeriod { get; set; } = "";

    /// <summary><c>ContainerHealthcheckRetries</c>.</summary>
    public string HealthcheckRetries { get; set; } = "";

    /// <summary><c>ContainerTestProjects</c>, separated by semicolons, which a command line has to escape.</summary>
    public string TestProjects { get; set; } = "";

    /// <summary><c>ContainerRequireTests</c>; empty for <c>false</c>.</summary>
    public string RequireTests { get; set; } = "";

    /// <inheritdoc />
    protected override Task RunAsync(TargetRun run, CancellationToken cancellationToken)
    {
        using var evaluator = new ClosureEvaluator(GivenProperties);
        new CompanionsTarget(run, evaluator)
        {
            Tools = new([.. ToolFolders], SdkFolder, SdkVersion),
            Healthcheck = new()
            {
                Command = HealthcheckCommand,
                Project = HealthcheckProject,
                Path = HealthcheckPath,
                Interval = HealthcheckInterval,
                Timeout = HealthcheckTimeout,
                StartPeriod = HealthcheckStartPeriod,
                Retries = HealthcheckRetries,
                FrameworkVersion = FrameworkVersion,
            },
            TestProjects = TestProjects,
            RequireTests = RequireTests,
        }.Run(cancellationToken);
        return Task.CompletedTask;
    }
}
