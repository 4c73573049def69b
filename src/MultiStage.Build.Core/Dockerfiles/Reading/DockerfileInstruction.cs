using System.Collections.Immutable;

namespace MultiStage.Build.Dockerfiles.Reading;

/// <summary>What a Dockerfile says.</summary>
/// <param name="Instructions">Its instructions, in order.</param>
/// <param name="Escape">The character that escapes others and continues a line.</param>
/// <param name="HasFrontend">Whether it asks for a frontend of its own, which may read it by other rules.</param>
internal sealed record DockerfileText(ImmutableArray<DockerfileInstruction> Instructions, char Escape, bool HasFrontend);

/// <summary>An instruction of a Dockerfile that exists.</summary>
/// <param name="Line">The number of its first line, from 1.</param>
/// <param name="Keyword">Its keyword, in upper case.</param>
/// <param name="Flags">The words after the keyword that begin with two dashes, without quotes and escapes.</param>
/// <param name="Arguments">What follows them, on one line.</param>
internal sealed record DockerfileInstruction(int Line, string Keyword, ImmutableArray<string> Flags, string Arguments)
{
    /// <summary>Whether a here-document belongs to it.</summary>
    public bool HasHeredoc { get; init; }

    /// <summary>A flag's value.</summary>
    /// <param name="name">The flag's name, with its dashes.</param>
    /// <returns>The value of the last such flag; null where there is none.</returns>
    public string? Flag(string name) =>
        Flags.LastOrDefault(flag => flag.StartsWith(name + "=", StringComparison.OrdinalIgnoreCase))?[(name.Length + 1)..];
}
