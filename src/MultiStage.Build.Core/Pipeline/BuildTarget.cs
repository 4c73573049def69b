using System.Collections.Immutable;
using MultiStage.Build.Budgets;
using MultiStage.Build.Diagnostics;
using MultiStage.Build.Pipeline.Building;
using MultiStage.Build.Projects;
using MultiStage.Build.Projects.Evaluation;
using MultiStage.Build.Stages;

namespace MultiStage.Build.Pipeline;

/// <summary><c>BuildMultiStageImage</c>: has an engine build a stage, without a name. <see cref="PullTarget"/> has pulled what the stage is
/// based on.</summary>
public sealed class BuildTarget(TargetRun run)
{
    /// <summary>The Dockerfile for people, which gets what hooks have changed; or the one that exists.</summary>
    public required string Dockerfile { get; init; }

    /// <summary><c>ContainerTarget</c>; empty for the final stage.</summary>
    public required string Target { get; init; }

    /// <summary><c>ContainerTargetTagSuffix</c>.</summary>
    public required string TargetTagSuffix { get; init; }

    /// <summary><c>ContainerBuildEngine</c>.</summary>
    public required string Engine { get; init; }

    /// <summary><c>ContainerBuilder</c>: a builder of buildx; empty for the current one.</summary>
    public required string Builder { get; init; }

    /// <summary><c>ContainerArchiveOutputPath</c>; where it is set nothing is pushed.</summary>
    public required string ArchiveOutputPath { get; init; }

    /// <summary><c>ContainerVerify</c>; read here, so that a typo does not cost a build.</summary>
    public required string Verify { get; init; }

    /// <summary><c>ContainerNoCache</c>.</summary>
    public required string NoCache { get; init; }

    /// <summary>Runs the target, which writes <c>image.json</c>.</summary>
    /// <exception cref="MultiStageException">The image cannot be built.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var verify = SwitchSetting.Parse("ContainerVerify", Verify);
        var facts = run.ReadFacts();
        ShowEdits(facts);
        if (IndexBuild.IsWanted(facts))
        {
            await RunForSeveralAsync(facts, verify, cancellationToken);
            return;
        }

        await using var engine = await run.OpenEngineAsync(
            StageBuild.Choose(Engine, Builder, run.DockerfileOf(facts), facts),
            cancellationToken
        );
        var build = await StageBuild.PrepareAsync(engine, facts, run.ReadPlan(), run.DockerfileOf(facts), NoCache, cancellationToken);
        var log = new BuildLog(run.Log, facts.Closure.Context) { OnContextSent = sent => run.Phase($"context sent ({sent.Files} files)") };
        (build, var differs) = await build.OnBaseImageAsync(engine, cancellationToken);
        run.Report(differs is null ? [] : [differs]);
        var plan = build.Plan;
        var stage = plan.Find(Target);
        var budgeted = run.ReadBudgets()
            .Stages.ToImmutableSortedDictionary(
                name => name,
                name => plan.Find(name, BudgetKinds.Stage.Setting),
                StringComparer.OrdinalIgnoreCase
            );
        var names = ImageNames.Of(facts.Container, plan, stage, TargetTagSuffix);
        run.Log.Message(Verbosity.Minimal, $"Building {names[0]} (stage {stage.Name}) with {engine.Info.Name}");
        var imageId = await LoggedBuild.RunAsync(engine, build.Request(stage), log, cancellationToken);
        HostPublish.Of(facts)?.RequireOwn(PipelineFile.ReadText(run.Path(PipelineFiles.Published), "PublishMultiStageOnHost"));
        run.Phase("image built");
        run.Write(
            PipelineFiles.Image,
            new BuiltImage(imageId, stage.Name, plan.RootImage(stage), names)
            {
                Engine = engine.Keeper,
                // A development or a test image has no app to run.
                Verify = verify && stage == plan.Stages[^1],
                Archive = Archive(run, facts.Container.Repository, ArchiveOutputPath),
                Push = facts.Container.Registry.Length > 0 && ArchiveOutputPath.Length == 0,
                StageImages = await LoggedBuild.RunStagesAsync(engine, build, budgeted, (stage, imageId), run.Log, cancellationToken),
            }
        );
    }

    private async Task RunForSeveralAsync(ProjectFacts facts, bool verify, CancellationToken cancellationToken)
    {
        var dockerfile = run.DockerfileOf(facts);
        await using var engine = await run.OpenEngineAsync(StageBuild.Choose(Engine, Builder, dockerfile, facts), cancellationToken);
        var plan = run.ReadPlan();
        var stage = plan.Find(Target);
        var push = facts.Container.Registry.Length > 0 && ArchiveOutputPath.Length == 0;
        var names = ImageNames.Of(facts.Container, plan, stage, TargetTagSuffix);
        var runs = verify && stage == plan.Stages[^1];
        var platforms = string.Join(", ", IndexBuild.PlatformsOf(plan, engine.Info));
        run.Log.Message(Verbosity.Minimal, $"Building {names[0]} (stage {stage.Name}) for {platforms} with {engine.Info.Name}");
        var index = await new IndexBuild(run, engine, facts, NoCache)
        {
            Target = Target,
            Budgeted = [.. run.ReadBudgets().Stages.Distinct(StringComparer.OrdinalIgnoreCase)],
            KeepsOwn = runs,
        }.RunAsync(names, new BuildLog(run.Log, facts.Closure.Context), cancellationToken);
        run.Phase("images built");
        run.Write(
            PipelineFiles.Image,
            new BuiltImage(index.Whole.ManifestDigest, stage.Name, plan.RootImage(stage), names)
            {
                Engine = engine.Keeper,
                InArchive = index.Whole,
                Platforms = index.Platforms,
                Verify = runs,
                Archive = Archive(run, facts.Container.Repository, ArchiveOutputPath),
                Push = push,
                Load = !push && ArchiveOutputPath.Length == 0,
            }
        );
    }

    // A hook may have edited the run's own Dockerfile before it is built.
    private void ShowEdits(ProjectFacts facts)
    {
        if (facts.Stages.Dockerfile is null)
        {
            PipelineFile.WriteText(Dockerfile, PipelineFile.ReadText(run.DockerfileOf(facts), "GenerateMultiStageDockerfile"));
        }
    }

    /// <summary>Where an archive goes: a folder gets one that is called as the repository is.</summary>
    /// <param name="repository">The image's repository, whose last part names an archive in a folder.</param>
    /// <param name="output">The value of <c>ContainerArchiveOutputPath</c>.</param>
    /// <returns>The absolute path; null for no archive.</returns>
    internal static string? Archive(TargetRun run, string repository, string output)
    {
        if (output.Length == 0)
        {
            return null;
        }

        var path = run.FullPath(output);
        return Directory.Exists(path) || Path.EndsInDirectorySeparator(path)
            ? Path.Combine(path, repository.Split('/')[^1] + ".tar.gz")
            : path;
    }
}
