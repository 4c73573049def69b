using System.Net;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;

namespace MultiStage.Build.Reporting.Page;

/// <summary>The sources of the pages, which lie beside this file and are part of the assembly.</summary>
internal static class PageParts
{
    /// <summary>Reads a source.</summary>
    public static string Resource(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"MultiStage.Build.Reporting.Page.{name}")!;
        using var reader = new StreamReader(stream);
        // A checkout may have other line ends; the page must not.
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }

    /// <summary>Puts values into a template. What is put in is never searched for placeholders.</summary>
    /// <param name="template">The template, with placeholders as <c>{{name}}</c>.</param>
    /// <param name="values">The values, by name.</param>
    public static string Fill(string template, Dictionary<string, string> values)
    {
        var page = new StringBuilder();
        foreach (var piece in template.Split(["{{", "}}"], StringSplitOptions.None))
        {
            page.Append(values.TryGetValue(piece, out var value) ? value : piece);
        }

        return page.ToString();
    }

    /// <summary>Writes a page without a script.</summary>
    /// <param name="style">Its whole style sheet.</param>
    /// <param name="title">Its title, as text.</param>
    /// <param name="template">The name of its body's template, with placeholders as <see cref="Fill"/> has them.</param>
    /// <param name="values">The values of the body, by name; the title is one of them already.</param>
    public static string Plain(string style, string title, string template, Dictionary<string, string> values)
    {
        values["title"] = WebUtility.HtmlEncode(title);
        return Fill(
            Resource("page.html"),
            new Dictionary<string, string>
            {
                ["policy"] = $"style-src 'sha256-{Hash(style)}'; base-uri 'none'; form-action 'none'",
                ["title"] = values["title"],
                ["style"] = $"<style>{style}</style>",
                ["body"] = Fill(Resource(template), values),
            }
        );
    }

    /// <summary>Hashes a style or script as browsers do: the text between the tags (CSP Level 3, "hash-source").</summary>
    /// <returns>The hash in Base64.</returns>
    public static string Hash(string text) => Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
