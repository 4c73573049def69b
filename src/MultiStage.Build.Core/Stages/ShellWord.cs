using System.Buffers;

namespace MultiStage.Build.Stages;

/// <summary>Writes a word for a POSIX shell.</summary>
internal static class ShellWord
{
    private static readonly SearchValues<char> Plain = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-./:=,+@%"
    );

    /// <summary>Quotes a word where it needs it.</summary>
    /// <param name="word">The word, with any characters.</param>
    /// <returns>What the shell reads as that one word.</returns>
    public static string Quote(string word) =>
        word.Length > 0 && !word.AsSpan().ContainsAnyExcept(Plain) ? word : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
