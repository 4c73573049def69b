using System.Collections.Immutable;
using System.Text;
using System.Text.RegularExpressions;

namespace MultiStage.Build.Dockerfiles.Reading;

/// <summary>An instruction of a Dockerfile that exists.</summary>
/// <param name="Line">The number of its first line, from 1.</param>
/// <param name="Keyword">Its keyword, in upper case.</param>
/// <param name="Flags">The words after the keyword that begin with two dashes.</param>
/// <param name="Arguments">What follows them, on one line.</param>
public sealed record DockerfileInstruction(int Line, string Keyword, ImmutableArray<string> Flags, string Arguments)
{
    /// <summary>Whether a here-document belongs to it.</summary>
    public bool HasHeredoc { get; init; }

    /// <summary>A flag's value.</summary>
    /// <param name="name">The flag's name, with its dashes.</param>
    /// <returns>The value of the last such flag; null where there is none.</returns>
    public string? Flag(string name) =>
        Flags.LastOrDefault(flag => flag.StartsWith(name + "=", StringComparison.OrdinalIgnoreCase))?[(name.Length + 1)..].Trim('"');
}

/// <summary>
/// Reads a Dockerfile's text as instructions, as BuildKit's parser does: directives, comments, lines that go on, here-documents. Source:
/// https://github.com/moby/buildkit/blob/master/frontend/dockerfile/parser/parser.go
/// </summary>
internal static partial class DockerfileLexer
{
    /// <summary>Reads a text.</summary>
    /// <param name="text">The Dockerfile's text, with any line ends and with or without a byte order mark.</param>
    /// <returns>Its instructions, in order.</returns>
    public static ImmutableArray<DockerfileInstruction> Read(string text)
    {
        var lines = text.TrimStart('\uFEFF').ReplaceLineEndings("\n").Split('\n');
        var escape = EscapeOf(lines);
        var instructions = ImmutableArray.CreateBuilder<DockerfileInstruction>();
        for (var i = 0; i < lines.Length;)
        {
            if (lines[i].Trim().Length == 0 || IsComment(lines[i]))
            {
                i++;
                continue;
            }

            var first = i + 1;
            var instruction = Instruction(first, Join(lines, ref i, escape));
            var ends = Heredocs(instruction);
            foreach (var (end, isIndented) in ends)
            {
                while (i < lines.Length && (isIndented ? lines[i].TrimStart('\t') : lines[i]) != end)
                {
                    i++;
                }

                i++;
            }

            instructions.Add(instruction with { HasHeredoc = ends.Count > 0 });
        }

        return instructions.ToImmutable();
    }

    // Directives are comments before anything else, and the first line that is none ends them.
    private static char EscapeOf(string[] lines)
    {
        foreach (var line in lines)
        {
            if (Directive().Match(line) is not { Success: true } directive)
            {
                break;
            }

            if (directive.Groups["name"].Value.Equals("escape", StringComparison.OrdinalIgnoreCase))
            {
                return directive.Groups["value"].Value == "`" ? '`' : '\\';
            }
        }

        return '\\';
    }

    // Comments and empty lines between the lines of one instruction are not part of it and do not end it.
    private static string Join(string[] lines, ref int i, char escape)
    {
        var text = new StringBuilder();
        for (var first = true; i < lines.Length; first = false)
        {
            var line = lines[i++];
            if (!first && (line.Trim().Length == 0 || IsComment(line)))
            {
                continue;
            }

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

    private static DockerfileInstruction Instruction(int line, string text)
    {
        var keyword = FirstWord(ref text);
        var flags = ImmutableArray.CreateBuilder<string>();
        while (text.StartsWith("--", StringComparison.Ordinal) && keyword.ToUpperInvariant() is not ("ENV" or "LABEL" or "CMD" or "ENTRYPOINT"))
        {
            flags.Add(FirstWord(ref text));
        }

        return new(line, keyword.ToUpperInvariant(), flags.ToImmutable(), text);
    }

    private static string FirstWord(ref string text)
    {
        var end = text.IndexOfAny([' ', '\t']);
        var word = end < 0 ? text : text[..end];
        text = end < 0 ? "" : text[end..].TrimStart();
        return word;
    }

    private static List<(string End, bool IsIndented)> Heredocs(DockerfileInstruction instruction) =>
        instruction.Keyword is "RUN" or "COPY" or "ADD"
            ? [.. Heredoc().Matches(instruction.Arguments).Select(match => (match.Groups["end"].Value, match.Groups["dash"].Length > 0))]
            : [];

    private static bool IsComment(string line) => line.TrimStart().StartsWith('#');

    [GeneratedRegex(@"^\s*#\s*(?<name>[A-Za-z][A-Za-z0-9]*)\s*=\s*(?<value>.+?)\s*$", RegexOptions.CultureInvariant)]
    private static partial Regex Directive();

    [GeneratedRegex(@"(?<![<\w])[0-9]*<<(?<dash>-?)(?<quote>[""']?)(?<end>[A-Za-z_][A-Za-z0-9_.]*)\k<quote>(?=\s|$|[;&|)])", RegexOptions.CultureInvariant)]
    private static partial Regex Heredoc();
}
