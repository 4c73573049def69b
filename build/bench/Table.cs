using System.Globalization;
using System.Text;

namespace MultiStage.Build.Bench;

/// <summary>Writes measurements as Markdown.</summary>
internal static class Table
{
    /// <summary>Writes one app size: seconds of each contender, and this package's ratio to each other one with its spread.</summary>
    /// <param name="measurements">The measurements.</param>
    /// <param name="contenders">The contenders; the first is this package.</param>
    /// <returns>The table.</returns>
    public static string Of(Measurements measurements, IReadOnlyList<string> contenders)
    {
        var text = new StringBuilder();
        text.Append(
            CultureInfo.InvariantCulture,
            $"{measurements.Size()}, seconds (ratio of {contenders[0]} to it, lowest – highest):\n\n"
        );
        text.Append($"| | {string.Join(" | ", contenders)} |\n| --- |{string.Concat(contenders.Select(_ => " ---: |"))}\n");
        foreach (var scenario in measurements.Seconds.Keys)
        {
            text.Append($"| {scenario} |");
            foreach (var contender in contenders)
            {
                text.Append(
                    CultureInfo.InvariantCulture,
                    $" {measurements.Median(scenario, contender):0.0}{Ratio(measurements, scenario, contenders[0], contender)} |"
                );
            }

            text.Append('\n');
        }

        text.Append($"| image |{string.Concat(contenders.Select(contender => " " + Size(measurements, contender) + " |"))}\n");
        return text.ToString();
    }

    private static string Ratio(Measurements measurements, string scenario, string ours, string theirs)
    {
        if (ours == theirs)
        {
            return "";
        }

        var (median, lowest, highest) = measurements.Ratio(scenario, ours, theirs);
        return string.Create(CultureInfo.InvariantCulture, $" (**{median:0.00}**, {lowest:0.00} – {highest:0.00})");
    }

    private static string Size(Measurements measurements, string contender) =>
        measurements.ImageBytes.TryGetValue(contender, out var bytes)
            ? string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0.00} MB")
            : "–";
}
