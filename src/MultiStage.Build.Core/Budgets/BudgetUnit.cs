using System.Globalization;

namespace MultiStage.Build.Budgets;

/// <summary>What a budget counts in: how its limit is read, and how its value and its limit are written.</summary>
internal sealed class BudgetUnit
{
    private BudgetUnit(Func<string, (long? Limit, string Reason)> read, Func<long, string> limit, Func<long, string> value) =>
        (Read, WriteLimit, WriteValue) = (read, limit, value);

    public static BudgetUnit Bytes { get; } = new(ReadBytes, SizeText.Of, SizeText.Of);

    public static BudgetUnit Layers { get; } = new(ReadCount, WriteCount, WriteCount);

    /// <summary>Bytes that the image has more than its baseline. Such a limit is a <see cref="GrowthBudget"/> until the baseline is
    /// known.</summary>
    public static BudgetUnit Growth { get; } = new(ReadBytes, SizeText.Of, SizeText.OfChange);

    /// <summary>Reads a limit; where there is none, the reason is one clause.</summary>
    public Func<string, (long? Limit, string Reason)> Read { get; }

    /// <summary>Writes a limit, or a difference from one.</summary>
    public Func<long, string> WriteLimit { get; }

    public Func<long, string> WriteValue { get; }

    private static (long? Limit, string Reason) ReadBytes(string text) =>
        ByteSize.TryParse(text, out var bytes, out var reason) ? (bytes, "") : (null, reason);

    private static (long? Limit, string Reason) ReadCount(string text) =>
        int.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count > 0
            ? (count, "")
            : (null, "it is not a valid number of layers");

    private static string WriteCount(long count) => count.ToString(CultureInfo.InvariantCulture);
}
