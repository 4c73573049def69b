using System.Globalization;
using System.Text;

namespace MultiStage.Build.Diagnostics;

/// <summary>What keeps a text from being one line of a file that tools and people read.</summary>
internal static class LineText
{
    // Unicode's own line and paragraph separators end a line for some readers and not for others.
    private static readonly Rune[] s_lineBreaks = [new('\n'), new('\r'), new('\u0085'), new('\u2028'), new('\u2029')];

    /// <summary>Whether a character is seen as something else than it is: a control character, or one that turns or hides what is beside
    /// it.</summary>
    /// <returns>Whether it is. A tab and a line feed are not.</returns>
    public static bool Deceives(char character) =>
        (char.IsControl(character) && character is not ('\t' or '\n'))
        || character
            is '\u061c'
                or '\u180e'
                or '\ufeff'
                or (>= '\u200b' and <= '\u200f')
                or (>= '\u2028' and <= '\u202e')
                or (>= '\u2060' and <= '\u206f');

    /// <summary>Makes characters that deceive visible.</summary>
    /// <param name="text">The text, of one or more lines.</param>
    /// <returns>The text with the replacement character in their places.</returns>
    public static string Visible(string text) =>
        text.Any(Deceives) ? string.Concat(text.Select(character => Deceives(character) ? '\ufffd' : character)) : text;

    /// <summary>Says what keeps a text from being one line.</summary>
    /// <returns>What it holds, such as "a line break"; null where it can be a line.</returns>
    public static string? Problem(string text) => Problem(text, isBreakAllowed: false);

    /// <summary>Says what keeps a text from being several lines, which end in a line feed, with or without a carriage return.</summary>
    /// <returns>What it holds; null where each of its lines can be one.</returns>
    public static string? ProblemOfLines(string text) =>
        Problem(text.Replace("\r\n", "\n", StringComparison.Ordinal), isBreakAllowed: true);

    /// <summary>Says what keeps a text from being written as a string of JSON, which has an escape for everything else.</summary>
    /// <returns>What it holds; null where nothing does.</returns>
    public static string? ProblemOfJson(string text) => text.Contains('\0') ? Control('\0') : HalfCharacter(text);

    /// <summary>Refuses a text that holds what its place cannot carry.</summary>
    /// <param name="problem">What it holds; null where all is well.</param>
    /// <param name="about">The property or item that has it.</param>
    /// <param name="what">What has it, as the message names it.</param>
    /// <exception cref="MultiStageException"><see cref="Codes.ValueNotRepresentable"/>.</exception>
    public static void Refuse(string? problem, string? about, string what)
    {
        if (problem is not null)
        {
            throw new MultiStageException(Codes.ValueNotRepresentable.With(what, problem) with { About = about });
        }
    }

    private static string? Problem(string text, bool isBreakAllowed)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            if (s_lineBreaks.Contains(rune))
            {
                if (!isBreakAllowed || rune.Value != '\n')
                {
                    return "a line break";
                }
            }
            else if (Rune.IsControl(rune) && rune.Value != '\t')
            {
                return Control((char)rune.Value);
            }
        }

        return HalfCharacter(text);
    }

    // UTF-8 cannot write one, and encoders silently replace it by another character.
    private static string? HalfCharacter(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                i++;
            }
            else if (char.IsSurrogate(text[i]))
            {
                return $"half of a character ({Number(text[i])})";
            }
        }

        return null;
    }

    private static string Control(char character) => $"the control character {Number(character)}";

    private static string Number(char character) => string.Create(CultureInfo.InvariantCulture, $"U+{(int)character:X4}");
}
