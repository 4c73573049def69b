using System.Globalization;

namespace MultiStage.Build.Budgets;

/// <summary>Names and numbers of budgets, for people.</summary>
public static class BudgetText
{
    /// <summary>Names what a verdict is about, as the beginning of a sentence that goes on with "is" and a number.</summary>
    /// <param name="verdict">The verdict.</param>
    /// <param name="imageName">The name and tag that the image is built for.</param>
    /// <returns>The subject, such as <c>The app in image 'web:latest'</c>.</returns>
    public static string Subject(Verdict verdict, string imageName) => verdict.Metric switch
    {
        BudgetMetric.Total => $"Image '{imageName}'",
        BudgetMetric.App => $"The app in image '{imageName}'",
        BudgetMetric.Layer => $"The largest layer of image '{imageName}'",
        BudgetMetric.LayerCount => $"The number of layers of image '{imageName}'",
        BudgetMetric.Compressed => $"The pull size of image '{imageName}'",
        BudgetMetric.Wasted => $"What image '{imageName}' carries and no container sees",
        BudgetMetric.Path => $"'{verdict.Name}' ({verdict.Path}) in image '{imageName}'",
        BudgetMetric.Stage => $"Stage '{verdict.Name}' of image '{imageName}'",
        BudgetMetric.Growth => $"The growth of image '{imageName}' over its baseline",
        _ => throw new ArgumentOutOfRangeException(nameof(verdict), verdict.Metric, "There is no such metric."),
    };

    /// <summary>Names a metric in a table, in a word or two.</summary>
    /// <param name="verdict">The verdict.</param>
    /// <returns>The name, such as <c>largest layer</c>.</returns>
    public static string Label(Verdict verdict) => verdict.Metric switch
    {
        BudgetMetric.Total => "total",
        BudgetMetric.App => "app",
        BudgetMetric.Layer => "largest layer",
        BudgetMetric.LayerCount => "layers",
        BudgetMetric.Compressed => "pull size",
        BudgetMetric.Wasted => "wasted",
        BudgetMetric.Path => $"path {verdict.Name}",
        BudgetMetric.Stage => $"stage {verdict.Name}",
        BudgetMetric.Growth => "growth",
        _ => throw new ArgumentOutOfRangeException(nameof(verdict), verdict.Metric, "There is no such metric."),
    };

    /// <summary>Writes a value and its limit and how far they are apart, each in the verdict's unit; an estimate is marked as one.</summary>
    /// <param name="verdict">The verdict, of something that was measured.</param>
    /// <returns>The three texts.</returns>
    public static ComparedSize Compare(Verdict verdict)
    {
        var value = verdict.Value!.Value;
        var text = verdict.IsCount
            ? new ComparedSize(Of(verdict, value), Of(verdict, verdict.Limit), Of(verdict, Math.Abs(value - verdict.Limit)))
            : SizeText.Compare(value, verdict.Limit);
        return verdict.IsEstimate ? text with { Size = "about " + text.Size } : text;
    }

    /// <summary>Writes a number in a verdict's unit.</summary>
    /// <param name="verdict">The verdict.</param>
    /// <param name="number">The number.</param>
    /// <returns>The text: a size, or the bare number where it counts layers.</returns>
    public static string Of(Verdict verdict, long number) => verdict.IsCount ? number.ToString(CultureInfo.InvariantCulture) : SizeText.Of(number);
}
