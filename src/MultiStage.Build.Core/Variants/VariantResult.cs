using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace MultiStage.Build.Variants;

/// <summary>What was found out about a variant.</summary>
/// <param name="Outcome">What came of it.</param>
internal sealed record VariantResult(string Name, ImmutableSortedDictionary<string, string> Properties, VariantOutcome Outcome)
{
    /// <summary>What shows that it works, or why it does not, in one line.</summary>
    public string Because { get; init; } = "";

    /// <summary>The base image of its runtime stage; null where that is not known.</summary>
    public string? BaseImage { get; init; }

    /// <summary>The whole image, in unpacked bytes; null where there is none.</summary>
    public long? TotalBytes { get; init; }

    /// <summary>What the app adds to the base image, in unpacked bytes.</summary>
    public long? AppBytes { get; init; }

    /// <summary>What a pull of the whole image transfers, in bytes: an estimate, because nothing was pushed.</summary>
    public long? PullBytes { get; init; }

    /// <summary>Times from start to the first sign of life, in milliseconds, in the order of the starts.</summary>
    public ImmutableArray<double> StartMilliseconds { get; init; } = [];

    /// <summary>What the idle container holds in memory, in bytes, without the pages that the kernel could drop.</summary>
    public long? IdleBytes { get; init; }

    /// <summary>
    /// How many warnings the trimming and native compilers gave; null where they did not run, because the daemon had their output.
    /// </summary>
    public int? Warnings { get; init; }

    /// <summary>The file that lists them, relative to the report; null where there are none.</summary>
    public string? WarningsFile { get; init; }

    /// <summary>The median of the times; null where none was taken.</summary>
    [JsonIgnore]
    public double? MedianStart
    {
        get
        {
            var sorted = StartMilliseconds.Sort();
            var middle = sorted.Length / 2;
            return sorted.Length == 0 ? null
                : sorted.Length % 2 == 1 ? sorted[middle]
                : (sorted[middle - 1] + sorted[middle]) / 2;
        }
    }
}
