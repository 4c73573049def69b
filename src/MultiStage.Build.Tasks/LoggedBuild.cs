using System.Collections.Immutable;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;
using MultiStage.Build.Engines;

namespace MultiStage.Build.Tasks;

/// <summary>Builds images and shows how it goes.</summary>
internal static class LoggedBuild
{
    /// <summary>Builds an image.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="request">What to build.</param>
    /// <param name="log">Where it is shown.</param>
    /// <param name="cancellationToken">Ends the build.</param>
    /// <exception cref="MultiStageException">The build failed; the failed step's log was shown.</exception>
    /// <returns>The image's id.</returns>
    public static async Task<string> RunAsync(DockerEngine engine, BuildRequest request, BuildLog log, CancellationToken cancellationToken)
    {
        try
        {
            var imageId = await engine.BuildAsync(request, log, cancellationToken);
            log.Finish();
            return imageId;
        }
        catch (MultiStageException)
        {
            log.ShowFailure();
            throw;
        }
    }

    /// <summary>Builds other stages of the same Dockerfile, of which budgets need the size. What they need was just built, so they come out of the cache.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="request">What was built.</param>
    /// <param name="stages">The stages' names.</param>
    /// <param name="log">The task's log.</param>
    /// <param name="cancellationToken">Ends the builds.</param>
    /// <returns>The images' ids, by stage.</returns>
    public static async Task<ImmutableSortedDictionary<string, string>> RunStagesAsync(
        DockerEngine engine, BuildRequest request, ImmutableArray<string> stages, TaskLoggingHelper log, CancellationToken cancellationToken)
    {
        var images = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var stage in stages)
        {
            log.LogMessage(MessageImportance.Normal, "Building stage {0}, which has a budget", stage);
            images[stage] = await RunAsync(engine, request with { Target = stage }, new BuildLog(log, request.Context.Directory), cancellationToken);
        }

        return images.ToImmutable();
    }
}
