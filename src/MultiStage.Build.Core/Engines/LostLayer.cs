using System.Text.RegularExpressions;
using MultiStage.Build.Diagnostics;
using MultiStage.Build.Engines.Progress;

namespace MultiStage.Build.Engines;

/// <summary>
/// BuildKit's cache can name a layer that the daemon's image store no longer has (moby/moby#41595); every build that meets it fails when it
/// writes the image. Made once more, the layer is back for all that come after.
/// </summary>
internal static partial class LostLayer
{
    /// <summary>Builds, and where a layer is lost builds once more without the cache.</summary>
    /// <typeparam name="T">What a build gives.</typeparam>
    /// <param name="progress">Told of the second build.</param>
    /// <returns>What the build gave.</returns>
    public static async Task<T> BuildAnewAsync<T>(BuildRequest request, Func<BuildRequest, Task<T>> build, IProgress<BuildEvent> progress)
    {
        try
        {
            return await build(request);
        }
        catch (MultiStageException e)
            when (!request.NoCache && ReferenceEquals(e.Diagnostic.Descriptor, Codes.BuildFailed) && Pattern().IsMatch(e.Message))
        {
            progress.Report(
                new Notice("The daemon's build cache names a layer that the daemon has lost; building once more without the cache")
            );
            return await build(request with { NoCache = true });
        }
    }

    // The layer store no longer knows it, or its storage driver finds no folder of its name. No instruction's own failure ends like this.
    [GeneratedRegex(@"(layer does not exist|\bstat /\S+: no such file or directory)$", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
