namespace MultiStage.Build.Stages;

/// <summary>Finds what somebody may have meant to write.</summary>
internal static class ClosestName
{
    /// <summary>The name that differs from a word by two letters at most, and by fewer than half of its own.</summary>
    /// <param name="names">What could have been meant.</param>
    /// <returns>The closest name; null where none is close.</returns>
    public static string? To(string word, IEnumerable<string> names) =>
        names
            .Select(name => (Name: name, Distance: Distance(word.ToUpperInvariant(), name.ToUpperInvariant())))
            .Where(candidate => candidate.Distance <= 2 && candidate.Distance * 2 < candidate.Name.Length)
            .OrderBy(candidate => candidate.Distance)
            .Select(candidate => candidate.Name)
            .FirstOrDefault();

    // Two letters that changed places count as one difference, as the commonest slip of all.
    private static int Distance(string a, string b)
    {
        var distances = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
        {
            for (var j = 0; j <= b.Length; j++)
            {
                distances[i, j] =
                    i == 0 || j == 0
                        ? i + j
                        : Math.Min(
                            Math.Min(distances[i - 1, j], distances[i, j - 1]) + 1,
                            distances[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)
                        );
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    distances[i, j] = Math.Min(distances[i, j], distances[i - 2, j - 2] + 1);
                }
            }
        }

        return distances[a.Length, b.Length];
    }
}
