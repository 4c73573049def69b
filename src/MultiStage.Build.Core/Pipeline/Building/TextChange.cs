namespace MultiStage.Build.Pipeline.Building;

/// <summary>How lines of a text were changed: which are gone, and which came before each of them and at the end.</summary>
/// <param name="Gone">For each line, whether it is gone.</param>
/// <param name="Added">The new lines before each line, and those at the end.</param>
internal sealed record TextChange(bool[] Gone, List<string>[] Added)
{
    /// <summary>Applies a change to a text that somebody else has edited.</summary>
    /// <param name="before">The text as it was written.</param>
    /// <param name="after">The text as it would be written now.</param>
    /// <returns>The edited text with the change. A line that both changed is the edited one.</returns>
    public static string Apply(string before, string after, string edited)
    {
        var lines = UnifiedDiff.Lines(before);
        var (ours, theirs) = (Of(lines, after), Of(lines, edited));
        var text = new List<string>();
        for (var i = 0; i <= lines.Length; i++)
        {
            text.AddRange(theirs.Added[i]);
            if (i == 0 || !theirs.Gone[i - 1])
            {
                text.AddRange(ours.Added[i]);
            }

            if (i < lines.Length && !ours.Gone[i] && !theirs.Gone[i])
            {
                text.Add(lines[i]);
            }
        }

        return string.Concat(text);
    }

    private static TextChange Of(string[] lines, string now)
    {
        var change = new TextChange(new bool[lines.Length], [.. Enumerable.Range(0, lines.Length + 1).Select(_ => new List<string>())]);
        var at = 0;
        foreach (var (kind, line) in UnifiedDiff.Edits(lines, UnifiedDiff.Lines(now)))
        {
            if (kind == '+')
            {
                change.Added[at].Add(line);
            }
            else
            {
                change.Gone[at++] = kind == '-';
            }
        }

        return change;
    }
}
