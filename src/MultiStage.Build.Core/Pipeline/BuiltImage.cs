using System.Collections.Immutable;
using MultiStage.Build.Engines;
using MultiStage.Build.Engines.Archives;

namespace MultiStage.Build.Pipeline;

/// <summary>An image that was built and has no name yet. Written to <c>image.json</c>.</summary>
/// <param name="BaseImage">The outside image that the stage is based on, directly or through other stages; null for <c>scratch</c>.</param>
/// <param name="Names">The names it gets when it is delivered; the first one stands for it in messages.</param>
internal sealed record BuiltImage(string ImageId, string Stage, string? BaseImage, ImmutableArray<string> Names)
{
    /// <summary>The engine that has it; every later target asks this one.</summary>
    public required EngineKind Engine { get; init; }

    /// <summary>The program that loads the image from its archive into a daemon's store: <c>docker</c> or <c>podman</c>; null for
    /// none.</summary>
    public string? LoadWith { get; init; }

    /// <summary>Whether delivery gives the archive to the daemon.</summary>
    public bool Load { get; init; }

    /// <summary>The image in an archive; null where the engine's daemon has it.</summary>
    public ImageArchive? InArchive { get; init; }

    /// <summary>The images of an index, each for a platform; none where the image is for one.</summary>
    public ImmutableArray<PlatformImage> Platforms { get; init; } = [];

    /// <summary>Whether it is run before it is delivered.</summary>
    public bool Verify { get; init; }

    /// <summary>Whether delivery pushes it to a registry.</summary>
    public bool Push { get; init; }

    /// <summary>The absolute path of the archive that delivery writes; null for none.</summary>
    public string? Archive { get; init; }

    /// <summary>
    /// The ids of the images of the stages that budgets limit, by what the budgets call them: names or numbers. <see cref="ImageId"/> where
    /// it is that stage.
    /// </summary>
    public ImmutableSortedDictionary<string, string> StageImages { get; init; } = ImmutableSortedDictionary<string, string>.Empty;
}
