using System.Globalization;
using System.Text.RegularExpressions;
using MultiStage.Build.Diagnostics;

namespace MultiStage.Build.Projects.Companions;

/// <summary>Reads the durations that Docker's instructions take: Go's, such as <c>1m30s</c>. Source:
/// https://pkg.go.dev/time#ParseDuration</summary>
internal static partial class DockerDuration
{
    // Docker refuses what is shorter.
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(1);

    /// <summary>Reads a property.</summary>
    /// <param name="value">Its value; empty for none.</param>
    /// <exception cref="MultiStageException"><see cref="Codes.ValueNotUnderstood"/>.</exception>
    /// <returns>The duration; null where none is given.</returns>
    public static TimeSpan? Parse(string property, string value)
    {
        if (value.Length == 0)
        {
            return null;
        }

        return TryParse(value) is { } duration && duration >= Shortest
            ? duration
            : throw Codes.ValueNotUnderstood.ErrorAbout(
                property,
                property,
                value,
                "a duration of Docker's, such as 30s, 1m30s or 500ms, of at least 1ms"
            );
    }

    private static TimeSpan? TryParse(string value)
    {
        var match = Form().Match(value);
        if (!match.Success)
        {
            return null;
        }

        try
        {
            var seconds = match
                .Groups["number"]
                .Captures.Zip(match.Groups["unit"].Captures, (number, unit) =>
                    double.Parse(number.Value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture) * Seconds(unit.Value)
                )
                .Sum();
            return TimeSpan.FromSeconds(seconds);
        }
        catch (OverflowException)
        {
            return null;
        }
    }

    private static double Seconds(string unit) =>
        unit switch
        {
            "h" => 3600,
            "m" => 60,
            "s" => 1,
            "ms" => 1e-3,
            "ns" => 1e-9,
            _ => 1e-6,
        };

    [GeneratedRegex(
        @"^((?<number>[0-9]+(\.[0-9]*)?|\.[0-9]+)(?<unit>ns|us|µs|μs|ms|s|m|h))+\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture
    )]
    private static partial Regex Form();
}
