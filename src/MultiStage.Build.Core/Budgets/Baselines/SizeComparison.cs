using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace MultiStage.Build.Budgets.Baselines;

/// <summary>How an image compares with its baseline. All sizes are in bytes.</summary>
/// <param name="Source">The baseline, as a reader knows it: a file's name or an image's.</param>
/// <param name="TotalBytes">What the whole image was.</param>
/// <param name="BaseBytes">What its base image was; null where it had none, or it was not measured.</param>
/// <param name="AppBytes">What the app was; null where its base image was not measured.</param>
internal sealed record SizeComparison(string Source, long TotalBytes, long? BaseBytes, long? AppBytes)
{
    /// <summary>Why the two say nothing of each other, one clause; null where they are compared.</summary>
    public string? NotComparedBecause { get; init; }

    /// <summary>
    /// How much the app grew; negative where it shrank. The base image's own change is not in it: an update of the base image is reported
    /// and fails no build. Where neither image's base image was measured, the whole image's growth.
    /// </summary>
    public long GrowthBytes { get; init; }

    /// <summary>How much the base image changed under the same name; 0 where it did not.</summary>
    public long BaseGrowthBytes { get; init; }

    /// <summary>Whether the base image has other layers than it had.</summary>
    public bool BaseChanged { get; init; }

    /// <summary>What changed, the largest growth first, the largest loss last; equals by name.</summary>
    public ImmutableArray<SizeChange> Changes { get; init; } = [];

    /// <summary>Whether the image's packages and files could be compared, too.</summary>
    public bool HasFiles { get; init; }

    /// <summary>The smallest file of which the baseline is sure to know; below it, a file that the baseline does not have may be
    /// old.</summary>
    public long FilesFrom { get; init; }

    /// <summary>Whether the two are compared.</summary>
    [JsonIgnore]
    public bool IsCompared => NotComparedBecause is null;

    /// <summary>The changes of one kind of thing.</summary>
    /// <returns>The changes, in their order.</returns>
    public IEnumerable<SizeChange> Of(ChangeSubject subject) => Changes.Where(change => change.Subject == subject);
}

internal enum ChangeSubject
{
    /// <summary>A layer of the app, known by its instruction.</summary>
    Layer,

    /// <summary>A package, a project, or another origin of files.</summary>
    Origin,

    File,
}

/// <summary>How something changed.</summary>
internal enum ChangeKind
{
    New,

    /// <summary>It is larger.</summary>
    Grown,

    /// <summary>It is smaller.</summary>
    Shrunk,

    /// <summary>It is no longer there.</summary>
    Gone,
}
