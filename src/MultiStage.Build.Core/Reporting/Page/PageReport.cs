using System.Collections.Immutable;
using System.Net;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;

namespace MultiStage.Build.Reporting.Page;

/// <summary>
/// Writes the report as one HTML file that needs nothing else: no network, no other file, no build server. Its source lies in
/// <c>Reporting/Page</c>. The page's own policy
/// lets its own style and script run, known by their hashes, and nothing that a name in an image could bring along.
/// </summary>
public static class PageReport
{
    private static readonly string[] s_scripts = ["text.js", "tree.js", "map.js", "table.js", "page.js"];

    private static readonly Lazy<Parts> s_parts = new(Parts.Read);

    /// <summary>Writes the page.</summary>
    /// <param name="report">The report.</param>
    /// <param name="stages">The stages as an SVG drawing; null where there is none to show.</param>
    /// <returns>The HTML text.</returns>
    public static string Write(SizeReport report, string? stages)
    {
        var parts = s_parts.Value;
        var values = new Dictionary<string, string>
        {
            ["policy"] = parts.Policy,
            ["title"] = WebUtility.HtmlEncode($"{report.Image}: image size"),
            ["style"] = $"<style>{parts.Style}</style>",
            ["stages"] = stages ?? "",
            ["data"] = PageData.Write(report, hasStages: stages is not null),
            ["script"] = $"<script>{parts.Script}</script>",
        };
        var page = new StringBuilder();
        foreach (var piece in parts.Pieces)
        {
            page.Append(values.TryGetValue(piece, out var value) ? value : piece);
        }

        return page.ToString();
    }

    // The template between its placeholders and their names, in turn; what is put in is never searched for placeholders.
    private sealed record Parts(ImmutableArray<string> Pieces, string Style, string Script)
    {
        public string Policy { get; } =
            $"script-src 'sha256-{Hash(Script)}'; style-src 'sha256-{Hash(Style)}'; base-uri 'none'; form-action 'none'";

        public static Parts Read() =>
            new(
                [.. Resource("size.html").Split(["{{", "}}"], StringSplitOptions.None)],
                Resource("size.css"),
                "\"use strict\";\n(() => {\n" + string.Concat(s_scripts.Select(Resource)) + "})();\n"
            );

        private static string Resource(string name)
        {
            using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"MultiStage.Build.Reporting.Page.{name}")!;
            using var reader = new StreamReader(stream);
            // A checkout may have other line ends; the page must not.
            return reader.ReadToEnd().ReplaceLineEndings("\n");
        }

        // Browsers hash the text between the tags (Content Security Policy Level 3, "hash-source").
        private static string Hash(string text) => Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }
}
