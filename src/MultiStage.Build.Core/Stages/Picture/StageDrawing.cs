using System.Globalization;
using System.Net;
using System.Text;
using MultiStage.Build.Images;

namespace MultiStage.Build.Stages.Picture;

/// <summary>Renders a <see cref="StagePicture"/>: as text for a log, as SVG for a page, as Mermaid for a README.</summary>
internal static class StageDrawing
{
    private const int BoxHeight = 34;

    private const int RowHeight = 52;

    private const int Gap = 70;

    /// <summary>Renders a picture as text: a line for each stage with what it begins with, and one below it for each thing it
    /// takes.</summary>
    /// <returns>The text, without a line feed at its end.</returns>
    public static string Text(StagePicture picture)
    {
        ArgumentNullException.ThrowIfNull(picture);
        var stages = picture.Nodes.Where(node => node.Kind is PictureKind.Stage).ToList();
        var width = stages.Max(stage => stage.Name.Length);
        var text = new StringBuilder("Stages");
        foreach (var stage in stages)
        {
            var mark =
                stage.IsTarget ? '>'
                : stage.IsBuilt ? '+'
                : ' ';
            var taken = picture.Arrows.Where(arrow => arrow.To == stage.Name).ToList();
            var begins = taken.FirstOrDefault(arrow => arrow.Kind is PictureArrowKind.Base)?.From ?? ScratchImage.Name;
            text.Append(
                CultureInfo.InvariantCulture,
                $"\n  {mark} {stage.Name.PadRight(width)}  from "
                    + $"{begins}{(stage.IsFinal ? " (final)" : "")}{(stage.IsBuilt ? "" : " (not built)")}"
            );
            foreach (var arrow in taken.Where(arrow => arrow.Kind is not PictureArrowKind.Base))
            {
                var what = arrow.Kind is PictureArrowKind.Mount ? "sees" : $"takes {string.Join(", ", arrow.Paths)} from";
                text.Append('\n').Append(' ', width + 6).Append(CultureInfo.InvariantCulture, $"{what} {arrow.From}");
            }
        }

        return text.ToString();
    }

    /// <summary>Renders a picture as a Mermaid flowchart. Source: https://mermaid.js.org/syntax/flowchart.html</summary>
    /// <returns>The chart's text, with a line feed at its end.</returns>
    public static string Mermaid(StagePicture picture)
    {
        ArgumentNullException.ThrowIfNull(picture);
        var ids = picture
            .Nodes.Select((node, index) => (node.Name, Id: $"n{index}"))
            .ToDictionary(pair => pair.Name, pair => pair.Id, StringComparer.Ordinal);
        var text = new StringBuilder("flowchart LR\n");
        foreach (var node in picture.Nodes)
        {
            var (open, close) = node.Kind is PictureKind.Image ? ("([\"", "\"])") : ("[\"", "\"]");
            text.Append(
                CultureInfo.InvariantCulture,
                $"  {ids[node.Name]}{open}{Quoted(node.Name)}{close}{(node.IsTarget ? ":::target" : node.IsBuilt ? "" : ":::unused")}\n"
            );
        }

        foreach (var arrow in picture.Arrows)
        {
            var line =
                arrow.Kind is PictureArrowKind.Base ? "==>"
                : arrow.Paths.IsEmpty ? "-.->"
                : $"-->|\"{Quoted(string.Join(", ", arrow.Paths))}\"|";
            text.Append(CultureInfo.InvariantCulture, $"  {ids[arrow.From]} {line} {ids[arrow.To]}\n");
        }

        return text.Append("  classDef target stroke-width:3px\n  classDef unused stroke-dasharray:4 3,opacity:0.6\n").ToString();
    }

    /// <summary>
    /// Renders a picture as SVG that stands alone or inside a page: thick arrows to what begins with something, thin ones to what copies.
    /// Its colours are the page's text colour and the custom property <c>--stage-accent</c>.
    /// </summary>
    /// <returns>One <c>svg</c> element.</returns>
    public static string Svg(StagePicture picture)
    {
        ArgumentNullException.ThrowIfNull(picture);
        var columns = picture
            .Nodes.GroupBy(node => node.Column)
            .OrderBy(group => group.Key)
            .Select(group => (Column: group.Key, Width: group.Max(node => (node.Name.Length * 8) + 26)))
            .ToList();
        var left = columns.ToDictionary(
            column => column.Column,
            column => columns.Where(other => other.Column < column.Column).Sum(other => other.Width + Gap) + 4
        );
        var width = columns.Sum(column => column.Width + Gap) - Gap + 8;
        var height = (picture.Nodes.Max(node => node.Row) * RowHeight) + BoxHeight + 8;
        var places = picture.Nodes.ToDictionary(
            node => node.Name,
            node => new Place(left[node.Column], 4 + (node.Row * RowHeight), columns.First(column => column.Column == node.Column).Width),
            StringComparer.Ordinal
        );
        var svg = new StringBuilder();
        svg.Append(
            CultureInfo.InvariantCulture,
            $"<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"stages\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" "
                + $"height=\"{height}\" role=\"img\" aria-label=\"{Label(picture)}\" font-family=\"ui-monospace, monospace\" "
                + $"font-size=\"13\" fill=\"none\" stroke=\"currentColor\">"
        );
        svg.Append(
            "<defs><marker id=\"stage-arrow\" viewBox=\"0 0 8 8\" refX=\"7\" refY=\"4\" markerWidth=\"8\" markerHeight=\"8\" "
                + "markerUnits=\"userSpaceOnUse\" orient=\"auto\"><path d=\"M0 0 8 4 0 8z\" fill=\"currentColor\" "
                + "stroke=\"none\"/></marker></defs>"
        );
        foreach (var arrow in picture.Arrows)
        {
            Append(svg, arrow, places[arrow.From], places[arrow.To], picture.Nodes.First(node => node.Name == arrow.To).IsBuilt);
        }

        foreach (var node in picture.Nodes)
        {
            Append(svg, node, places[node.Name]);
        }

        return svg.Append("</svg>").ToString();
    }

    private static void Append(StringBuilder svg, PictureArrow arrow, Place from, Place to, bool isBuilt)
    {
        var (x1, y1, x2, y2) = (from.X + from.Width, from.Y + (BoxHeight / 2), to.X - 1, to.Y + (BoxHeight / 2));
        var bend = Math.Max(Gap / 2, (x2 - x1) / 2);
        var style = arrow.Kind switch
        {
            PictureArrowKind.Base => " stroke-width=\"2.5\"",
            PictureArrowKind.Mount => " stroke-dasharray=\"2 3\"",
            _ => "",
        };
        svg.Append(
            CultureInfo.InvariantCulture,
            $"<path d=\"M{x1} {y1}C{x1 + bend} {y1} {x2 - bend} {y2} {x2} {y2}\"{style}{(isBuilt ? "" : " opacity=\"0.4\"")} "
                + $"marker-end=\"url(#stage-arrow)\"><title>{Encoded(Says(arrow))}</title></path>"
        );
    }

    private static void Append(StringBuilder svg, PictureNode node, Place place)
    {
        var style =
            node.IsTarget ? " stroke=\"var(--stage-accent, currentColor)\" stroke-width=\"3\""
            : node.IsBuilt ? ""
            : " stroke-dasharray=\"4 3\"";
        var corner = node.Kind is PictureKind.Image ? BoxHeight / 2 : 5;
        svg.Append(
            CultureInfo.InvariantCulture,
            $"<g{(node.IsBuilt ? "" : " opacity=\"0.55\"")}><rect x=\"{place.X}\" y=\"{place.Y}\" width=\"{place.Width}\" "
                + $"height=\"{BoxHeight}\" rx=\"{corner}\"{style}/>"
        );
        svg.Append(
            CultureInfo.InvariantCulture,
            $"<text x=\"{place.X + (place.Width / 2)}\" y=\"{place.Y + 22}\" text-anchor=\"middle\" fill=\"currentColor\" "
                + $"stroke=\"none\"{(node.IsFinal ? " font-weight=\"bold\"" : "")}>{Encoded(node.Name)}</text></g>"
        );
    }

    private static string Label(StagePicture picture) => Encoded("The stages: " + string.Join("; ", picture.Arrows.Select(Says)) + ".");

    private static string Says(PictureArrow arrow) =>
        arrow.Kind switch
        {
            PictureArrowKind.Base => $"{arrow.To} begins with {arrow.From}",
            PictureArrowKind.Copy => $"{arrow.To} copies {string.Join(", ", arrow.Paths.Where(path => path.Length > 0))} from {arrow.From}",
            _ => $"{arrow.To} sees {arrow.From}",
        };

    private static string Quoted(string text) => text.Replace("\"", "#quot;", StringComparison.Ordinal);

    private static string Encoded(string text) => WebUtility.HtmlEncode(text);

    private readonly record struct Place(int X, int Y, int Width);
}
