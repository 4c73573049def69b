using System.Globalization;

namespace MultiStage.Build.Budgets;

/// <summary>
/// Writes sizes for people, in SI units: one decimal up to MB, two from GB (<c>324.3 MB</c>, <c>1.24 GB</c>, <c>12 B</c>). Zeros at the end
/// are left out exactly where the text is the size to the byte: <c>120 MB</c> is 120,000,000 bytes, and <c>120.0 MB</c> is nearly that.
/// </summary>
internal static class SizeText
{
    // Name, bytes, decimals, and the decimals at which the text is exact.
    private static readonly (string Name, decimal Bytes, int Decimals, int ExactDecimals)[] s_units =
    [
        ("B", 1m, 0, 0),
        ("kB", 1e3m, 1, 3),
        ("MB", 1e6m, 1, 6),
        ("GB", 1e9m, 2, 9),
        ("TB", 1e12m, 2, 12),
    ];

    /// <summary>Writes a size.</summary>
    /// <param name="bytes">The size in bytes.</param>
    /// <returns>The size with its unit, such as <c>4.3 MB</c>.</returns>
    public static string Of(long bytes) => Render(bytes, 0).ToString();

    /// <summary>Writes a change of size.</summary>
    /// <param name="bytes">The change in bytes.</param>
    /// <returns>The change with its sign and unit, such as <c>+24.3 MB</c>; <c>=</c> for none.</returns>
    public static string OfChange(long bytes) =>
        bytes switch
        {
            0 => "=",
            > 0 => "+" + Render(bytes, 0),
            _ => "-" + Render(-(decimal)bytes, 0),
        };

    /// <summary>
    /// Writes a size, its limit and how far they are apart, with as many decimals as it takes for the three to make sense together:
    /// different
    /// sizes read differently, and where all three have one unit, the difference that is read off the first two is the third.
    /// </summary>
    /// <param name="bytes">The size in bytes.</param>
    /// <param name="limit">The limit in bytes.</param>
    public static ComparedSize Compare(long bytes, long limit)
    {
        var difference = Math.Abs((decimal)bytes - limit);
        for (var extra = 0; ; extra++)
        {
            var (a, b, c) = (Render(bytes, extra), Render(limit, extra), Render(difference, extra));
            // One unit for both, so that a reader can subtract: 120.1 MB is 80 kB over 120 MB.
            var addsUp = a.Unit != b.Unit || b.Unit != c.Unit || Math.Abs(a.Shown - b.Shown) == c.Shown;
            var apart = a.Shown != b.Shown || difference == 0;
            if ((apart && addsUp) || extra == s_units[^1].ExactDecimals)
            {
                return new ComparedSize(a.ToString(), b.ToString(), c.ToString());
            }
        }
    }

    /// <summary>Writes what part of a limit a size takes. Only the limit itself is <c>100 %</c>; what is close to it is <c>&lt;100 %</c> or
    /// <c>&gt;100 %</c>.</summary>
    /// <param name="bytes">The size in bytes.</param>
    /// <param name="limit">The limit in bytes, at least 1.</param>
    /// <returns>The percentage, such as <c>92.8 %</c>.</returns>
    public static string PercentOf(long bytes, long limit)
    {
        var percent = Round((decimal)bytes / limit * 100);
        var beside =
            percent != 100 || bytes == limit ? ""
            : bytes > limit ? ">"
            : "<";
        return beside + Percent(percent);
    }

    /// <summary>Writes by what part of a limit a size is above it. Nothing but 0 is <c>0 %</c>.</summary>
    /// <param name="bytes">The bytes above the limit.</param>
    /// <param name="limit">The limit in bytes, at least 1.</param>
    /// <returns>The percentage, such as <c>1.3 %</c>.</returns>
    public static string PercentOver(long bytes, long limit)
    {
        var percent = Round((decimal)bytes / limit * 100);
        return percent == 0 && bytes != 0 ? "<0.1 %" : Percent(percent);
    }

    private static decimal Round(decimal percent) => Math.Round(percent, 1, MidpointRounding.AwayFromZero);

    private static string Percent(decimal percent) => percent.ToString("0.#", CultureInfo.InvariantCulture) + " %";

    private static Rendered Render(decimal bytes, int extraDecimals)
    {
        var unit = 0;
        while (unit < s_units.Length - 1 && bytes >= s_units[unit + 1].Bytes)
        {
            unit++;
        }

        while (true)
        {
            var (name, factor, decimals, exactDecimals) = s_units[unit];
            decimals = Math.Min(decimals + extraDecimals, exactDecimals);
            var number = Math.Round(bytes / factor, decimals, MidpointRounding.AwayFromZero);
            // 999,960 bytes must not become 1000.0 kB.
            if (number >= 1000 && unit < s_units.Length - 1)
            {
                unit++;
                continue;
            }
            return new Rendered(number, decimals, name, number * factor, number * factor == bytes);
        }
    }

    private readonly record struct Rendered(decimal Number, int Decimals, string Unit, decimal Shown, bool IsExact)
    {
        public override string ToString() =>
            Number.ToString(
                IsExact ? "0." + new string('#', Decimals) : "F" + Decimals.ToString(CultureInfo.InvariantCulture),
                CultureInfo.InvariantCulture
            )
            + " "
            + Unit;
    }
}

/// <summary>A size, its limit and the difference between them, as they are shown side by side.</summary>
/// <param name="Difference">How far they are apart, without a sign.</param>
internal sealed record ComparedSize(string Size, string Limit, string Difference);
