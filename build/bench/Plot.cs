using System.Globalization;
using System.Text;

namespace MultiStage.Build.Bench;

/// <summary>Draws measurements as an SVG: a group of bars for each scenario, a bar for each contender.</summary>
internal static class Plot
{
    private const int Width = 860;
    private const int Left = 190;
    private const int BarsEnd = 780;
    private const int Bar = 13;
    private const int Gap = 22;
    private const int Top = 62;

    // Told apart by people who see fewer colours too (Okabe and Ito): https://jfly.uni-koeln.de/color/
    private static readonly string[] s_colours = ["#0072b2", "#d55e00", "#e69f00", "#009e73", "#999999"];

    /// <summary>Draws one app size.</summary>
    /// <param name="measurements">The measurements.</param>
    /// <param name="contenders">The contenders; the first is this package.</param>
    /// <returns>The SVG's text.</returns>
    public static string Of(Measurements measurements, IReadOnlyList<string> contenders)
    {
        var scenarios = measurements.Seconds.Keys.ToList();
        var longest = scenarios.Max(scenario => contenders.Max(contender => measurements.Seconds[scenario][contender].Max()));
        var height = Top + (scenarios.Count * ((contenders.Count * Bar) + Gap)) + 10;
        var svg = new StringBuilder();
        svg.Append(
            CultureInfo.InvariantCulture,
            $"""
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {Width} {height}" role="img" aria-label="Seconds of each build, by scenario and tool" font-family="system-ui, sans-serif" font-size="12">
            <style>text {"{ fill: #24292f } @media (prefers-color-scheme: dark) { text { fill: #e6edf3 } }"}</style>
            <text x="10" y="20" font-size="15" font-weight="600">From an edit to an image: seconds, {measurements.Size()} (median; whiskers: lowest and highest)</text>

            """
        );
        Legend(svg, contenders);
        var y = Top;
        foreach (var scenario in scenarios)
        {
            svg.Append(
                CultureInfo.InvariantCulture,
                $"<text x=\"{Left - 10}\" y=\"{y + (contenders.Count * Bar / 2) + 4}\" text-anchor=\"end\" "
                    + $"font-size=\"13\">{scenario}</text>\n"
            );
            for (var index = 0; index < contenders.Count; index++, y += Bar)
            {
                DrawBar(
                    svg,
                    measurements.Seconds[scenario][contenders[index]],
                    measurements.Median(scenario, contenders[index]),
                    y,
                    s_colours[index % s_colours.Length],
                    (BarsEnd - Left) / longest
                );
            }

            y += Gap;
        }

        return svg.Append("</svg>\n").ToString();
    }

    private static void Legend(StringBuilder svg, IReadOnlyList<string> contenders)
    {
        var x = 10;
        for (var index = 0; index < contenders.Count; index++)
        {
            svg.Append(
                CultureInfo.InvariantCulture,
                $"<rect x=\"{x}\" y=\"33\" width=\"11\" height=\"11\" fill=\"{s_colours[index % s_colours.Length]}\"/><text "
                    + $"x=\"{x + 16}\" y=\"43\">{contenders[index]}</text>\n"
            );
            x += 40 + (contenders[index].Length * 7);
        }
    }

    private static void DrawBar(StringBuilder svg, List<double> seconds, double median, int y, string colour, double scale)
    {
        var (end, low, high) = (Left + (median * scale), Left + (seconds.Min() * scale), Left + (seconds.Max() * scale));
        svg.Append(
            CultureInfo.InvariantCulture,
            $"""
            <rect x="{Left}" y="{y}" width="{Math.Max(1, median * scale):0.#}" height="{Bar - 2}" fill="{colour}"/>
            <path d="M{low:0.#} {y + 5.5}H{high:0.#}" stroke="#57606a" stroke-width="1.5"/>
            <text x="{Math.Max(end, high) + 5:0.#}" y="{y + 10}" font-size="11">{median:0.0}</text>

            """
        );
    }
}
