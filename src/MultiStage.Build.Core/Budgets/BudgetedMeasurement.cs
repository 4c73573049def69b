using System.Collections.Immutable;
using MultiStage.Build.Diagnostics;
using MultiStage.Build.Measurement;
using MultiStage.Build.Measurement.Archives;

namespace MultiStage.Build.Budgets;

/// <summary>Measures an image as exactly as its budgets need, and no more: inspection and history first, the app's folder to explain, every
/// layer where nothing less will do.</summary>
internal static class BudgetedMeasurement
{
    // A residue of this much is not worth the cost of reading every layer.
    private const long SmallResidue = 100_000;
    private const long PartOfApp = 100;

    /// <summary>Measures an image and holds it against its budgets.</summary>
    /// <param name="request">The image and what is to be known of it.</param>
    /// <returns>What was measured, how it compares with the baseline, and one verdict for each budget, in their order.</returns>
    /// <exception cref="MultiStageException"><see cref="Codes.NotMeasured"/>.</exception>
    public static async Task<BudgetedImage> RunAsync(MeasureRequest request, BudgetSettings settings, CancellationToken cancellationToken)
    {
        var subject = await ImageSubject.DescribeAsync(request.Source, request.Image, request.BaseImage, cancellationToken);
        var wanted = WalkFor(settings);
        var stages = await StageBytesAsync(request, settings, cancellationToken);
        if (Remembered(request, subject, wanted) is { } known)
        {
            return await GateExactlyAsync(known, stages, request, settings, cancellationToken);
        }

        if (!wanted.HasFlag(Measurement.Archives.WalkFor.Compression) && subject.FromHistory() is { } sizes)
        {
            var quick = Gate(new MeasuredImage(sizes), stages, request, settings);
            if (
                !ExactnessCheck.IsTooClose(
                    Named(new MeasuredImage(sizes), request.Stages),
                    quick.Comparison,
                    settings.Over(quick.Comparison)
                )
            )
            {
                return NeedsFiles(quick, request, settings)
                    ? Gate(await ExplainAsync(subject, quick.Measured, settings, cancellationToken), stages, request, settings)
                    : quick;
            }
        }

        // What is read once can be looked at for everything.
        return await GateExactlyAsync(await subject.WalkAsync(wanted, cancellationToken), stages, request, settings, cancellationToken);
    }

    /// <summary>What a walk through an image's layers has to look for: its files, since it is being read anyway, and its pull size where a
    /// budget limits that.</summary>
    /// <returns>What is looked for.</returns>
    public static WalkFor WalkFor(BudgetSettings settings) =>
        settings.Need(BudgetNeed.Compression)
            ? Measurement.Archives.WalkFor.Files | Measurement.Archives.WalkFor.Compression
            : Measurement.Archives.WalkFor.Files;

    private static BudgetedImage Gate(
        MeasuredImage measured,
        ImmutableDictionary<string, long> stages,
        MeasureRequest request,
        BudgetSettings settings
    )
    {
        var whole = Named(measured with { StageBytes = stages }, request.Stages);
        var comparison = request.Baseline?.Compare(whole);
        return new BudgetedImage(whole, ImageVerdicts.Of(whole, settings, comparison, request.Clock)) { Comparison = comparison };
    }

    // Where the budget of growth is close, an exact size is compared with an exact size only.
    private static async Task<BudgetedImage> GateExactlyAsync(
        MeasuredImage measured,
        ImmutableDictionary<string, long> stages,
        MeasureRequest request,
        BudgetSettings settings,
        CancellationToken cancellationToken
    )
    {
        var gated = Gate(measured, stages, request, settings);
        var growth = (settings with { Budgets = [] }).Over(gated.Comparison);
        return request.Baseline is { MeasureExactlyAsync: { } exactly } && ExactnessCheck.IsTooClose(measured, gated.Comparison, growth)
            ? Gate(measured, stages, request with { Baseline = await exactly(cancellationToken) }, settings)
            : gated;
    }

    private static MeasuredImage Named(MeasuredImage measured, IEnumerable<string> stages) =>
        measured with
        {
            StageBytes = measured.StageBytes.SetItems(stages.Select(stage => KeyValuePair.Create(stage, measured.Sizes.Total))),
        };

    // Stages that differ in nothing are one image.
    private static async Task<ImmutableDictionary<string, long>> StageBytesAsync(
        MeasureRequest request,
        BudgetSettings settings,
        CancellationToken cancellationToken
    )
    {
        var bytes = ImmutableDictionary.CreateBuilder<string, long>(StringComparer.OrdinalIgnoreCase);
        foreach (var stages in request.StageImages.GroupBy(stage => stage.Value, stage => stage.Key, StringComparer.Ordinal))
        {
            var subject = await ImageSubject.DescribeAsync(request.StageSource, stages.Key, null, cancellationToken);
            var quick = subject.FromHistory() is { } sizes ? Named(new MeasuredImage(sizes), stages) : null;
            var budgets = settings.Only(BudgetKinds.Stage).Budgets;
            var measured =
                quick is not null && !ExactnessCheck.IsTooClose(quick, null, budgets)
                    ? quick
                    : await subject.WalkAsync(Measurement.Archives.WalkFor.Sizes, cancellationToken);
            bytes.AddRange(Named(measured, stages).StageBytes);
        }

        return bytes.ToImmutable();
    }

    private static bool NeedsFiles(BudgetedImage quick, MeasureRequest request, BudgetSettings settings) =>
        request.Explain
        || settings.Need(BudgetNeed.Files)
        || quick.Verdicts.Any(verdict => verdict.Status is not (VerdictStatus.Passed or VerdictStatus.NotCompared));

    private static async Task<MeasuredImage> ExplainAsync(
        ImageSubject subject,
        MeasuredImage quick,
        BudgetSettings settings,
        CancellationToken cancellationToken
    )
    {
        if (await subject.ReadFolderAsync(quick.Sizes, cancellationToken) is not { } breakdown)
        {
            return await subject.WalkAsync(Measurement.Archives.WalkFor.Files, cancellationToken);
        }

        var explained = quick with { Breakdown = breakdown };
        var app = quick.Sizes.AppBytes ?? quick.Sizes.Total;
        var residue = Math.Abs(app - breakdown.Bytes) > Math.Max(SmallResidue, app / PartOfApp);
        var open = BudgetEvaluator
            .Evaluate(explained, settings.Budgets.Where(budget => budget.Kind.Needs == BudgetNeed.Files))
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
