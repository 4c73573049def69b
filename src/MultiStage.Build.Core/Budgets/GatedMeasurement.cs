using System.Collections.Immutable;
using MultiStage.Build.Diagnostics;
using MultiStage.Build.Measurement;
using MultiStage.Build.Measurement.Archives;

namespace MultiStage.Build.Budgets;

/// <summary>Measures an image as exactly as its budgets need, and no more: inspection and history first, the app's folder to explain, every layer where nothing less will do.</summary>
public static class GatedMeasurement
{
    // A residue of this much is not worth the cost of reading every layer.
    private const long SmallResidue = 100_000;
    private const long PartOfApp = 100;

    /// <summary>Measures an image and holds it against its budgets.</summary>
    /// <param name="request">The image and what is to be known of it.</param>
    /// <param name="settings">The budgets.</param>
    /// <param name="cancellationToken">Ends the measuring.</param>
    /// <returns>What was measured, and one verdict for each budget, in their order.</returns>
    /// <exception cref="MultiStageException"><see cref="Codes.NotMeasured"/>.</exception>
    public static async Task<(MeasuredImage Measured, ImmutableArray<Verdict> Verdicts)> RunAsync(
        MeasureRequest request, BudgetSettings settings, CancellationToken cancellationToken)
    {
        var subject = await ImageSubject.DescribeAsync(request.Source, request.Image, request.BaseImage, cancellationToken);
        var wanted = WalkFor(settings);
        var measured = Remembered(request, subject, wanted) ?? await MeasureAsync(subject, request, settings, wanted, cancellationToken);
        measured = WithStages(measured, request);
        return (measured, Verdicts(measured, request, settings));
    }

    /// <summary>What a walk through an image's layers has to look for: its files, since it is being read anyway, and its pull size where a budget limits that.</summary>
    /// <param name="settings">The budgets.</param>
    /// <returns>What is looked for.</returns>
    public static WalkFor WalkFor(BudgetSettings settings) =>
        settings.Budgets.Any(budget => budget.Metric == BudgetMetric.Compressed)
            ? Measurement.Archives.WalkFor.Files | Measurement.Archives.WalkFor.Compression
            : Measurement.Archives.WalkFor.Files;

    private static async Task<MeasuredImage> MeasureAsync(
        ImageSubject subject, MeasureRequest request, BudgetSettings settings, WalkFor wanted, CancellationToken cancellationToken)
    {
        if (!wanted.HasFlag(Measurement.Archives.WalkFor.Compression) && subject.FromHistory() is { } sizes)
        {
            var quick = WithStages(new MeasuredImage(sizes), request);
            if (!SizeGate.IsTooClose(quick, settings.Budgets))
                return NeedsFiles(quick, request, settings) ? await ExplainAsync(subject, quick, settings, cancellationToken) : quick;
        }
        // What is read once can be looked at for everything.
        return await subject.WalkAsync(wanted, cancellationToken);
    }

    private static MeasuredImage WithStages(MeasuredImage measured, MeasureRequest request) =>
        measured with { StageBytes = request.StageBytes.SetItems(request.Stages.Select(stage => KeyValuePair.Create(stage, measured.Sizes.Total))) };

    private static bool NeedsFiles(MeasuredImage quick, MeasureRequest request, BudgetSettings settings) =>
        request.Explain || settings.NeedFiles || Verdicts(quick, request, settings).Any(verdict => verdict.Status is not (VerdictStatus.Passed or VerdictStatus.NotCompared));

    private static ImmutableArray<Verdict> Verdicts(MeasuredImage measured, MeasureRequest request, BudgetSettings settings) =>
        GateVerdicts.Of(measured, settings, request.Baseline?.Compare(measured), request.Clock);

    private static async Task<MeasuredImage> ExplainAsync(ImageSubject subject, MeasuredImage quick, BudgetSettings settings, CancellationToken cancellationToken)
    {
        if (await subject.ReadFolderAsync(quick.Sizes, cancellationToken) is not { } breakdown)
            return await subject.WalkAsync(Measurement.Archives.WalkFor.Files, cancellationToken);
        var explained = quick with { Breakdown = breakdown };
        var app = quick.Sizes.AppBytes ?? quick.Sizes.Total;
        var residue = Math.Abs(app - breakdown.Bytes) > Math.Max(SmallResidue, app / PartOfApp);
        var open = BudgetEvaluator.Evaluate(explained, settings.Budgets.Where(budget => budget.Metric is BudgetMetric.Wasted or BudgetMetric.Path))
            .Any(verdict => verdict.Status == VerdictStatus.NotMeasured);
        return residue || open ? await subject.WalkAsync(Measurement.Archives.WalkFor.Files, cancellationToken) : explained;
    }

    // The same image on the same base image was read from end to end before.
    private static MeasuredImage? Remembered(MeasureRequest request, ImageSubject subject, WalkFor wanted) =>
        request.Known is { Breakdown.IsWhole: true } known
        && known.Sizes.ImageId == subject.Image.Id
        && known.Sizes.Layers.Count(layer => layer.IsBase) == subject.SharedLayers
        && known.Sizes.Base?.Reference == subject.BaseReference
        && (known.Compressed is not null || !wanted.HasFlag(Measurement.Archives.WalkFor.Compression))
            ? known
            : null;
}
