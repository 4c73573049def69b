using System.Text;
using System.Text.RegularExpressions;

namespace MultiStage.Build.Context;

/// <summary>
/// Keeps one file of the context out of a Dockerfile's <c>COPY . .</c>. An ignore file cannot: BuildKit applies none to a context that
/// was sent as a tar. Its <c>--exclude</c> can.
/// </summary>
internal static partial class DockerfileCopies
{
    /// <summary>The first Docker daemon whose own Dockerfile frontend knows <c>--exclude</c> (BuildKit 0.25).</summary>
    public static Version FirstDocker { get; } = new(28, 5);

    /// <summary>Adds <c>--exclude</c> to each <c>COPY</c> and <c>ADD</c> that may take in the context's root.</summary>
    /// <param name="dockerfile">The Dockerfile's text.</param>
    /// <param name="file">The file, at the context's root.</param>
    /// <returns>The text, its lines where they were; unchanged where it asks for a frontend of its own, which may not know the flag.</returns>
    public static string Exclude(string dockerfile, string file)
    {
        if (SyntaxDirective().IsMatch(dockerfile))
            return dockerfile;
        var escape = EscapeDirective().Match(dockerfile) is { Success: true } directive ? directive.Groups["character"].Value[0] : '\\';
        var lines = dockerfile.Split('\n');
        for (var i = 0; i < lines.Length;)
        {
            var first = i;
            var instruction = ReadInstruction(lines, ref i, escape);
            if (Copy().Match(lines[first]) is { Success: true } copy && TakesRoot(instruction))
                lines[first] = lines[first].Insert(copy.Length, Flag(file));
        }

        return string.Join('\n', lines);
    }

    /// <summary>Takes out of a step's name what <see cref="Exclude"/> put into it.</summary>
    /// <param name="name">The name.</param>
    /// <param name="file">The file.</param>
    /// <returns>The name as the Dockerfile's author knows it.</returns>
    public static string Restore(string name, string file) => name.Replace(Flag(file), "", StringComparison.Ordinal);

    private static string Flag(string file) => $" --exclude={file}";

    // Joins the lines of one instruction and moves behind its heredocs.
    private static string ReadInstruction(string[] lines, ref int i, char escape)
    {
        var text = new StringBuilder();
        for (var more = true; more && i < lines.Length; i++)
        {
            var line = lines[i].TrimEnd();
            if (line.Length == 0 || line.TrimStart().StartsWith('#'))
            {
                // Neither a comment nor an empty line ends an instruction that goes on.
                more = text.Length > 0;
                continue;
            }

            more = line.EndsWith(escape);
            text.Append(more ? line[..^1] : line).Append(' ');
        }

        foreach (Match heredoc in Heredoc().Matches(text.ToString()))
        {
            while (i < lines.Length && lines[i++].TrimEnd('\r').TrimStart('\t') != heredoc.Groups["end"].Value)
                continue;
        }

        return text.ToString();
    }

    private static bool TakesRoot(string instruction)
    {
        var words = Words().Matches(instruction).Select(word => word.Value).Skip(1).ToList();
        return !words.Exists(word => word.StartsWith("--from=", StringComparison.Ordinal))
            && words.Where(word => !word.StartsWith("--", StringComparison.Ordinal)).SkipLast(1)
                .Any(source => source.Contains('$') || GoPath.Clean("/" + source) == "/");
    }

    [GeneratedRegex(@"\A(\s*#[^\n]*\n)*\s*#\s*syntax\s*=", RegexOptions.IgnoreCase)]
    private static partial Regex SyntaxDirective();

    [GeneratedRegex(@"\A(\s*#[^\n]*\n)*\s*#\s*escape\s*=\s*(?<character>[\\`])", RegexOptions.IgnoreCase)]
    private static partial Regex EscapeDirective();

    [GeneratedRegex(@"^\s*(COPY|ADD)(?=\s)", RegexOptions.IgnoreCase)]
    private static partial Regex Copy();

    [GeneratedRegex(@"(?<![<\w])<<-?(?<quote>[""']?)(?<end>[A-Za-z_][A-Za-z0-9_.]*)\k<quote>")]
    private static partial Regex Heredoc();

    // Of the JSON form, too: ["source", "destination"].
    [GeneratedRegex(@"[^\s\[\]"",]+")]
    private static partial Regex Words();
}
