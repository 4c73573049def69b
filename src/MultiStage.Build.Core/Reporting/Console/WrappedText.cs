using System.Text;

namespace MultiStage.Build.Reporting.Console;

/// <summary>Breaks prose between words, so that a terminal does not break it within one.</summary>
internal static class WrappedText
{
    /// <summary>Breaks one line.</summary>
    /// <param name="line">The line. Its own indentation stays.</param>
    /// <param name="width">The most characters of a line. A longer word, such as a path, stays whole.</param>
    /// <param name="indent">How far the lines after the first are indented.</param>
    /// <returns>The lines, separated by line feeds.</returns>
    public static string Of(string line, int width, int indent = 0)
    {
        ArgumentNullException.ThrowIfNull(line);
        var words = line.TrimStart(' ');
        var column = line.Length - words.Length;
        var text = new StringBuilder().Append(' ', column);
        var begins = true;
        foreach (var word in words.Split(' '))
        {
            if (!begins && column + 1 + word.Length > width)
            {
                text.Append('\n').Append(' ', indent);
                column = indent;
                begins = true;
            }

            text.Append(begins ? "" : " ").Append(word);
            column += word.Length + (begins ? 0 : 1);
            begins = false;
        }

        return text.ToString();
    }
}
