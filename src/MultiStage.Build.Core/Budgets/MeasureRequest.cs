using System.Collections.Immutable;
using MultiStage.Build.Budgets.Baselines;
using MultiStage.Build.Measurement;

namespace MultiStage.Build.Budgets;

/// <param name="Image">Its id or name.</param>
/// <param name="BaseImage">Its base image, as <c>FROM</c> names it; null, empty or <c>scratch</c> where it has none.</param>
internal sealed record MeasureRequest(IImageSource Source, string Image, string? BaseImage)
{
    /// <summary>What budgets may call the stage that the image is: its name, its number; none where it is not a stage's.</summary>
    public ImmutableArray<string> Stages { get; init; } = [];

    /// <summary>Whether the image's files should be known even where every budget is kept.</summary>
    public bool Explain { get; init; }

    /// <summary>What it is compared with; null where there is no baseline.</summary>
    public BaselineFound? Baseline { get; init; }

    /// <summary>The time, by which waivers end.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>What was measured before, maybe of the same image; null where nothing was.</summary>
    public MeasuredImage? Known { get; init; }

    /// <summary>Where the images of other stages are.</summary>
    public IImageSource StageSource { get; init; } = Source;

    /// <summary>The images of other stages, by the stages' names.</summary>
    public ImmutableDictionary<string, string> StageImages { get; init; } = ImmutableDictionary<string, string>.Empty;
}
