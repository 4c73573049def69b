using MultiStage.Build.Diagnostics;
using MultiStage.Build.Engines;
using MultiStage.Build.Images;
using MultiStage.Build.Projects;
using MultiStage.Build.Stages;
using MultiStage.Build.Stages.Items;

namespace MultiStage.Build.Pipeline.Building;

/// <summary>What an image for several platforms needs, checked before anything is built.</summary>
internal static class PlatformChecks
{
    private const string About = "ContainerRuntimeIdentifiers";

    /// <param name="facts">What was read from the project.</param>
    /// <param name="toDaemon">Whether the image is delivered to the daemon alone.</param>
    /// <param name="verify">Whether the image is run before it is delivered.</param>
    /// <exception cref="MultiStageException"><see cref="Codes.ForeignStep"/>, <see cref="Codes.PlatformsCannot"/>.</exception>
    public static void Require(ProjectFacts facts, BuildPlan plan, Stage target, EngineInfo engine, bool toDaemon, bool verify)
    {
        var problem =
            plan.PublishesOnHost
                ? "ContainerPublishMode is Host, and a publish on this machine is for one platform. Leave it empty: the builder stage "
                    + "compiles for each platform, without emulation"
            : !engine.HasBuildKit ? $"{engine.Name} builds without BuildKit. Update Docker, or set ContainerBuildEngine to buildx"
            : toDaemon && !engine.HoldsIndexes
                ? $"the image store of {engine.Name} has one platform for each name. Set ContainerRegistry or ContainerArchiveOutputPath, "
                    + "or switch the daemon to the containerd image store"
            : verify && !IndexBuild.PlatformsOf(plan, engine).Contains(Own(engine))
                ? $"ContainerVerify runs the image, and none of its platforms is this machine's own, {Own(engine)}"
            : null;
        if (problem is not null)
        {
            throw Codes.PlatformsCannot.ErrorAbout(About, string.Join(", ", IndexBuild.PlatformsOf(plan, engine)), problem);
        }

        if (ForeignSteps.Find(plan, target, engine.NativePlatforms) is { } step)
        {
            var diagnostic = Codes.ForeignStep.With(
                step.Platform,
                step.Stage.Name,
                step.What.Trim(),
                string.Join(", ", engine.NativePlatforms)
            );
            var item = facts.Stages.Steps.FirstOrDefault(item =>
                step.Script is { } script && item["Run"].Contains(script.Trim(), StringComparison.Ordinal)
            );
            throw new MultiStageException(
                item is null ? diagnostic with { About = About } : diagnostic with { About = item.Type, Item = item }
            );
        }
    }

    /// <summary>Refuses what the builder of a daemon has no room for, before anything is built.</summary>
    /// <param name="engine">What builds.</param>
    /// <param name="extras">What the build is asked for beside its image.</param>
    /// <exception cref="MultiStageException"><see cref="Codes.BuilderCannot"/>.</exception>
    public static void RequireBuilder(Engine engine, BuildExtras extras)
    {
        var exports = extras.CacheTo.Any(cache => !cache.StartsWith("type=inline", StringComparison.Ordinal));
        if (engine.Builder is not IIndexBuilder { BuildsIndexes: true } && (exports || extras.HasAttestations))
        {
            throw Codes.BuilderCannot.ErrorAbout(
                exports ? "ContainerCacheTo"
                    : extras.Provenance is not null ? "ContainerProvenance"
                    : "ContainerSbom",
                extras.Need
            );
        }
    }

    /// <summary>The platform that containers of an engine run on.</summary>
    /// <returns>The platform, such as <c>linux/amd64</c>.</returns>
    public static Platform Own(EngineInfo engine) => Platform.Of("linux", engine.Architecture);
}
