using System.Globalization;
using System.Text.RegularExpressions;
using MultiStage.Build.Engines.Progress;

namespace MultiStage.Build.Engines;

/// <summary>Tries a transfer again where a registry says that it is busy, or where its connection broke. The daemon tells the registry's
/// answer in words alone.</summary>
internal static partial class RegistryRetry
{
    private const int MostAttempts = 5;

    // A registry may ask for hours; that becomes an error, since somebody waits for the build.
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(30);

    /// <summary>Runs a transfer until it succeeds, fails for good, or has been tried five times.</summary>
    /// <param name="what">What is transferred, for the reader.</param>
    /// <param name="transfer">Runs it once; the error, or null where it succeeded.</param>
    /// <param name="first">How long the first wait is; each further one is twice as long.</param>
    /// <param name="progress">Told of each wait.</param>
    /// <returns>The last error; null where it succeeded.</returns>
    public static async Task<string?> RunAsync(
        string what,
        Func<Task<string?>> transfer,
        TimeSpan first,
        IProgress<BuildEvent> progress,
        CancellationToken cancellationToken
    )
    {
        var wait = first;
        for (var attempt = 1; ; attempt++)
        {
            if (await transfer() is not { } error)
            {
                return null;
            }

            var asked = AskedFor(error);
            if (attempt == MostAttempts || !IsPassing(error) || asked > s_longest)
            {
                return attempt == 1 ? error : string.Create(CultureInfo.InvariantCulture, $"{error} ({attempt} attempts)");
            }

            var pause = asked > wait ? asked.Value : wait;
            progress.Report(
                new Notice(string.Create(CultureInfo.InvariantCulture, $"{what}: {error}; trying again in {pause.TotalSeconds:0.#} s"))
            );
            await Task.Delay(pause, cancellationToken);
            wait *= 2;
        }
    }

    /// <summary>Whether an error may be gone when the same is tried again.</summary>
    /// <param name="error">The daemon's or the registry's words.</param>
    /// <returns>Whether it may.</returns>
    internal static bool IsPassing(string error) => Passing().IsMatch(error);

    /// <summary>Finds how long the registry asks to wait.</summary>
    /// <param name="error">Its words, such as <c>toomanyrequests: retry-after: 1.5s, allowed: 44000/minute</c>.</param>
    /// <returns>The time; null where it says none.</returns>
    internal static TimeSpan? AskedFor(string error)
    {
        if (RetryAfter().Match(error) is not { Success: true } match)
        {
            return null;
        }

        var number = double.Parse(match.Groups["number"].Value, CultureInfo.InvariantCulture);
        var seconds = match.Groups["unit"].Value switch
        {
            "h" => number * 3600,
            "m" => number * 60,
            "ms" => number / 1e3,
            "µs" or "us" => number / 1e6,
            "ns" => number / 1e9,
            _ => number,
        };
        return TimeSpan.FromSeconds(Math.Min(seconds, TimeSpan.FromDays(1).TotalSeconds));
    }

    [GeneratedRegex(
        @"\b(408|429|500|502|503|504)\b|toomanyrequests|too many requests|service unavailable|bad gateway|gateway time-?out|\bEOF\b"
            + @"|connection reset|connection refused|broken pipe|connection broke|i/o timeout|TLS handshake timeout"
            + @"|server misbehaving|temporary failure|use of closed network connection|context deadline exceeded",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase
    )]
    private static partial Regex Passing();

    [GeneratedRegex(
        @"retry[- ]after:?\s*(?<number>[0-9]{1,9}(\.[0-9]{1,9})?)\s*(?<unit>h|ms|m|µs|us|ns|s)?",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase
    )]
    private static partial Regex RetryAfter();
}
