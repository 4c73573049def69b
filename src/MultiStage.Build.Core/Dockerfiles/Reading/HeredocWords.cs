using System.Text;
using System.Text.RegularExpressions;

namespace MultiStage.Build.Dockerfiles.Reading;

/// <summary>Finds the here-documents of an instruction, as BuildKit does: whole words alone begin one, so that neither a quoted text nor a
/// calculation does.</summary>
internal static partial class HeredocWords
{
    /// <summary>Finds them.</summary>
    /// <param name="line">The whole line it was read from.</param>
    /// <returns>The line that ends each, and whether tabs may stand before it.</returns>
    public static List<(string End, bool IsIndented)> Of(DockerfileInstruction instruction, string line)
    {
        var keyword =
            instruction.Keyword == "ONBUILD" ? FirstWord().Match(instruction.Arguments).Value.ToUpperInvariant() : instruction.Keyword;
        return keyword is "RUN" or "COPY" or "ADD" && line.Contains("<<", StringComparison.Ordinal)
            ?
            [
                .. Words(line)
                    .Select(word => Heredoc().Match(word))
                    .Where(match => match.Success)
                    .Select(match => (End: Unquoted(match.Groups["end"].Value), IsIndented: match.Groups["dash"].Length > 0))
                    .Where(heredoc => heredoc.End.Length > 0),
            ]
            : [];
    }

    // The escape character is a backslash here, whatever the Dockerfile's own is. A line whose quotes do not match has no words.
    private static List<string> Words(string line)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        var quote = '\0';
        for (var i = 0; i < line.Length; i++)
        {
            var c = line[i];
            if (quote == '\0' && char.IsWhiteSpace(c))
            {
                Take();
                continue;
            }

            word.Append(c);
            if (c == '\\' && quote != '\'' && i + 1 < line.Length)
            {
                word.Append(line[++i]);
            }
            else if (c == quote || (quote == '\0' && c is '\'' or '"'))
            {
                quote = quote == '\0' ? c : '\0';
            }
            else if (quote == '\0' && c == '<' && i + 1 < line.Length && line[i + 1] == '<')
            {
                // Blanks may stand between the sign and the word.
                word.Append(line[++i]);
                while (i + 1 < line.Length && line[i + 1] is ' ' or '\t' or '\r')
                {
                    word.Append(line[++i]);
                }
            }
        }

        Take();
        return quote == '\0' ? words : [];

        void Take()
        {
            if (word.Length > 0)
            {
                words.Add(word.ToString());
            }

            word.Clear();
        }
    }

    private static string Unquoted(string word) =>
        Marks().Replace(word, match => match.Value[0] == '\\' ? match.Value[1..] : match.Value[1..^1]);

    [GeneratedRegex(@"^\d*<<(?<dash>-?)\s*(?<end>[^<]*)$", RegexOptions.CultureInvariant)]
    private static partial Regex Heredoc();

    [GeneratedRegex(@"\\.?|'[^']*'|""[^""]*""", RegexOptions.CultureInvariant)]
    private static partial Regex Marks();

    [GeneratedRegex(@"^\S*", RegexOptions.CultureInvariant)]
    private static partial Regex FirstWord();
}
