using System.Collections.Immutable;
using MultiStage.Build.Diagnostics;
using MultiStage.Build.Engines.Progress;
using MultiStage.Build.Images;

namespace MultiStage.Build.Engines;

/// <summary>Builds images for several platforms at once.</summary>
internal interface IIndexBuilder : IImageBuilder
{
    /// <summary>Whether the builder that was chosen can: one that keeps images for one platform alone cannot.</summary>
    bool BuildsIndexes { get; }

    /// <summary>Builds an image for several platforms into an archive in the layout of the OCI.</summary>
    /// <param name="request">What to build; its platform is not used.</param>
    /// <param name="output">For which platforms, and where it goes.</param>
    /// <param name="progress">Told of each step.</param>
    /// <exception cref="MultiStageException"><see cref="Codes.BuildFailed"/>.</exception>
    Task BuildIndexAsync(BuildRequest request, IndexOutput output, IProgress<BuildEvent> progress, CancellationToken cancellationToken);
}

/// <summary>Where an index goes.</summary>
/// <param name="Platforms">The platforms of its images.</param>
/// <param name="Names">The names that the archive gives it.</param>
/// <param name="Archive">The archive's absolute path.</param>
internal sealed record IndexOutput(ImmutableArray<Platform> Platforms, ImmutableArray<string> Names, string Archive);
