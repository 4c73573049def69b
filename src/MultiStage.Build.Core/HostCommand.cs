using System.Collections.Immutable;

namespace MultiStage.Build;

/// <summary>A command on this machine, run without a shell.</summary>
/// <param name="Program">The program, found on the path.</param>
internal sealed record HostCommand(string Program, params ImmutableArray<string> Arguments)
{
    /// <summary>Where it runs; null for this process's own folder.</summary>
    public string? Folder { get; init; }

    /// <summary>Variables that it gets beside this process's own; one that is null is taken away from it.</summary>
    public IEnumerable<KeyValuePair<string, string?>> Environment { get; init; } = [];

    /// <summary>A line as the user's shell runs it.</summary>
    public static HostCommand OfShell(string line) =>
        OperatingSystem.IsWindows() ? new("cmd.exe", "/d", "/c", line) : new("/bin/sh", "-c", line);
}

/// <summary>What a command answered.</summary>
internal sealed record HostAnswer(int ExitCode, string Output, string Error);
