using System.Net;
using System.Text.RegularExpressions;

namespace MultiStage.Build.Reporting.Page;

/// <summary>
/// Writes the report as one HTML file that needs nothing else: no network, no other file, no build server. Its source lies in
/// <c>Reporting/Page</c>. The page's own policy lets its own style and script run, known by their hashes, and nothing that comes from a
/// name in an image.
/// </summary>
internal static partial class PageReport
{
    private static readonly string[] s_scripts = ["text.js", "tree.js", "map.js", "table.js", "page.js"];

    /// <param name="stages">The stages as an SVG drawing; null where there is none to show.</param>
    /// <param name="pageOf">Where the page of one platform of several is, relative to this one.</param>
    public static string Write(SizeReport report, string? stages, Func<SizeReport, string> pageOf)
    {
        var (style, script) = (PageParts.Resource("size.css"), Script());
        return PageParts.Fill(
            PageParts.Resource("size.html"),
            new Dictionary<string, string>
            {
                ["policy"] =
                    $"script-src 'sha256-{PageParts.Hash(script)}'; style-src 'sha256-{PageParts.Hash(style)}'; "
                    + "base-uri 'none'; form-action 'none'",
                ["title"] = WebUtility.HtmlEncode($"{report.Image}: image size"),
                ["style"] = $"<style>{style}</style>",
                ["platforms"] = PlatformSection.Write(report.Platforms, pageOf),
                ["stages"] = stages ?? "",
                ["data"] = Undirected(PageData.Write(report, hasStages: stages is not null)),
                ["script"] = $"<script>{script}</script>",
            }
        );
    }

    // A name that turns the text beside it shows a reader another name.
    private static string Undirected(string data) => Direction().Replace(data, "\ufffd");

    // As it is, or as JSON's escape of it, in front of which no backslash stands that is one half of an escape itself.
    [GeneratedRegex(
        @"[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]" + @"|(?<=(^|[^\\])(\\\\)*)\\u(061[cC]|200[eEfF]|202[a-eA-E]|206[6-9])"
    )]
    private static partial Regex Direction();

    private static string Script() => "\"use strict\";\n(() => {\n" + string.Concat(s_scripts.Select(PageParts.Resource)) + "})();\n";
}
