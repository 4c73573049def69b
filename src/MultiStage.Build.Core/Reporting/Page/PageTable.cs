using System.Net;

namespace MultiStage.Build.Reporting.Page;

/// <summary>The cells of a table in a page.</summary>
/// <param name="isNumber">Whether a column, counted from 0, holds numbers.</param>
internal sealed class PageTable(Func<int, bool> isNumber)
{
    /// <summary>Writes the cells of the head.</summary>
    /// <param name="heads">The texts.</param>
    public string Heads(IEnumerable<string> heads) => Cells("th", heads.Select(WebUtility.HtmlEncode));

    /// <summary>Writes a row, with a line feed at its end.</summary>
    /// <param name="cells">The texts.</param>
    /// <param name="link">The page that the first cell leads to, relative to this one; null for none.</param>
    /// <param name="kind">The row's class; empty for none.</param>
    public string Row(IEnumerable<string> cells, string? link = null, string kind = "")
    {
        var encoded = cells.Select(WebUtility.HtmlEncode).ToArray();
        if (link is not null)
        {
            // Each part by itself: a folder may have a '#' or a '%' in its name.
            var address = string.Join('/', link.Split('/').Select(Uri.EscapeDataString));
            encoded[0] = $"<a href=\"{WebUtility.HtmlEncode(address)}\">{encoded[0]}</a>";
        }

        return $"<tr{Class(kind)}>{Cells("td", encoded)}</tr>\n";
    }

    private string Cells(string element, IEnumerable<string?> cells) =>
        string.Concat(cells.Select((cell, column) => $"<{element}{Class(isNumber(column) ? "number" : "")}>{cell}</{element}>"));

    private static string Class(string name) => name.Length == 0 ? "" : $" class=\"{name}\"";
}
