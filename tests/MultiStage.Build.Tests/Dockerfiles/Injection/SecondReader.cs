using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace MultiStage.Build.Tests.Dockerfiles.Injection;

/// <summary>
/// Reads a Dockerfile by the rules of BuildKit's own parser, written from its source and without a line of the package's, so that what
/// both believe of a text can be compared. Source: https://github.com/moby/buildkit/blob/master/frontend/dockerfile/parser/parser.go
/// </summary>
internal static partial class SecondReader
{
    /// <summary>Reads the instructions of a Dockerfile.</summary>
    public static List<ReadInstruction> Read(string text)
    {
        // Whatever ends a line for anybody ends it here: carriage returns and Unicode's separators are to be in no line.
        Assert.DoesNotMatchRegex(@"[\r\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029]", text);
        Assert.EndsWith("\n", text);
        var found = new List<ReadInstruction>();
        var lines = new Queue<string>(text.Split('\n').SkipLast(1));
        while (lines.TryDequeue(out var line))
        {
            Assert.DoesNotMatchRegex(@"^\s*#\s*(syntax|escape|check)\s*=", line, "A directive changes how the rest is read.");
            line = line.TrimStart();
            if (line.Length == 0 || line[0] == '#')
            {
                continue;
            }

            var whole = new StringBuilder();
            while (Continued().Match(line) is { Success: true } end)
            {
                whole.Append(line, 0, end.Groups[2].Index);
                do
                {
                    Assert.IsTrue(lines.TryDequeue(out line!), "The last instruction goes on behind the end of the file.");
                } while (line.TrimStart().StartsWith('#') || line.Trim().Length == 0);
            }

            found.Add(Instruction(whole.Append(line).ToString().Trim(), lines));
        }

        return found;
    }

    /// <summary>Reads an exec form: an array of strings, and nothing behind it.</summary>
    public static List<string> Exec(string arguments) => JsonSerializer.Deserialize<List<string>>(arguments)!;

    /// <summary>Splits <c>NAME=value</c> pairs at blanks outside of quotes.</summary>
    public static List<(string Name, string Value)> Pairs(string arguments)
    {
        Assert.DoesNotMatchRegex("^--", arguments, "Every instruction takes two dashes in front for a flag.");
        return
        [
            .. Split(arguments, char.IsWhiteSpace).Select(word => word.Split('=', 2)).Select(pair => (Unquote(pair[0]), Unquote(pair[1]))),
        ];
    }

    /// <summary>Takes quotes and backslashes away, and expands no variable: there is to be none that is not escaped.</summary>
    public static string Unquote(string word)
    {
        var text = new StringBuilder();
        for (var i = 0; i < word.Length; i++)
        {
            switch (word[i])
            {
                case '\'':
                    var end = word.IndexOf('\'', i + 1);
                    Assert.IsGreaterThan(i, end, word);
                    text.Append(word, i + 1, end - i - 1);
                    i = end;
                    break;
                case '"':
                    for (i++; word[i] != '"'; i++)
                    {
                        Assert.AreNotEqual('$', word[i], word);
                        text.Append(word[i] == '\\' && word[i + 1] is '"' or '$' or '\\' ? word[++i] : word[i]);
                    }

                    break;
                case '\\':
                    text.Append(word[++i]);
                    break;
                default:
                    Assert.AreNotEqual('$', word[i], word);
                    text.Append(word[i]);
                    break;
            }
        }

        return text.ToString();
    }

    /// <summary>Splits a line as a POSIX shell does; operators that stand alone are words.</summary>
    public static List<string> Shell(string line)
    {
        var words = new List<string>();
        foreach (var word in Split(line, c => c is ' ' or '\t'))
        {
            var text = new StringBuilder();
            for (var i = 0; i < word.Length; i++)
            {
                if (word[i] == '\'')
                {
                    var end = word.IndexOf('\'', i + 1);
                    text.Append(word, i + 1, end - i - 1);
                    i = end;
                }
                else if (word[i] == '\\')
                {
                    text.Append(word[++i]);
                }
                else
                {
                    text.Append(word[i]);
                }
            }

            words.Add(text.ToString());
        }

        return words;
    }

    private static IEnumerable<string> Split(string text, Func<char, bool> isBlank)
    {
        var word = new StringBuilder();
        var quote = '\0';
        for (var i = 0; i < text.Length; i++)
        {
            if (quote == '\0' && isBlank(text[i]))
            {
                if (word.Length > 0)
                {
                    yield return word.ToString();
                }

                word.Clear();
                continue;
            }

            word.Append(text[i]);
            if (text[i] == '\\' && quote != '\'')
            {
                Assert.IsLessThan(text.Length, i + 1, "A backslash ends the line.");
                word.Append(text[++i]);
            }
            else if (text[i] == quote || (quote == '\0' && text[i] is '\'' or '"'))
            {
                quote = quote == '\0' ? text[i] : '\0';
            }
        }

        Assert.AreEqual('\0', quote, $"A quote does not end: {text}");
        if (word.Length > 0)
        {
            yield return word.ToString();
        }
    }

    private static ReadInstruction Instruction(string line, Queue<string> rest)
    {
        var blank = line.IndexOfAny([' ', '\t']);
        var (keyword, arguments) = blank < 0 ? (line, "") : (line[..blank], line[blank..].TrimStart());
        var documents = new List<string>();
        if (keyword is "RUN" or "COPY" or "ADD" && arguments.Contains("<<", StringComparison.Ordinal))
        {
            foreach (var heredoc in Heredocs(arguments))
            {
                var document = new List<string>();
                while (true)
                {
                    Assert.IsTrue(rest.TryDequeue(out var next), "A here-document does not end.");
                    if (next == heredoc)
                    {
                        break;
                    }

                    document.Add(next);
                }

                documents.Add(string.Join('\n', document));
            }
        }

        return new(keyword, arguments, documents);
    }

    // A line whose quotes do not match has no words, and so begins no document.
    private static List<string> Heredocs(string arguments)
    {
        try
        {
            return
            [
                .. Split(arguments, char.IsWhiteSpace)
                    .Select(word => Heredoc().Match(word))
                    .Where(match => match.Success)
                    .Select(match => match.Groups[1].Value.Trim('"', '\'')),
            ];
        }
        catch (AssertFailedException)
        {
            return [];
        }
    }

    [GeneratedRegex(@"(^|[^\\])(\\[ \t]*)$")]
    private static partial Regex Continued();

    [GeneratedRegex("^[0-9]*<<-?([^<]+)$")]
    private static partial Regex Heredoc();
}
