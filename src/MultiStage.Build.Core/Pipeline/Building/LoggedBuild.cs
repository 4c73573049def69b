using System.Collections.Immutable;
using MultiStage.Build.Context;
using MultiStage.Build.Diagnostics;
using MultiStage.Build.Engines;
using MultiStage.Build.Projects.Evaluation;
using MultiStage.Build.Stages;

namespace MultiStage.Build.Pipeline.Building;

/// <summary>Builds images and shows how it goes.</summary>
internal static class LoggedBuild
{
    /// <summary>Builds an image.</summary>
    /// <param name="log">Where it is shown.</param>
    /// <exception cref="MultiStageException">The build failed; the failed step's log was shown.</exception>
    public static Task<string> RunAsync(Engine engine, BuildRequest request, BuildLog log, CancellationToken cancellationToken) =>
        RunAsync(request, log, built => engine.Builder.BuildAsync(built, log, cancellationToken));

    /// <summary>Builds, in whatever way.</summary>
    /// <param name="log">Where it is shown.</param>
    /// <exception cref="MultiStageException">The build failed; the failed step's log was shown.</exception>
    public static async Task<string> RunAsync(BuildRequest request, BuildLog log, Func<BuildRequest, Task<string>> buildAsync)
    {
        log.Inputs = request.Context.Project is { } project
            ? new MissingInputs(request.Context, GlobalProperties.SourceFolder, project)
            : null;
        try
        {
            var imageId = await buildAsync(request);
            log.Finish();
            return imageId;
        }
        catch (MultiStageException e)
        {
            log.ShowFailure();
            throw new MultiStageException(log.WithTail(e.Diagnostic), e);
        }
    }

    /// <summary>Builds the stages that budgets limit. What they need was mostly just built, and comes out of the cache.</summary>
    /// <param name="stages">The stages, by what their budgets call them.</param>
    /// <param name="built">The stage that was built, and its image.</param>
    /// <returns>The images' ids, by what the budgets call them.</returns>
    public static async Task<ImmutableSortedDictionary<string, string>> RunStagesAsync(
        Engine engine,
        StageBuild build,
        ImmutableSortedDictionary<string, Stage> stages,
        (Stage Stage, string ImageId) built,
        ITargetLog log,
        CancellationToken cancellationToken
    )
    {
        var images = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, stage) in stages)
        {
            if (stage == built.Stage)
            {
                images[name] = built.ImageId;
                continue;
            }

            var request = build.ThrowawayRequest(stage);
            // With ContainerNoCache, too: the build before has just made what this stage needs, and put it into the cache.
            request = request with { NoCache = request.NoCache && !build.Plan.Needed(built.Stage).Contains(stage) };
            log.Message(Verbosity.Normal, $"Building stage {name}, which has a budget");
            images[name] = await RunAsync(engine, request, new BuildLog(log, request.Context.Directory), cancellationToken);
        }

        return images.ToImmutable();
    }
}
