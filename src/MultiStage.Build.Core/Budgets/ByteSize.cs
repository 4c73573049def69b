using System.Globalization;
using System.Numerics;
using MultiStage.Build.Diagnostics;

namespace MultiStage.Build.Budgets;

/// <summary>
/// Reads sizes as people write them in a project. Decimal units are powers of 1000 (<c>kB</c>, <c>MB</c>, <c>GB</c>, <c>TB</c>), binary
/// ones powers of 1024 (<c>KiB</c> … <c>TiB</c>), as IEC 80000-13 has them; a number without a unit is bytes. Case does not matter:
/// budgets are not in bits.
/// </summary>
internal static class ByteSize
{
    private static readonly Dictionary<string, long> s_units = new(StringComparer.OrdinalIgnoreCase)
    {
        [""] = 1,
        ["B"] = 1,
        ["kB"] = 1000,
        ["MB"] = 1000_000,
        ["GB"] = 1000_000_000,
        ["TB"] = 1000_000_000_000,
        ["KiB"] = 1L << 10,
        ["MiB"] = 1L << 20,
        ["GiB"] = 1L << 30,
        ["TiB"] = 1L << 40,
    };

    /// <summary>Reads the limit that a property holds.</summary>
    /// <param name="property">The property's name, for the message.</param>
    /// <returns>The limit in bytes, at least 1; null where the property is empty, which sets no limit.</returns>
    /// <exception cref="MultiStageException"><see cref="Codes.BudgetNotUnderstood"/>.</exception>
    public static long? ParseBudget(string property, string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        if (TryParse(text, out var bytes, out var reason))
        {
            return bytes;
        }

        throw Codes.BudgetNotUnderstood.ErrorAbout(property, property, text.Trim(), reason);
    }

    /// <summary>Reads a size. The arithmetic is exact; a fraction of a byte is rounded down.</summary>
    /// <param name="text">The size, such as <c>120MB</c>, <c>1.5 GiB</c> or <c>1048576</c>.</param>
    /// <param name="bytes">The size in bytes, at least 1; 0 where it was not understood.</param>
    /// <param name="reason">Why it was not understood, one clause; empty where it was.</param>
    /// <returns>Whether it was understood.</returns>
    public static bool TryParse(string text, out long bytes, out string reason)
    {
        text = text.Trim();
        bytes = 0;
        reason = "";
        var number = text[..NumberLength(text)];
        var unit = text[number.Length..].TrimStart();
        if (number.Length == 0 || !s_units.TryGetValue(unit, out var factor))
        {
            reason = WhyNot(text, number, unit);
            return false;
        }

        var size = Multiply(number, factor);
        if (size.IsZero)
        {
            reason = number.AsSpan().ContainsAnyInRange('1', '9') ? "it is less than one byte" : "a size of 0 would reject every image";
        }
        else if (size > long.MaxValue)
        {
            reason = "it is more bytes than can be counted";
        }
        else
        {
            bytes = (long)size;
        }

        return reason.Length == 0;
    }

    // Digits, and after a point more digits: no sign, no exponent, no grouping.
    private static int NumberLength(ReadOnlySpan<char> text)
    {
        var whole = DigitCount(text);
        if (whole == 0 || whole == text.Length || text[whole] != '.')
        {
            return whole;
        }

        var fraction = DigitCount(text[(whole + 1)..]);
        return fraction == 0 ? whole : whole + 1 + fraction;
    }

    private static int DigitCount(ReadOnlySpan<char> text)
    {
        var end = text.IndexOfAnyExceptInRange('0', '9');
        return end < 0 ? text.Length : end;
    }

    private static BigInteger Multiply(string number, long factor)
    {
        var point = number.IndexOf('.', StringComparison.Ordinal);
        if (point < 0)
        {
            return BigInteger.Parse(number, NumberStyles.None, CultureInfo.InvariantCulture) * factor;
        }

        var digits = BigInteger.Parse(number.Remove(point, 1), NumberStyles.None, CultureInfo.InvariantCulture);
        return digits * factor / BigInteger.Pow(10, number.Length - point - 1);
    }

    private static string WhyNot(string text, string number, string rest)
    {
        if (text.EndsWith('%'))
        {
            return "a percentage is not a size";
        }

        if (text.Contains(';', StringComparison.Ordinal))
        {
            return "it is more than one limit";
        }

        if (text[0] is '-' or '\u2212')
        {
            return "it is negative";
        }

        if (text[0] == '+')
        {
            return "a limit has no sign";
        }

        if (number.Length == 0)
        {
            return "it does not begin with a digit";
        }

        return rest[0] switch
        {
            ',' => WhyNoComma(number, rest),
            '.' when number.Contains('.', StringComparison.Ordinal) => "it has two decimal points",
            '.' => "a digit is missing after its decimal point",
            '_' or '\'' or '’' or (>= '0' and <= '9') => "digits are not grouped",
            'e' or 'E' when rest.Length > 1 && rest[1] is '+' or '-' or (>= '0' and <= '9') =>
                "it has an exponent, so write the number out",
            _ => WhyNoUnit(rest),
        };
    }

    // 1,5 is one and a half in half of the world; 1,000 may be a thousand or one.
    private static string WhyNoComma(string number, string rest)
    {
        var digits = DigitCount(rest.AsSpan(1));
        var after = rest.Substring(1, digits);
        return digits == 3 ? $"its comma is ambiguous, so write {number}.{after} or {number}{after}"
            : digits == 0 ? "it has a comma"
            : $"its decimal sign is a comma, so write {number}.{after}";
    }

    private static string WhyNoUnit(string unit) =>
        unit.ToUpperInvariant() switch
        {
            "K" => $"'{unit}' may be kB or KiB",
            "M" or "G" or "T" => $"'{unit}' may be {unit.ToUpperInvariant()}B or {unit.ToUpperInvariant()}iB",
            _ => $"'{unit}' is not a unit",
        };
}
