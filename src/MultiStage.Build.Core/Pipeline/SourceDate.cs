using System.Collections.Immutable;
using System.ComponentModel;
using System.Globalization;

namespace MultiStage.Build.Pipeline;

/// <summary>Finds the time that stands for the sources.</summary>
internal static class SourceDate
{
    /// <summary>Finds it.</summary>
    /// <returns>
    /// <c>SOURCE_DATE_EPOCH</c> where the environment sets it (https://reproducible-builds.org/specs/source-date-epoch), else the time of
    /// the commit that is checked out; in UTC. Null where neither is known.
    /// </returns>
    public static DateTime? Of(string folder) =>
        Parse(Environment.GetEnvironmentVariable("SOURCE_DATE_EPOCH")) ?? Parse(CommitTime(folder));

    /// <summary>Reads a time as <c>SOURCE_DATE_EPOCH</c> gives it.</summary>
    /// <returns>The time in UTC; null where this is none.</returns>
    public static DateTime? Parse(string? seconds) =>
        long.TryParse(seconds, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value <= 253402300799
            ? DateTimeOffset.FromUnixTimeSeconds(value).UtcDateTime
            : null;

    /// <summary>Gives a build the time, unless the project does.</summary>
    /// <param name="time">The time in UTC; null where it is not known.</param>
    /// <returns>The arguments with <c>SOURCE_DATE_EPOCH</c>, in seconds since 1970.</returns>
    public static ImmutableSortedDictionary<string, string> AddTo(ImmutableSortedDictionary<string, string> arguments, DateTime? time) =>
        time is { } known && !arguments.ContainsKey("SOURCE_DATE_EPOCH")
            ? arguments.Add("SOURCE_DATE_EPOCH", new DateTimeOffset(known).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture))
            : arguments;

    private static string? CommitTime(string folder)
    {
        // Git refuses a checkout of another owner, as in a container of CI, unless it is told that it is safe: the projects in it are built
        // anyway.
        var git = new HostCommand(
            "git",
            ["-c", "safe.directory=*", "-c", "log.showSignature=false", "-C", folder, "log", "-1", "--format=%ct"]
        );
        try
        {
            var answer = HostProcess.AskAsync(git, "", CancellationToken.None).GetAwaiter().GetResult();
            return answer.ExitCode == 0 ? answer.Output.Trim() : null;
        }
        catch (Win32Exception)
        {
            // There is no git on this machine.
            return null;
        }
    }
}
