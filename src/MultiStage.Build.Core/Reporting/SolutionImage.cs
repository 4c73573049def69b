using System.Globalization;
using MultiStage.Build.Budgets;
using MultiStage.Build.Reporting.Console;

namespace MultiStage.Build.Reporting;

/// <summary>One image of a solution that was published.</summary>
/// <param name="Name">The name that the image got, or would have got; the project's where that is not known.</param>
/// <param name="Report">Its size; null where it was not measured.</param>
/// <param name="IsDelivered">Whether it has its names, and was pushed or saved.</param>
/// <param name="Page">The path of its report; null where there is none.</param>
internal sealed record SolutionImage(string Name, SizeReport? Report, bool IsDelivered, string? Page)
{
    /// <summary>What the cells of a row say.</summary>
    public static readonly string[] Heads = ["image", "size", "budget", "change", ""];

    /// <summary>Says how many images there are.</summary>
    /// <param name="solution">The solution's file name.</param>
    /// <returns>Such as <c>Shop.slnx: 4 images, 1 not delivered</c>.</returns>
    public static string Heading(string solution, IReadOnlyList<SolutionImage> images)
    {
        var missing = images.Count(image => !image.IsDelivered);
        return string.Create(CultureInfo.InvariantCulture, $"{LogText.Safe(solution)}: {images.Count} images")
            + (missing == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $", {missing} not delivered"));
    }

    /// <summary>A row for tables.</summary>
    public string[] Cells =>
        [
            LogText.Safe(Name),
            Report is null ? "" : SizeText.Of(Report.Sizes.Total),
            Shown is { } verdict ? Budget(verdict) : "",
            Report is null ? "" : ConsoleReport.Change(Report) ?? "",
            IsDelivered ? "" : "not delivered",
        ];

    // A broken budget says why an image was not delivered; else the one that people ask for.
    private Verdict? Shown =>
        Report?.Verdicts.FirstOrDefault(verdict => !verdict.Passed)
        ?? Report?.Verdicts.FirstOrDefault(verdict => verdict.Kind == BudgetKinds.Total)
        ?? Report?.Verdicts.FirstOrDefault();

    private static string Budget(Verdict verdict)
    {
        var label = verdict.Kind == BudgetKinds.Total ? "" : $"{verdict.Kind.Label(verdict.Budget)} ";
        return verdict.Value is { } value && verdict.Limit > 0
            ? $"{label}{BudgetText.Compare(verdict).Limit} ({SizeText.PercentOf(value, verdict.Limit)})"
            : $"{label}{VerdictText.State(verdict)}";
    }
}
