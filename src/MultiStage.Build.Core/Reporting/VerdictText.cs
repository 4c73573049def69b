using MultiStage.Build.Budgets;

namespace MultiStage.Build.Reporting;

/// <summary>Verdicts, for people: each part by itself, for tables and cards.</summary>
internal static class VerdictText
{
    /// <summary>The property that sets the budget, with what the budget's item is called.</summary>
    public static string Name(Verdict verdict) =>
        verdict switch
        {
            { Budget.Path: { } path } => $"{verdict.Property} {verdict.Name} ({path})",
            { Name: { } name } => $"{verdict.Property} {name}",
            _ => verdict.Property,
        };

    /// <summary>What the image has.</summary>
    public static string Size(Verdict verdict) =>
        verdict.Value switch
        {
            null => "not measured",
            { } growth when verdict.Kind.Unit == BudgetUnit.Growth => verdict.Kind.Unit.WriteValue(growth),
            _ => BudgetText.Compare(verdict).Size,
        };

    /// <summary>What it may have.</summary>
    public static string Limit(Verdict verdict) => BudgetText.Of(verdict, verdict.Limit);

    /// <summary>How it stands, in a word or two.</summary>
    public static string State(Verdict verdict) =>
        verdict.Status switch
        {
            VerdictStatus.Passed => "kept",
            VerdictStatus.Warned => "close",
            VerdictStatus.Waived => $"waived until {verdict.Waiver!.UntilText}",
            VerdictStatus.Failed => "broken",
            VerdictStatus.NotCompared => "not compared",
            _ => "not measured",
        };

    /// <summary>Size, limit and what lies between them, in a line.</summary>
    public static string Line(Verdict verdict)
    {
        if (verdict.Value is not { } value)
        {
            return $"{State(verdict)}: {verdict.Reason}";
        }

        var text = BudgetText.Compare(verdict);
        var apart = value == verdict.Limit ? "nothing left" : text.Difference + (value > verdict.Limit ? " over" : " left");
        var waiver = verdict.Waiver is { } applied
            ? $"; waived until {applied.UntilText} up to {BudgetText.Of(verdict, applied.Ceiling)}: {applied.Reason}"
            : "";
        return $"{Size(verdict)} of {text.Limit}, {apart}{waiver}";
    }

    /// <summary>What part of the limit is used, where 1 is all of it.</summary>
    public static double Part(Verdict verdict) =>
        verdict.Value is not { } value ? 0
        : verdict.Limit > 0 ? Math.Max(0, (double)value / verdict.Limit)
        : value > 0 ? 2
        : 0;
}
