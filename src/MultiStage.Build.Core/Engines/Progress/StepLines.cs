using System.Text;
using System.Text.RegularExpressions;

namespace MultiStage.Build.Engines.Progress;

/// <summary>Joins the pieces that a step's output arrives in to lines, as a terminal would have shown them when each was
/// complete.</summary>
internal sealed partial class StepLines
{
    private readonly List<byte> _partial = [];

    /// <summary>Takes a piece.</summary>
    /// <param name="content">The bytes, UTF-8, cut anywhere.</param>
    /// <returns>The lines that are complete now, without line breaks.</returns>
    public IReadOnlyList<string> Add(ReadOnlySpan<byte> content)
    {
        var lines = new List<string>();
        for (var end = content.IndexOf((byte)'\n'); end >= 0; end = content.IndexOf((byte)'\n'))
        {
            _partial.AddRange(content[..end]);
            lines.Add(Flush()!);
            content = content[(end + 1)..];
        }

        _partial.AddRange(content);
        return lines;
    }

    /// <summary>Ends the last line.</summary>
    /// <returns>What of it there is; null where there is nothing.</returns>
    public string? End() => _partial.Count == 0 ? null : Flush();

    private string? Flush()
    {
        var text = Encoding.UTF8.GetString([.. _partial]).TrimEnd('\r');
        _partial.Clear();

        // A carriage return within the line wrote over what came before it; colours are for terminals.
        return Escapes().Replace(text[(text.LastIndexOf('\r') + 1)..], "");
    }

    [GeneratedRegex(@"\x1b\[[0-9;?]*[A-Za-z]")]
    private static partial Regex Escapes();
}
