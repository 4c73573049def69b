using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace MultiStage.Build.Tasks;

/// <summary>Finds the time that stands for the sources.</summary>
internal static class SourceDate
{
    /// <summary>Finds it.</summary>
    /// <param name="folder">A folder of the sources.</param>
    /// <returns>
    /// <c>SOURCE_DATE_EPOCH</c> where the environment sets it (https://reproducible-builds.org/specs/source-date-epoch), else the time of the
    /// commit that is checked out, else now; in UTC.
    /// </returns>
    public static DateTime Of(string folder) =>
        Parse(Environment.GetEnvironmentVariable("SOURCE_DATE_EPOCH")) ?? Parse(CommitTime(folder)) ?? DateTime.UtcNow;

    private static DateTime? Parse(string? seconds) =>
        long.TryParse(seconds, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value <= 253402300799
            ? DateTimeOffset.FromUnixTimeSeconds(value).UtcDateTime
            : null;

    private static string? CommitTime(string folder)
    {
        var git = new ProcessStartInfo("git", ["-C", folder, "log", "-1", "--format=%ct"]) { RedirectStandardOutput = true, RedirectStandardError = true };
        try
        {
            using var process = Process.Start(git)!;
            // Nobody reads the complaint that the folder is no repository, but a full pipe would hold git up.
            process.ErrorDataReceived += static (_, _) => { };
            process.BeginErrorReadLine();
            var output = process.StandardOutput.ReadToEnd().Trim();
            process.WaitForExit();
            return process.ExitCode == 0 ? output : null;
        }
        catch (Win32Exception)
        {
            // There is no git on this machine.
            return null;
        }
    }
}
