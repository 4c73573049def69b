using System.Collections.Immutable;
using System.Text;
using System.Text.RegularExpressions;

namespace MultiStage.Build.Dockerfiles.Reading;

/// <summary>
/// Reads a Dockerfile's text as instructions, as BuildKit's parser does: directives, comments, lines that go on, here-documents. Source:
/// https://github.com/moby/buildkit/tree/master/frontend/dockerfile/parser
/// </summary>
internal static partial class DockerfileLexer
{
    /// <param name="text">The Dockerfile's text, with any line ends and with or without a byte order mark.</param>
    /// <returns>Its instructions, in order, and what its directives say.</returns>
    public static DockerfileText Read(string text)
    {
        var lines = Lines(text);
        var directives = Directives(lines);
        var escape = directives.GetValueOrDefault("escape") == "`" ? '`' : '\\';
        var instructions = ImmutableArray.CreateBuilder<DockerfileInstruction>();
        for (var i = 0; i < lines.Length;)
        {
            if (string.IsNullOrWhiteSpace(lines[i]) || IsComment(lines[i]))
            {
                i++;
                continue;
            }

            var first = i + 1;
            var line = Join(lines, ref i, escape);
            var instruction = Instruction(first, line, escape);
            var ends = HeredocWords.Of(instruction, line);
            foreach (var (end, isIndented) in ends)
            {
                while (i < lines.Length && (isIndented ? lines[i].TrimStart('\t') : lines[i]) != end)
                {
                    i++;
                }

                i++;
            }

            if (instruction.Keyword.Length > 0)
            {
                instructions.Add(instruction with { HasHeredoc = ends.Count > 0 });
            }
        }

        return new(instructions.ToImmutable(), escape, HasFrontend(text, directives));
    }

    /// <summary>Splits a text where BuildKit does: at line feeds alone.</summary>
    /// <returns>The lines, without what ends them and without a byte order mark.</returns>
    public static string[] Lines(string text) => [.. text.TrimStart('\uFEFF').Split('\n').Select(line => line.TrimEnd('\r'))];

    // Directives are comments before anything else. The first line that is none of those that BuildKit knows ends them, whatever it is.
    private static Dictionary<string, string> Directives(IEnumerable<string> lines)
    {
        var directives = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var match in lines.Select(line => Directive().Match(line)).TakeWhile(match => match.Success))
        {
            directives.TryAdd(match.Groups["name"].Value.ToLowerInvariant(), match.Groups["value"].Value);
        }

        return directives;
    }

    // The directive that names a frontend may stand below a shebang and in a comment of another language, too, or the file may be JSON.
    private static bool HasFrontend(string text, Dictionary<string, string> directives) =>
        directives.ContainsKey("syntax")
        || Directives(Lines(text).SkipWhile((line, index) => index == 0 && line.StartsWith("#!", StringComparison.Ordinal)))
            .ContainsKey("syntax")
        || ForeignSyntax().IsMatch(text.TrimStart('\uFEFF'));

    // Comments and empty lines between the lines of one instruction are not part of it and do not end it.
    private static string Join(string[] lines, ref int i, char escape)
    {
        var text = new StringBuilder();
        for (var first = true; i < lines.Length; first = false)
        {
            var line = lines[i++];
            if (!first && (string.IsNullOrWhiteSpace(line) || IsComment(line)))
            {
                continue;
            }

            // Two of them are a character that is escaped.
            var trimmed = line.TrimEnd(' ', '\t');
            var goesOn = trimmed.EndsWith(escape) && !(trimmed.Length > 1 && trimmed[^2] == escape);
            text.Append(goesOn ? trimmed[..^1] : line);
            if (!goesOn)
            {
                break;
            }
        }

        return text.ToString().Trim();
    }

    private static DockerfileInstruction Instruction(int number, string line, char escape)
    {
        var end = line.AsSpan().IndexOfAny(" \t\v\f\r");
        var keyword = (end < 0 ? line : line[..end]).ToUpperInvariant();
        var rest = end < 0 ? "" : line[end..].TrimStart();
        var flags = ImmutableArray.CreateBuilder<string>();
        while (rest.StartsWith("--", StringComparison.Ordinal))
        {
            var flag = Flag(ref rest, escape);
            if (flag == "--")
            {
                break;
            }

            flags.Add(flag);
        }

        return new(number, keyword, flags.ToImmutable(), rest);
    }

    // A flag's quotes and escapes are taken away before anything reads it.
    private static string Flag(ref string text, char escape)
    {
        var flag = new StringBuilder();
        var quote = '\0';
        var i = 0;
        for (; i < text.Length && (quote != '\0' || !char.IsWhiteSpace(text[i])); i++)
        {
            if (text[i] == quote)
            {
                quote = '\0';
            }
            else if (quote == '\0' && text[i] is '\'' or '"')
            {
                quote = text[i];
            }
            else if (text[i] != escape)
            {
                flag.Append(text[i]);
            }
            else if (++i < text.Length)
            {
                flag.Append(text[i]);
            }
        }

        text = text[Math.Min(i, text.Length)..].TrimStart();
        return flag.ToString();
    }

    private static bool IsComment(string line) => line.AsSpan().TrimStart().StartsWith('#');

    [GeneratedRegex(
        @"^\s*#\s*(?<name>syntax|escape|check)\s*=\s*(?<value>.+?)\s*$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    )]
    private static partial Regex Directive();

    [GeneratedRegex(@"\A(#!.*\n)?(//\s*syntax\s*=|\s*\{[^}]*""syntax""\s*:)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex ForeignSyntax();
}
