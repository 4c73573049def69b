using MultiStage.Build.Diagnostics;
using MultiStage.Build.Engines.Progress;

namespace MultiStage.Build.Engines;

/// <summary>Builds images. It sees rendered text and a context, never a project.</summary>
internal interface IImageBuilder
{
    /// <summary>Whether it fetches base images itself; otherwise it needs them in the store.</summary>
    bool FetchesBaseImages { get; }

    /// <summary>Builds an image and gives it no name.</summary>
    /// <param name="progress">Told of each step.</param>
    /// <exception cref="MultiStageException"><see cref="Codes.BuildFailed"/>, after the failed step's log went to
    /// <paramref name="progress"/>.</exception>
    Task<string> BuildAsync(BuildRequest request, IProgress<BuildEvent> progress, CancellationToken cancellationToken);
}
