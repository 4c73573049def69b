using System.Net;
using System.Text;
using MultiStage.Build.Variants;

namespace MultiStage.Build.Reporting.Page;

/// <summary>Writes an exploration as one HTML file that needs nothing else, and no script: a plot, a table, and what to write.</summary>
internal static class ExplorePage
{
    private static readonly PageTable s_table = new(column => column > 0 && column < ExploreText.Heads.Length - 1);

    public static string Write(Exploration exploration) =>
        PageParts.Plain(
            PageParts.Resource("size.css") + PageParts.Resource("explore.css"),
            $"{exploration.Project}: variants of its image",
            "explore.html",
            new Dictionary<string, string>
            {
                ["where"] = Encoded($"{exploration.ProjectFile}, {exploration.Platform}, today on {exploration.Today.BaseImage}"),
                ["figures"] = Figures(exploration),
                ["plot"] = ExplorePlot.Svg(exploration),
                ["rows"] = string.Concat(ExploreText.Rows(exploration).Select(row => Row(row, exploration))),
                ["heads"] = s_table.Heads(ExploreText.Heads),
                ["lines"] = string.Concat(exploration.Variants.Select(variant => Lines(variant, exploration))),
                ["notes"] = string.Concat(ExploreText.Notes(exploration).Select(note => $"<p>{Encoded(note)}</p>")),
            }
        );

    private static string Figures(Exploration exploration) =>
        exploration.Best is { } best
            ? Figure("smallest that works", best.Name, ExploreText.Change(best, exploration.Today))
                + Figure("size", ExploreText.Cells(best, exploration)[1], $"today {ExploreText.Cells(exploration.Today, exploration)[1]}")
                + Figure("start", ExploreText.Time(best.MedianStart), $"today {ExploreText.Time(exploration.Today.MedianStart)}")
            : Figure("smallest that works", Variant.Today, "no variant that works is smaller");

    private static string Figure(string label, string value, string change) =>
        $"<p><span class=\"label\">{Encoded(label)}</span><br><span class=\"value\">{Encoded(value.Length > 0 ? value : "–")}</span><br>"
        + $"<span class=\"change\">{Encoded(change)}</span></p>";

    private static string Row(VariantResult row, Exploration exploration)
    {
        var kind = ReferenceEquals(row, exploration.Today) ? "today" : ExploreText.Word(row.Outcome).Replace(' ', '-');
        return s_table.Row(ExploreText.Cells(row, exploration), kind: kind);
    }

    private static string Lines(VariantResult variant, Exploration exploration)
    {
        var text = new StringBuilder();
        text.Append("<details").Append(variant.Name == exploration.Best?.Name ? " open" : "").Append("><summary>");
        text.Append(Encoded($"{variant.Name} {ExploreText.Verdict(variant)}")).Append("</summary>");
        text.Append("<p>").Append(Encoded($"At the end of {exploration.ProjectFile}:")).Append("</p><pre>");
        text.Append(Encoded(string.Join('\n', AdviceLines.For(variant.Properties)))).Append("</pre><p>");
        text.Append(Encoded($"or {ExploreText.Command(variant.Name)}")).Append("</p>");
        if (variant.WarningsFile is { } file)
        {
            text.Append("<p>").Append(Encoded($"The {variant.Warnings} warnings are in {file}.")).Append("</p>");
        }

        return text.Append("</details>\n").ToString();
    }

    private static string Encoded(string text) => WebUtility.HtmlEncode(text);
}
