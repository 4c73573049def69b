using System.Text;
using MultiStage.Build.Diagnostics;

namespace MultiStage.Build.Reporting.Ci;

/// <summary>Puts names into GitHub Flavored Markdown so that they are shown as they are: in a table, in a heading, in HTML.</summary>
internal static class MarkdownText
{
    // A colon makes links and emoji, an at sign mentions and addresses. What counts at the beginning of a line alone, and brackets around
    // it, are harmless here.
    private const string Special = "\\`*_{}[]<>#|~&:@\"$";

    /// <summary>Escapes a text.</summary>
    /// <returns>One line of Markdown that shows the text and nothing else: no link, no mention, no HTML, no line break.</returns>
    public static string Of(string text)
    {
        var markdown = new StringBuilder(text.Length + 8);
        foreach (var character in text)
        {
            if (character == '\n' || LineText.Deceives(character))
            {
                markdown.Append('\uFFFD');
            }
            else if (Special.Contains(character, StringComparison.Ordinal) || (character == '.' && EndsWithWww(markdown)))
            {
                // A character reference, as a backslash neither stops a bare link nor a mention, and is not taken off inside of HTML.
                markdown.Append("&#").Append((int)character).Append(';');
            }
            else
            {
                markdown.Append(character);
            }
        }

        return markdown.ToString();
    }

    // A bare host name is a link as well.
    private static bool EndsWithWww(StringBuilder text) =>
        text.Length >= 3 && text[^1] is 'w' or 'W' && text[^2] is 'w' or 'W' && text[^3] is 'w' or 'W';

    /// <summary>Shows a text as code.</summary>
    public static string Code(string text) => $"<code>{Of(text)}</code>";
}
