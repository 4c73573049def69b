namespace MultiStage.Build.Context;

/// <summary>The two functions of Go's <c>path/filepath</c> that ignore files are defined by.</summary>
internal static class GoPath
{
    /// <summary>Shortens a path as <c>filepath.Clean</c> does: no empty, <c>.</c> or inner <c>..</c> elements, no slash at the
    /// end.</summary>
    /// <param name="path">A path with forward slashes.</param>
    /// <returns>The shortest path with the same meaning; <c>.</c> for the empty one.</returns>
    public static string Clean(string path)
    {
        var rooted = path.StartsWith('/');
        var elements = new List<string>();
        foreach (var element in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (element == ".")
            {
                continue;
            }

            if (element != ".." || (elements.Count == 0 && !rooted) || (elements.Count > 0 && elements[^1] == ".."))
            {
                elements.Add(element);
            }
            else if (elements.Count > 0)
            {
                elements.RemoveAt(elements.Count - 1);
            }
        }

        var joined = string.Join('/', elements);
        return rooted ? "/" + joined
            : joined.Length == 0 ? "."
            : joined;
    }

    /// <summary>Looks for what <c>filepath.Match</c> calls a bad pattern.</summary>
    /// <returns>What is wrong, or null where nothing is.</returns>
    public static string? FindSyntaxError(string pattern)
    {
        for (var i = 0; i < pattern.Length; i++)
        {
            if (pattern[i] == '\\')
            {
                if (++i == pattern.Length)
                {
                    return "the '\\' at its end escapes nothing";
                }
            }
            else if (pattern[i] == '[')
            {
                i = SkipClass(pattern, i + 1);
                if (i < 0)
                {
                    return "its '[' begins no character class; write '\\[' for the character itself";
                }
            }
        }

        return null;
    }

    // Returns the index of the class's closing bracket, or -1.
    private static int SkipClass(string pattern, int i)
    {
        if (i < pattern.Length && pattern[i] == '^')
        {
            i++;
        }

        for (var members = 0; i < pattern.Length; members++)
        {
            if (pattern[i] == ']' && members > 0)
            {
                return i;
            }

            if (!SkipMember(pattern, ref i))
            {
                return -1;
            }

            if (i < pattern.Length && pattern[i] == '-')
            {
                i++;
                if (!SkipMember(pattern, ref i))
                {
                    return -1;
                }
            }
        }

        return -1;
    }

    private static bool SkipMember(string pattern, ref int i)
    {
        if (i >= pattern.Length || pattern[i] is '-' or ']')
        {
            return false;
        }

        if (pattern[i] == '\\')
        {
            i++;
        }

        i++;
        return i < pattern.Length;
    }
}
