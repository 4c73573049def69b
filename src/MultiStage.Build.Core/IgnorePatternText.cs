namespace MultiStage.Build;

/// <summary>Writes paths as patterns of an ignore file.</summary>
internal static class IgnorePatternText
{
    /// <summary>Writes a path so that it matches itself alone.</summary>
    /// <param name="path">A path relative to the context, with forward slashes.</param>
    /// <returns>The pattern; it is still to be negated or not.</returns>
    public static string Of(string path) =>
        string.Concat(path.Select((c, index) => c is '*' or '?' or '[' or ']' or '^' or '\\' || (index == 0 && c is '#' or '!') ? $"\\{c}" : c.ToString()));
}
