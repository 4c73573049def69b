using System.Collections.Immutable;
using Microsoft.Build.Framework;
using MultiStage.Build.Diagnostics;
using MultiStage.Build.Projects;
using MultiStage.Build.Projects.Companions;
using MultiStage.Build.Projects.Evaluation;

namespace MultiStage.Build.Tasks;

/// <summary>Reads the health check and the test projects, and adds them to <c>facts.json</c>. It follows <see cref="CollectProjectFacts"/>,
/// in the same evaluation.</summary>
[MSBuildMultiThreadableTask]
public sealed class CollectCompanionFacts : MultiStageTask
{
    // A test is built as `dotnet test` builds it, for the builder's own platform; a health check as the app is.
    private static readonly string[] OfThePublishedApp = ["RuntimeIdentifier", "_IsPublishing", "SelfContained", "TargetFramework"];

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
    protected override Task RunAsync(CancellationToken cancellationToken)
    {
        var facts = ReadFacts() with { RequiresTests = SwitchSetting.Parse("ContainerRequireTests", RequireTests) };
        var projects = TestProjects
            .Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Distinct(StringComparer.Ordinal)
            .ToList();
        if (facts.RequiresTests && projects.Count == 0)
        {
            throw Codes.NoTestsToRequire.ErrorAbout("ContainerRequireTests");
        }

        var check =
            HealthcheckProject.Length > 0
                ? Read("ContainerHealthcheckProject", HealthcheckProject, facts, ["TargetFramework"], cancellationToken)
                : null;
        var tests = projects
            .Select(project => Read("ContainerTestProjects", project, facts, OfThePublishedApp, cancellationToken))
            .Select(test => TestRules.Apply(test, facts.Publish, TestSetting.Read(test.Closure)));
        facts = facts with { Healthcheck = HealthcheckRules.Apply(Settings(), facts, check), Tests = [.. tests] };
        if (HealthcheckRules.Warning(facts.Healthcheck, facts.Container) is { } warning)
        {
            Report(warning);
        }

        Write(PipelineFiles.Facts, facts);
        return Task.CompletedTask;
    }

    private Companion Read(
        string property,
        string project,
        ProjectFacts facts,
        string[] withoutProperties,
        CancellationToken cancellationToken
    )
    {
        var path = Path.GetFullPath(project.Replace('\\', Path.DirectorySeparatorChar), Path.GetDirectoryName(ProjectFile)!);
        if (!File.Exists(path))
        {
            throw Codes.CompanionMissing.ErrorAbout(property, property, project);
        }

        var globals = ((IBuildEngine6)BuildEngine)
            .GetGlobalProperties()
            .Where(global => !withoutProperties.Contains(global.Key, StringComparer.OrdinalIgnoreCase))
            .ToDictionary(global => global.Key, global => global.Value, StringComparer.OrdinalIgnoreCase);
        var host = HostFolders.Of(ToolFolders, ProjectFile);
        // Two companions may have files of one name.
        var own = Path.Combine(PipelineFiles.Companions, FileHash.OfText([path])[..8].ToLowerInvariant());
        var cached = new CachedClosure(SharedPath(Path.Combine(own, PipelineFiles.Closure)), path, globals, host, SdkVersion, SdkFolder);
        // The app's own configuration above the context was warned of already.
        var proven = new ProvenClosure(cached, SharedPath(Path.Combine(own, PipelineFiles.Restore)), path, host);
        var (closure, evaluated, _) = proven.Read(facts.Closure.Context, cancellationToken);
        // Of several frameworks, the evaluation that stands above them.
        return new(
            closure,
            evaluated.Projects.Where(one => one.Path == path).OrderByDescending(one => one.Property("TargetFrameworks").Length).First()
        );
    }

    private HealthcheckSettings Settings() =>
        new()
        {
            Command = HealthcheckCommand,
            Project = HealthcheckProject,
            Path = HealthcheckPath,
            Interval = HealthcheckInterval,
            Timeout = HealthcheckTimeout,
            StartPeriod = HealthcheckStartPeriod,
            Retries = HealthcheckRetries,
            FrameworkVersion = FrameworkVersion,
        };
}
