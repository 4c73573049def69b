using System.Globalization;
using System.Net;
using System.Text;
using MultiStage.Build.Budgets;
using MultiStage.Build.Variants;

namespace MultiStage.Build.Reporting.Page;

/// <summary>
/// Draws size against start time, a point a variant (pure). Those that fail are crosses; one without a time stands at the right edge.
/// </summary>
internal sealed class ExplorePlot
{
    private const double Width = 860;
    private const double Height = 420;
    private const double Left = 80;
    private const double Right = 640;
    private const double WithoutTime = 700;
    private const double Top = 20;
    private const double Bottom = 360;

    // A line of text, which two labels need between them.
    private const double LineHeight = 15;

    private readonly Exploration _exploration;
    private readonly double _mostBytes;
    private readonly double _mostTime;

    private ExplorePlot(Exploration exploration, IReadOnlyList<VariantResult> rows)
    {
        _exploration = exploration;
        _mostBytes = RoundUp(rows.Max(row => (double)row.TotalBytes!.Value));
        _mostTime = RoundUp(rows.Max(row => row.MedianStart ?? 0));
    }

    /// <summary>Draws the plot.</summary>
    /// <returns>An SVG element; empty where no image was built.</returns>
    public static string Svg(Exploration exploration)
    {
        var rows = ExploreText.Rows(exploration).Where(row => row.TotalBytes is not null).ToList();
        return rows.Count == 0 ? "" : new ExplorePlot(exploration, rows).Draw(rows);
    }

    private string Draw(List<VariantResult> rows)
    {
        var svg = new StringBuilder();
        Add(svg, $"<svg class=\"plot\" viewBox=\"0 0 {Width} {Height}\" role=\"img\" aria-labelledby=\"plot-title\">");
        Add(svg, $"<title id=\"plot-title\">Size against start time, a point a variant</title>");
        Axes(svg);
        if (rows.Exists(row => row.MedianStart is null))
        {
            Add(svg, $"<text class=\"axis\" x=\"{WithoutTime}\" y=\"{Bottom + 18}\" text-anchor=\"middle\">no time</text>");
        }

        foreach (var (row, label) in rows.Zip(Labels(rows)))
        {
            Point(svg, row, label);
        }

        return svg.Append("</svg>").ToString();
    }

    private void Axes(StringBuilder svg)
    {
        const int Steps = 4;
        for (var step = 0; step <= Steps; step++)
        {
            var (x, y) = (Left + (Right - Left) * step / Steps, Bottom - (Bottom - Top) * step / Steps);
            var (bytes, time) = (SizeText.Of((long)(_mostBytes * step / Steps)), ExploreText.Time(_mostTime * step / Steps));
            Add(svg, $"<line class=\"grid\" x1=\"{Left}\" y1=\"{y:0.#}\" x2=\"{Right}\" y2=\"{y:0.#}\"/>");
            Add(svg, $"<text class=\"tick\" x=\"{Left - 8}\" y=\"{y + 4:0.#}\" text-anchor=\"end\">{bytes}</text>");
            if (_mostTime > 0)
            {
                Add(svg, $"<line class=\"grid\" x1=\"{x:0.#}\" y1=\"{Top}\" x2=\"{x:0.#}\" y2=\"{Bottom}\"/>");
                Add(svg, $"<text class=\"tick\" x=\"{x:0.#}\" y=\"{Bottom + 18}\" text-anchor=\"middle\">{time}</text>");
            }
        }

        Add(
            svg,
            $"<text class=\"axis\" x=\"{(Left + Right) / 2}\" y=\"{Height - 16}\" text-anchor=\"middle\">from start to first answer</text>"
        );
    }

    private void Point(StringBuilder svg, VariantResult row, double label)
    {
        var (x, y) = (X(row), Y(row));
        var kind =
            row.Outcome is not VariantOutcome.Works ? "fails"
            : ReferenceEquals(row, _exploration.Today) ? "today"
            : row.Name == _exploration.Best?.Name ? "best"
            : "works";
        var text = WebUtility.HtmlEncode(row.Name);
        Add(svg, $"<g class=\"{kind}\"><title>{text}: {SizeText.Of(row.TotalBytes!.Value)}, {ExploreText.Word(row.Outcome)}</title>");
        Add(
            svg,
            kind == "fails"
                ? (FormattableString)$"<path d=\"M{x - 5:0.#} {y - 5:0.#}l10 10m0 -10l-10 10\"/>"
                : $"<circle cx=\"{x:0.#}\" cy=\"{y:0.#}\" r=\"6\"/>"
        );
        if (Math.Abs(label - y) > LineHeight / 2)
        {
            Add(svg, $"<line class=\"leader\" x1=\"{x + 6:0.#}\" y1=\"{y:0.#}\" x2=\"{x + 12:0.#}\" y2=\"{label:0.#}\"/>");
        }

        Add(svg, $"<text x=\"{x + 14:0.#}\" y=\"{label + 4:0.#}\">{text}</text></g>");
    }

    // From the top down, each label below the last one that it would cover; a label is about seven units a letter.
    private List<double> Labels(List<VariantResult> rows)
    {
        var placed = new List<(double From, double To, double Y)>();
        var labels = new Dictionary<VariantResult, double>();
        foreach (var row in rows.OrderBy(Y))
        {
            var (from, to, y) = (X(row), X(row) + 20 + 7 * row.Name.Length, Y(row));
            while (placed.Any(other => other.From < to && from < other.To && Math.Abs(other.Y - y) < LineHeight))
            {
                y =
                    placed.Where(other => other.From < to && from < other.To && Math.Abs(other.Y - y) < LineHeight).Max(other => other.Y)
                    + LineHeight;
            }

            placed.Add((from, to, y));
            labels[row] = y;
        }

        return [.. rows.Select(row => labels[row])];
    }

    private double X(VariantResult row) =>
        row.MedianStart is { } time && _mostTime > 0 ? Left + (Right - Left) * time / _mostTime : WithoutTime;

    private double Y(VariantResult row) => Bottom - (Bottom - Top) * row.TotalBytes!.Value / _mostBytes;

    // To a number whose quarters are easy to read.
    private static double RoundUp(double value)
    {
        if (value <= 0)
        {
            return 0;
        }

        var power = Math.Pow(10, Math.Floor(Math.Log10(value)));
        return new[] { 1, 1.2, 1.6, 2, 2.4, 3.2, 4, 6, 8, 10 }.First(step => step * power >= value) * power;
    }

    private static void Add(StringBuilder svg, FormattableString text) => svg.Append(text.ToString(CultureInfo.InvariantCulture));
}
