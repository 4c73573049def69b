using System.Text;

namespace MultiStage.Build.Pipeline;

/// <summary>Shows how two short texts differ, in the unified format.</summary>
internal static class UnifiedDiff
{
    private const int ContextLines = 3;

    /// <summary>Compares two texts line by line.</summary>
    /// <param name="name">The file's name, for the header.</param>
    /// <param name="expected">What should be there.</param>
    /// <returns>The difference; empty where there is none. Lines end in a line feed.</returns>
    public static string Of(string name, string actual, string expected)
    {
        var edits = Edits(Lines(actual), Lines(expected));
        var shown = new bool[edits.Count];
        for (var i = 0; i < edits.Count; i++)
        {
            if (edits[i].Kind != ' ')
            {
                Array.Fill(
                    shown,
                    true,
                    Math.Max(0, i - ContextLines),
                    Math.Min(edits.Count, i + ContextLines + 1) - Math.Max(0, i - ContextLines)
                );
            }
        }

        if (!shown.Contains(true))
        {
            return "";
        }

        var text = new StringBuilder().Append("--- ").Append(name).Append(" (on disk)\n+++ ").Append(name).Append(" (as generated)\n");
        for (var i = 0; i < edits.Count; i++)
        {
            if (shown[i] && (i == 0 || !shown[i - 1]))
            {
                Hunk(text, edits, shown, i);
            }
        }

        return text.ToString();
    }

    private static void Hunk(StringBuilder text, List<(char Kind, string Line)> edits, bool[] shown, int start)
    {
        var end = Array.IndexOf(shown, false, start) is var stop and >= 0 ? stop : edits.Count;
        var before = edits.Take(start).ToList();
        var hunk = edits[start..end];
        var (oldCount, newCount) = (hunk.Count(e => e.Kind != '+'), hunk.Count(e => e.Kind != '-'));
        var (oldStart, newStart) = (
            before.Count(e => e.Kind != '+') + Math.Min(1, oldCount),
            before.Count(e => e.Kind != '-') + Math.Min(1, newCount)
        );
        text.Append(System.Globalization.CultureInfo.InvariantCulture, $"@@ -{oldStart},{oldCount} +{newStart},{newCount} @@\n");
        foreach (var (kind, line) in hunk)
        {
            text.Append(kind).Append(line).Append(line.EndsWith('\n') ? "" : "\n\\ No newline at end of file\n");
        }
    }

    // The longest common subsequence by dynamic programming: a Dockerfile has at most a few hundred lines.
    internal static List<(char Kind, string Line)> Edits(string[] actual, string[] expected)
    {
        var common = new int[actual.Length + 1, expected.Length + 1];
        for (var i = actual.Length - 1; i >= 0; i--)
        {
            for (var j = expected.Length - 1; j >= 0; j--)
            {
                common[i, j] = actual[i] == expected[j] ? common[i + 1, j + 1] + 1 : Math.Max(common[i + 1, j], common[i, j + 1]);
            }
        }

        var edits = new List<(char, string)>();
        for (int i = 0, j = 0; i < actual.Length || j < expected.Length;)
        {
            edits.Add(
                (i < actual.Length, j < expected.Length) switch
                {
                    (true, true) when actual[i] == expected[j] => (' ', actual[(i++, j++).Item1]),
                    (true, true) when common[i + 1, j] >= common[i, j + 1] => ('-', actual[i++]),
                    (true, false) => ('-', actual[i++]),
                    _ => ('+', expected[j++]),
                }
            );
        }

        return edits;
    }

    // Each with its line end, so that a last line without one differs from a last line with one.
    internal static string[] Lines(string text)
    {
        var lines = text.Split('\n');
        return [.. lines[..^1].Select(line => line + "\n"), .. lines[^1].Length > 0 ? lines[^1..] : []];
    }
}
