using System.Collections.Immutable;
using Microsoft.Build.Framework;
using MultiStage.Build.Budgets;
using MultiStage.Build.Engines;
using MultiStage.Build.Pipeline;
using MultiStage.Build.Projects;
using MultiStage.Build.Projects.Evaluation;
using MultiStage.Build.Stages;

namespace MultiStage.Build.Tasks;

/// <summary>Has the daemon build a stage, without a name, and writes <c>image.json</c>.</summary>
[MSBuildMultiThreadableTask]
public sealed class BuildImage : MultiStageTask
{
    /// <summary>The Dockerfile for people, which gets what hooks have changed; or the one that exists.</summary>
    [Required]
    public string Dockerfile { get; set; } = "";

    /// <summary><c>ContainerTarget</c>; empty for the final stage.</summary>
    public string Target { get; set; } = "";

    /// <summary><c>ContainerTargetTagSuffix</c>.</summary>
    public string TargetTagSuffix { get; set; } = "";

    /// <summary><c>ContainerBuildEngine</c>: <c>auto</c> or <c>docker</c>.</summary>
    public string EngineName { get; set; } = "";

    /// <summary><c>ContainerArchiveOutputPath</c>; where it is set nothing is pushed.</summary>
    public string ArchiveOutputPath { get; set; } = "";

    /// <summary><c>ContainerVerify</c>; checked here, so that a typo does not cost a build.</summary>
    public string Verify { get; set; } = "";

    /// <summary><c>ContainerNoCache</c>.</summary>
    public string NoCache { get; set; } = "";

    /// <inheritdoc />
    protected override async Task RunAsync(CancellationToken cancellationToken)
    {
        var kind = EngineKinds.Parse(EngineName);
        _ = SwitchSetting.Parse("ContainerVerify", Verify);
        var facts = ReadFacts();
        ShowEdits(facts);
        var plan = PipelineFile.Read<BuildPlan>(PipelinePath(PipelineFiles.Plan), "GenerateMultiStageDockerfile");
        await using var engine = await Engine.OpenAsync(kind, cancellationToken);
        var build = await StageBuild.PrepareAsync(engine, facts, plan, DockerfileOf(facts), NoCache, cancellationToken);
        var log = new BuildLog(Log, facts.Closure.Context) { OnContextSent = sent => Phase($"context sent ({sent.Files} files)") };
        (build, var differs) = await build.OnBaseImageAsync(engine, log, cancellationToken);
        Report(differs is null ? [] : [differs]);
        plan = build.Plan;
        var stage = plan.Find(Target);
        var budgeted = ReadBudgets()
            .Stages.ToImmutableSortedDictionary(
                name => name,
                name => plan.Find(name, BudgetKinds.Stage.Setting),
                StringComparer.OrdinalIgnoreCase
            );
        var names = ImageNames.Of(facts.Container, plan, stage, TargetTagSuffix);
        Log.LogMessage(MessageImportance.High, "Building {0} (stage {1}) with Docker {2}", names[0], stage.Name, engine.Info.ServerVersion);
        await build.PullAsync(engine, log, budgeted.Values.Prepend(stage), cancellationToken);
        Phase("base images found");
        var imageId = await LoggedBuild.RunAsync(engine, build.Request(stage), log, cancellationToken);
        Phase("image built");
        Write(
            PipelineFiles.Image,
            new BuiltImage(
                imageId,
                stage.Name,
                plan.RootImage(stage),
                names,
                facts.Container.Registry.Length > 0 && ArchiveOutputPath.Length == 0
            )
            {
                Engine = kind,
                StageImages = await LoggedBuild.RunStagesAsync(engine, build, budgeted, (stage, imageId), Log, cancellationToken),
            }
        );
    }

    // A hook may have edited the run's own Dockerfile before it is built.
    private void ShowEdits(ProjectFacts facts)
    {
        if (facts.Stages.Dockerfile is null)
        {
            PipelineFile.WriteText(Dockerfile, PipelineFile.ReadText(DockerfileOf(facts), "GenerateMultiStageDockerfile"));
        }
    }
}
