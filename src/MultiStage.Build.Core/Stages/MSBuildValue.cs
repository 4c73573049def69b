namespace MultiStage.Build.Stages;

/// <summary>Writes a property's value for MSBuild's command line.</summary>
internal static class MSBuildValue
{
    /// <summary>Escapes what the command line would split, strip or decode, and what would end a line.</summary>
    /// <param name="value">The value.</param>
    /// <returns>What the command line reads as that value. Source:
    /// https://learn.microsoft.com/visualstudio/msbuild/msbuild-special-characters</returns>
    public static string Escape(string value) =>
        value
            .Replace("%", "%25", StringComparison.Ordinal)
            .Replace("\"", "%22", StringComparison.Ordinal)
            .Replace("\r", "%0D", StringComparison.Ordinal)
            .Replace("\n", "%0A", StringComparison.Ordinal)
            .Replace(";", "%3B", StringComparison.Ordinal)
            .Replace(",", "%2C", StringComparison.Ordinal);
}
