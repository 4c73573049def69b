using System.Diagnostics;

namespace MultiStage.Build.Bench;

/// <summary>Runs programs, and times them.</summary>
internal static class Command
{
    /// <summary>Runs a program that has to succeed.</summary>
    /// <param name="folder">The folder it runs in.</param>
    /// <param name="words">The program and its arguments.</param>
    /// <returns>What it wrote to standard output.</returns>
    public static string Run(string folder, params string[] words) => Run(folder, null, words);

    /// <summary>Runs a program that has to succeed, with a packages folder of its own.</summary>
    /// <param name="folder">The folder it runs in.</param>
    /// <param name="packages">NuGet's packages folder; null for the user's.</param>
    /// <param name="words">The program and its arguments.</param>
    /// <returns>What it wrote to standard output.</returns>
    public static string Run(string folder, string? packages, string[] words) =>
        TryRun(folder, packages, out var text, out var error, words)
            ? text
            : throw new InvalidOperationException($"{string.Join(' ', words)} failed in {folder}:\n{text}{error}");

    /// <summary>Runs a program that may fail, such as the removal of what may not be there.</summary>
    /// <param name="folder">The folder it runs in.</param>
    /// <param name="words">The program and its arguments.</param>
    /// <returns>Whether it succeeded.</returns>
    public static bool Try(string folder, params string[] words) => TryRun(folder, null, out _, out _, words);

    private static bool TryRun(string folder, string? packages, out string text, out string error, string[] words)
    {
        var start = new ProcessStartInfo(words[0], words[1..])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (packages is not null)
        {
            start.Environment["NUGET_PACKAGES"] = packages;
        }

        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        text = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        error = errors.Result;
        return process.ExitCode == 0;
    }
}
