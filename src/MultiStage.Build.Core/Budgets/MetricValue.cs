using MultiStage.Build.Measurement;

namespace MultiStage.Build.Budgets;

/// <summary>The value of a metric.</summary>
/// <param name="Value">The value; null where it could not be measured.</param>
/// <param name="Band">How far the true value may be from it, to either side; 0 where it is no estimate.</param>
/// <param name="Reason">Why there is no value, one clause; null where there is one.</param>
internal readonly record struct MetricValue(long? Value, long Band = 0, string? Reason = null)
{
    private const string NoBase = "the base image is not there to be compared with";
    private const string NoFiles = "the image's files were not looked at";

    /// <summary>Takes the value that a budget limits.</summary>
    /// <param name="measured">What was measured of the image.</param>
    /// <param name="budget">The budget.</param>
    /// <returns>The value.</returns>
    public static MetricValue Of(MeasuredImage measured, Budget budget) => budget.Metric switch
    {
        BudgetMetric.Total => new(measured.Sizes.Total),
        BudgetMetric.App => Known(measured.Sizes.AppBytes, NoBase),
        BudgetMetric.Layer => measured.Sizes.AppBytes is null ? new(null, 0, NoBase) : new(measured.Sizes.AppLayers.Select(layer => layer.Bytes).DefaultIfEmpty().Max()),
        BudgetMetric.LayerCount => new(measured.Sizes.Layers.Length),
        BudgetMetric.Compressed => measured.Compressed is { } size ? new(size.Bytes, size.Band) : new(null, 0, "its layers were not compressed"),
        BudgetMetric.Wasted => Known(measured.Breakdown?.WastedBytes, measured.Breakdown?.WasteUnknownBecause ?? NoFiles),
        BudgetMetric.Path => Known(measured.Breakdown?.BytesOf(budget.Path!), measured.Breakdown is null ? NoFiles : $"files outside {measured.Breakdown.Folder} were not looked at"),
        BudgetMetric.Stage => Known(measured.StageBytes.TryGetValue(budget.Name!, out var bytes) ? bytes : null, "that stage's image is not there"),
        _ => throw new ArgumentOutOfRangeException(nameof(budget), budget.Metric, "There is no such metric."),
    };

    private static MetricValue Known(long? value, string otherwise) => new(value, 0, value is null ? otherwise : null);
}
