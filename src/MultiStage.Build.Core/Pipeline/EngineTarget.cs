using MultiStage.Build.Budgets;
using MultiStage.Build.Diagnostics;
using MultiStage.Build.Engines;
using MultiStage.Build.Pipeline.Building;
using MultiStage.Build.Projects;
using MultiStage.Build.Projects.Evaluation;

namespace MultiStage.Build.Pipeline;

/// <summary>Chooses the engine: the one that is asked for, or where none answers, the one that needs no daemon.</summary>
public sealed class EngineTarget(TargetRun run)
{
    /// <summary><c>ContainerBuildEngine</c>; empty for <c>auto</c>.</summary>
    public required string Engine { get; init; }

    /// <summary><c>ContainerTarget</c>.</summary>
    public required string Target { get; init; }

    /// <summary><c>ContainerVerify</c>.</summary>
    public required string Verify { get; init; }

    /// <summary><c>ContainerBuilder</c>.</summary>
    public required string Builder { get; init; }

    /// <summary><c>ContainerArchiveOutputPath</c>.</summary>
    public required string ArchiveOutputPath { get; init; }

    /// <summary>Runs the target.</summary>
    /// <exception cref="MultiStageException"><see cref="Codes.SdkEngineCannot"/>, or of the daemon.</exception>
    /// <returns>Whether the .NET SDK makes the image.</returns>
    public async Task<bool> IsSdkAsync(CancellationToken cancellationToken)
    {
        var isSdk = await ChoosesSdkAsync(cancellationToken);
        var facts = run.ReadFacts();
        PlatformBudgets.Require(run.ReadBudgets().OfPlatforms, facts.Container.Platforms);
        if (!isSdk && (IndexBuild.IsWanted(facts) || !facts.Stages.CacheTo.IsEmpty))
        {
            await RequireAsync(facts, cancellationToken);
        }

        return isSdk;
    }

    private async Task RequireAsync(ProjectFacts facts, CancellationToken cancellationToken)
    {
        var plan = run.ReadPlan();
        await using var engine = await run.OpenEngineAsync(
            StageBuild.Choose(Engine, Builder, run.DockerfileOf(facts), facts),
            cancellationToken
        );
        PlatformChecks.RequireBuilder(engine, StageBuild.Extras(facts));
        if (IndexBuild.IsWanted(facts))
        {
            PlatformChecks.Require(
                facts,
                plan,
                plan.Find(Target),
                engine.Info,
                facts.Container.Registry.Length == 0 && ArchiveOutputPath.Length == 0,
                SwitchSetting.Parse("ContainerVerify", Verify) && plan.Find(Target) == plan.Stages[^1]
            );
        }
    }

    private async Task<bool> ChoosesSdkAsync(CancellationToken cancellationToken)
    {
        var kind = EngineChoice.Of(Engine).Kind;
        _ = SwitchSetting.Parse("ContainerVerify", Verify);
        if (kind is EngineKind.Sdk)
        {
            return Needs() is { Count: > 0 } needs
                ? throw Codes.SdkEngineCannot.ErrorAbout("ContainerBuildEngine", string.Join(", ", needs))
                : true;
        }

        // Somebody who names the daemon wants that one.
        if (Engine.Length > 0 && !Engine.Equals("auto", StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        try
        {
            await using var engine = await run.OpenEngineAsync(kind, cancellationToken);
            return false;
        }
        catch (MultiStageException e) when (e.Diagnostic.Descriptor == Codes.NoDaemon)
        {
            if (Needs() is { Count: > 0 } needs)
            {
                throw new MultiStageException(
                    e.Diagnostic with
                    {
                        Message =
                            $"{e.Diagnostic.Message} Without a daemon the .NET SDK makes the image, but not with "
                            + $"{string.Join(", ", needs)}.",
                    },
                    e
                );
            }

            run.Tell("No Docker daemon answers, and this image needs none: the .NET SDK makes it (ContainerBuildEngine=sdk)");
            return true;
        }
    }

    private List<string> Needs() =>
        [
            .. DaemonNeeds.Of(
                run.ReadFacts(),
                run.ReadPlan(),
                run.ReadBudgets(),
                Target,
                SwitchSetting.Parse("ContainerVerify", Verify),
                run.ReadBaseline().Image
            ),
        ];
}
