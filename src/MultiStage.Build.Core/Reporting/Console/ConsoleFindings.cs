using MultiStage.Build.Budgets;
using MultiStage.Build.Budgets.Baselines;
using MultiStage.Build.Measurement.Layers;

namespace MultiStage.Build.Reporting.Console;

/// <summary>Where a reader of the console goes from here.</summary>
/// <param name="Page">The full report, as a path that may be opened.</param>
/// <param name="AcceptCommand">The command that accepts the new size.</param>
internal sealed record ConsolePlaces(string Page, string AcceptCommand);

/// <summary>The lines below the table: what grew, what would help, and where the rest is.</summary>
internal static class ConsoleFindings
{
    private const int MostChanges = 5;
    private const int MostHints = 3;

    // Less is not worth an edit of the project: a twentieth of the image, and at least a megabyte.
    private const long LeastShrunk = 1_000_000;
    private const int LeastShrunkPercent = 5;

    // What a tightened budget leaves for the next weeks.
    private const int RoomPercent = 5;

    /// <summary>Offers to tighten budgets after an image shrank by much.</summary>
    /// <param name="acceptCommand">The command that makes the image the new baseline.</param>
    /// <returns>The line; null where it did not shrink by much.</returns>
    public static string? Tighten(SizeReport report, string acceptCommand)
    {
        if (
            report.Comparison is not { IsCompared: true } comparison
            || -comparison.GrowthBytes < LeastShrunk
            || -(decimal)comparison.GrowthBytes * 100 < (decimal)comparison.TotalBytes * LeastShrunkPercent
        )
        {
            return null;
        }

        var budget = report.Verdicts.FirstOrDefault(verdict => verdict.Kind == BudgetKinds.Total && verdict.Value is not null);
        var tighter = budget is null ? null : Tighter(budget);
        return $"  hint: {report.Image} is {SizeText.Of(-comparison.GrowthBytes)} smaller than its baseline. Keep it so: "
            + (tighter is null ? "" : $"set {BudgetKinds.Total.Setting} to {tighter}, and ")
            + $"run {acceptCommand}";
    }

    /// <summary>The lines.</summary>
    /// <param name="places">Where the reader goes from here.</param>
    internal static IEnumerable<string> Of(SizeReport report, ConsolePlaces? places)
    {
        foreach (var line in Grew(report.Comparison))
        {
            yield return line;
        }

        if (report.Passed)
        {
            yield break;
        }

        foreach (var hint in report.Hints.Take(MostHints))
        {
            yield return WrappedText.Of($"  hint: {hint}", ConsoleReport.Width, indent: 8);
        }

        if (places is null)
        {
            yield break;
        }

        yield return $"  full report: {places.Page}";
        if (report.Verdicts.Any(verdict => verdict.Kind == BudgetKinds.Growth && verdict.Status == VerdictStatus.Failed))
        {
            yield return $"  accept: {places.AcceptCommand}";
        }
    }

    // Packages where they are known, else files; layers are in the table itself.
    private static IEnumerable<string> Grew(SizeComparison? comparison)
    {
        if (comparison is not { IsCompared: true })
        {
            yield break;
        }

        var grown = comparison.Of(ChangeSubject.Origin).Where(change => change.Bytes > 0).ToList();
        foreach (var change in grown.Take(MostChanges))
        {
            yield return $"  grew: {HistoryInstruction.Shorten(ChangeText.Name(change), 50)}  {ChangeText.Of(change)}";
        }

        if (grown.Count > MostChanges)
        {
            yield return $"  grew: {grown.Count - MostChanges} more  "
                + $"{SizeText.OfChange(grown.Skip(MostChanges).Sum(change => change.Bytes))}";
        }
    }

    // Up to the next whole megabyte, or a tenth of one where the image is small.
    private static string? Tighter(Verdict budget)
    {
        var wanted = budget.Value!.Value + budget.Value.Value * RoomPercent / 100;
        var step = wanted >= 10_000_000 ? 1_000_000 : 100_000;
        var limit = (wanted + step - 1) / step * step;
        return limit < budget.Limit ? SizeText.Of(limit).Replace(" ", "", StringComparison.Ordinal) : null;
    }
}
