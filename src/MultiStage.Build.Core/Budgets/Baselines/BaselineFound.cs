using MultiStage.Build.Measurement;

namespace MultiStage.Build.Budgets.Baselines;

/// <param name="Source">What a reader knows it as: a file's name or an image's.</param>
internal sealed record BaselineFound(SizeBaseline Baseline, string Source)
{
    /// <summary>Measures the baseline to the byte; null where it is a file.</summary>
    public Func<CancellationToken, Task<BaselineFound>>? MeasureExactlyAsync { get; init; }

    public SizeComparison Compare(MeasuredImage measured) =>
        GrownFiles.Name(SizeComparer.Compare(Baseline, SizeBaselines.Of(measured), Source), measured.Breakdown);
}

/// <summary>Where a project's baseline is, whether or not it is there.</summary>
/// <param name="Source">What a reader knows it as: a file's name or an image's.</param>
/// <param name="AcceptCommand">The command that makes the image as it is now the baseline.</param>
internal sealed record BaselinePlace(string Source, string AcceptCommand)
{
    /// <summary>Whether a growth budget without a baseline fails: a warning on a build server is easily overlooked.</summary>
    public bool IsRequired { get; init; }
}
