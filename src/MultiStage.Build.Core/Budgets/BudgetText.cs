namespace MultiStage.Build.Budgets;

/// <summary>Numbers of budgets, for people.</summary>
public static class BudgetText
{
    /// <summary>Writes a value and its limit and how far they are apart, each in the verdict's unit; an estimate is marked as one.</summary>
    /// <param name="verdict">The verdict, of something that was measured.</param>
    /// <returns>The three texts.</returns>
    public static ComparedSize Compare(Verdict verdict)
    {
        var value = verdict.Value!.Value;
        var text = verdict.Kind.Unit == BudgetUnit.Layers
            ? new ComparedSize(Of(verdict, value), Of(verdict, verdict.Limit), Of(verdict, Math.Abs(value - verdict.Limit)))
            : SizeText.Compare(value, verdict.Limit);
        return verdict.IsEstimate ? text with { Size = "about " + text.Size } : text;
    }

    /// <summary>Writes a number in a verdict's unit.</summary>
    /// <param name="verdict">The verdict.</param>
    /// <param name="number">The number.</param>
    /// <returns>The text: a size, or the bare number where it counts layers.</returns>
    public static string Of(Verdict verdict, long number) => verdict.Kind.Unit.WriteLimit(number);
}
