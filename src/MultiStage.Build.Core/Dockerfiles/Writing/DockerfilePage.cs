using System.Text;
using System.Text.RegularExpressions;

namespace MultiStage.Build.Dockerfiles.Writing;

/// <summary>The text of a Dockerfile as it grows, instruction by instruction. Each ends where it was meant to end.</summary>
internal sealed partial class DockerfilePage
{
    private readonly StringBuilder _text = new();

    /// <summary>All that was written.</summary>
    public string Text => _text.ToString();

    /// <summary>Writes a line without anything in it.</summary>
    public void Blank() => Line(DockerfileLine.Of(""));

    /// <summary>Writes a comment.</summary>
    public void Comment(string text) => Line(DockerfileLine.Of($"# {text}"));

    /// <summary>Writes an instruction.</summary>
    /// <param name="lines">Its lines; each but the last ends in a backslash.</param>
    public void Instruction(IReadOnlyList<string> lines)
    {
        for (var i = 0; i < lines.Count; i++)
        {
            // A last backslash would take in the next instruction, and so would a last line that Docker passes over; without a backslash in
            // between, the instruction would end early.
            var goesOn = Continued().IsMatch(lines[i]) || (i > 0 && lines[i].Trim() is "" or ['#', ..]);
            Line(DockerfileLine.Of(lines[i], goesOn == (i < lines.Count - 1) ? null : "what moves the end of its instruction"));
        }
    }

    /// <summary>Writes an instruction with a text that follows it.</summary>
    /// <param name="start">The instruction, which names the end.</param>
    /// <param name="text">The text's lines; none of them is the end.</param>
    /// <param name="end">The line that ends the text.</param>
    public void Document(string start, IReadOnlyList<string> text, string end)
    {
        Instruction([start]);
        foreach (var line in text)
        {
            Line(DockerfileLine.Of(line, line == end ? "the line that ends its text" : null));
        }

        Line(DockerfileLine.Of(end));
    }

    private void Line(DockerfileLine line) => _text.Append(line.ToString()).Append('\n');

    // Source: https://github.com/moby/buildkit/blob/master/frontend/dockerfile/parser/parser.go (reContinuation)
    [GeneratedRegex(@"([^\\]|^)\\[ \t]*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Continued();
}
