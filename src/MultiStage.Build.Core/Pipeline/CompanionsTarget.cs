using System.Collections.Immutable;
using MultiStage.Build.Diagnostics;
using MultiStage.Build.Projects;
using MultiStage.Build.Projects.Closure;
using MultiStage.Build.Projects.Companions;
using MultiStage.Build.Projects.Evaluation;

namespace MultiStage.Build.Pipeline;

/// <summary>Reads the health check and the test projects. It follows <see cref="ProjectTarget"/>, in the same evaluation.</summary>
/// <param name="evaluator">Has MSBuild evaluate the projects.</param>
public sealed class CompanionsTarget(TargetRun run, IClosureEvaluator evaluator)
{
    // A test is built as `dotnet test` builds it, for the builder's own platform; a health check as the app is.
    private static readonly string[] s_ofThePublishedApp = ["RuntimeIdentifier", "_IsPublishing", "SelfContained", "TargetFramework"];

    /// <summary>The SDK, and where its files and those of packages are.</summary>
    public required ToolFolders Tools { get; init; }

    /// <summary>The health check's properties.</summary>
    public required HealthcheckSettings Healthcheck { get; init; }

    /// <summary><c>ContainerTestProjects</c>, separated by semicolons.</summary>
    public required string TestProjects { get; init; }

    /// <summary><c>ContainerRequireTests</c>; empty for <c>false</c>.</summary>
    public required string RequireTests { get; init; }

    /// <summary>Runs the target, which writes <c>companions.json</c>.</summary>
    /// <exception cref="MultiStageException">A project cannot be read, or a property not be understood.</exception>
    public void Run(CancellationToken cancellationToken)
    {
        var facts = PipelineFile.Read<ProjectFacts>(run.Path(PipelineFiles.Project), "GenerateMultiStageDockerfile");
        var required = SwitchSetting.Parse("ContainerRequireTests", RequireTests);
        var projects = TestProjects
            .Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Distinct(StringComparer.Ordinal)
            .ToList();
        if (required && projects.Count == 0)
        {
            throw Codes.NoTestsToRequire.ErrorAbout("ContainerRequireTests");
        }

        var check =
            Healthcheck.Project.Length > 0
                ? Read("ContainerHealthcheckProject", Healthcheck.Project, facts, ["TargetFramework"], cancellationToken)
                : null;
        var tests = projects
            .Select(project => Read("ContainerTestProjects", project, facts, s_ofThePublishedApp, cancellationToken))
            .Select(test => TestRules.Apply(test, facts.Publish, TestSetting.Read(test.Closure)));
        var companions = new CompanionFacts(HealthcheckRules.Apply(Healthcheck, facts, check), [.. tests], required);
        if (HealthcheckRules.Warning(companions.Healthcheck, facts.Container) is { } warning)
        {
            run.Report(warning);
        }

        PipelineFile.Write(run.Path(PipelineFiles.Companions), companions);
    }

    private Companion Read(
        string property,
        string project,
        ProjectFacts facts,
        string[] withoutProperties,
        CancellationToken cancellationToken
    )
    {
        var path = run.FullPath(project);
        if (!File.Exists(path))
        {
            throw Codes.CompanionMissing.ErrorAbout(property, property, project);
        }

        var globals = evaluator
            .GlobalProperties.Where(global => !withoutProperties.Contains(global.Key, StringComparer.OrdinalIgnoreCase))
            .ToDictionary(global => global.Key, global => global.Value, StringComparer.OrdinalIgnoreCase);
        // Two companions may have files of one name.
        var kept = Path.Combine(PipelineFiles.CompanionsFolder, FileHash.OfText([path])[..8].ToLowerInvariant());
        var proven = new ProvenClosure(
            evaluator,
            Tools.Closure(evaluator, run.SharedPath(Path.Combine(kept, PipelineFiles.Closure)), path, globals),
            run.SharedPath(Path.Combine(kept, PipelineFiles.Restore)),
            path,
            HostFolders.Of(Tools.Folders, run.ProjectFile)
        );
        // Warnings of configuration above the context were given for the app already.
        var (closure, evaluated, _) = proven.Read(facts.Closure.Context, cancellationToken);
        var variables = HostVariables.Of(evaluated, HostVariables.Reads(evaluated), facts.Closure.Context, globals.Keys);
        run.Report(variables.Warnings);
        // Of several frameworks, the evaluation that stands above them.
        return new(
            closure with
            {
                Environment = variables,
            },
            evaluated.Projects.Where(one => one.Path == path).OrderByDescending(one => one.Property("TargetFrameworks").Length).First()
        );
    }
}
