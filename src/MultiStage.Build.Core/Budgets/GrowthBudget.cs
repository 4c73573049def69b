using System.Collections.Immutable;
using System.Globalization;
using MultiStage.Build.Diagnostics;

namespace MultiStage.Build.Budgets;

/// <summary>
/// How much an image may grow over its baseline: a percentage of the baseline's total, a number of bytes, or both. With both, an image has
/// to be over
/// both to break it: a percentage alone nags at small images, and bytes alone at large ones.
/// </summary>
/// <param name="Percent">The allowed growth in percent of the baseline's total, 0 or more; null for any.</param>
/// <param name="Bytes">The allowed growth in bytes, 0 or more; null for any.</param>
internal sealed record GrowthBudget(decimal? Percent, long? Bytes)
{
    /// <summary>The property that sets it.</summary>
    public static string Property => BudgetKinds.Growth.Setting;

    // Ten times the size limits nothing, and products of it with any size still fit a decimal.
    private const decimal MostPercent = 100_000m;

    private const int MostDecimals = 6;

    /// <summary>Reads a growth budget.</summary>
    /// <param name="text">Such as <c>5%</c>, <c>3MB</c> or <c>5%;3MB</c>; empty for none.</param>
    /// <returns>The budget; null where the text is empty.</returns>
    /// <exception cref="MultiStageException"><see cref="Codes.GrowthBudgetNotUnderstood"/>.</exception>
    public static GrowthBudget? Parse(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        return TryParse(text, out var budget, out var reason)
            ? budget
            : throw Codes.GrowthBudgetNotUnderstood.ErrorAbout(Property, Property, text.Trim(), reason);
    }

    /// <summary>Reads a growth budget. The arithmetic is exact.</summary>
    /// <param name="text">Such as <c>5%</c>, <c>3MB</c> or <c>5%;3MB</c>, in either order.</param>
    /// <param name="budget">The budget; null where it was not understood.</param>
    /// <param name="reason">Why it was not understood, one clause; empty where it was.</param>
    /// <returns>Whether it was understood.</returns>
    public static bool TryParse(string text, out GrowthBudget? budget, out string reason)
    {
        (decimal? percent, long? bytes) = (null, null);
        budget = null;
        reason = "";
        foreach (var part in text.Split(';').Select(part => part.Trim()))
        {
            var isPercent = part.EndsWith('%');
            if (part.Length == 0)
            {
                reason = "a part of it is empty";
            }
            else if (isPercent ? percent is not null : bytes is not null)
            {
                reason = isPercent ? "it has two percentages" : "it has two sizes";
            }
            else if (isPercent)
            {
                reason = ReadPercent(part[..^1].TrimEnd(), ref percent);
            }
            else
            {
                reason = ReadBytes(part, ref bytes);
            }

            if (reason.Length > 0)
            {
                return false;
            }
        }

        budget = new GrowthBudget(percent, bytes);
        return true;
    }

    /// <summary>How many bytes it allows over a baseline: the larger of its two limits, rounded down.</summary>
    /// <param name="baseline">The baseline's total in bytes.</param>
    public long AllowedBytes(long baseline) =>
        Math.Max(Bytes ?? 0, Percent is { } percent ? (long)Math.Min(decimal.Floor(percent * baseline / 100), long.MaxValue) : 0);

    /// <summary>The budget as a project would have it.</summary>
    /// <returns>Such as <c>5 %</c>, <c>3 MB</c>, or <c>5 % and 3 MB</c>.</returns>
    public override string ToString()
    {
        var parts = ImmutableArray.CreateBuilder<string>();
        if (Percent is { } percent)
        {
            parts.Add(percent.ToString("0.######", CultureInfo.InvariantCulture) + " %");
        }

        if (Bytes is { } bytes)
        {
            parts.Add(SizeText.Of(bytes));
        }

        return string.Join(" and ", parts);
    }

    private static string ReadPercent(string number, ref decimal? percent)
    {
        var point = number.IndexOf('.', StringComparison.Ordinal);
        if (number.Contains(',', StringComparison.Ordinal))
        {
            return "its decimal sign is a comma, so write a point";
        }

        if (number.Length == 0 || !char.IsAsciiDigit(number[0]) || !char.IsAsciiDigit(number[^1]))
        {
            return "its percentage is not a valid number";
        }

        if (!decimal.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value))
        {
            return "its percentage is not a valid number";
        }

        if (point >= 0 && number.Length - point - 1 > MostDecimals)
        {
            return "its percentage has more than six decimals";
        }

        if (value > MostPercent)
        {
            return "no image grows by so many percent";
        }

        percent = value;
        return "";
    }

    private static string ReadBytes(string size, ref long? bytes)
    {
        // No growth at all is a budget, unlike an image of no size.
        if (size is "0" or "0B")
        {
            bytes = 0;
            return "";
        }

        if (!ByteSize.TryParse(size, out var value, out var reason))
        {
            return reason;
        }

        bytes = value;
        return "";
    }
}
