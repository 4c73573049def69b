using MultiStage.Build.Budgets;
using MultiStage.Build.Diagnostics;
using MultiStage.Build.Pipeline.Building;

namespace MultiStage.Build.Pipeline;

/// <summary>
/// Has the engine pull the base images before anything is built. A target of its own, because a terminal shows the name of the target that
/// runs and nothing else, and a first pull takes longer than the build.
/// </summary>
public sealed class PullTarget(TargetRun run)
{
    /// <summary><c>ContainerTarget</c>; empty for the final stage.</summary>
    public required string Target { get; init; }

    /// <summary><c>ContainerBuildEngine</c>.</summary>
    public required string Engine { get; init; }

    /// <summary><c>ContainerBuilder</c>.</summary>
    public required string Builder { get; init; }

    /// <summary>Runs the target.</summary>
    /// <exception cref="MultiStageException">A base image cannot be pulled.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var facts = run.ReadFacts();
        // A name on the daemon may be that of one platform: each is pulled when its build begins.
        if (IndexBuild.IsWanted(facts))
        {
            return;
        }

        await using var engine = await run.OpenEngineAsync(
            StageBuild.Choose(Engine, Builder, run.DockerfileOf(facts), facts),
            cancellationToken
        );
        var build = await StageBuild.PrepareAsync(engine, facts, run.ReadPlan(), run.DockerfileOf(facts), "", cancellationToken);
        var stages = run.ReadBudgets().Stages.Select(name => build.Plan.Find(name, BudgetKinds.Stage.Setting));
        await build.PullAsync(engine, new BuildLog(run.Log), stages.Prepend(build.Plan.Find(Target)), cancellationToken);
        run.Phase("base images found");
    }
}
