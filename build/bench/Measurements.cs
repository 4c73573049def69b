using System.Globalization;

namespace MultiStage.Build.Bench;

/// <summary>Wall seconds of one app size: by scenario, by contender, one for each repetition.</summary>
/// <param name="Projects">How many projects the app has.</param>
/// <param name="Seconds">The seconds.</param>
/// <param name="ImageBytes">The image's size by contender, where it builds one.</param>
internal sealed record Measurements(
    int Projects,
    Dictionary<string, Dictionary<string, List<double>>> Seconds,
    Dictionary<string, long> ImageBytes
)
{
    /// <summary>The app's size in words.</summary>
    /// <returns>Such as <c>8 projects</c>.</returns>
    public string Size() => string.Create(CultureInfo.InvariantCulture, $"{Projects} project{(Projects == 1 ? "" : "s")}");

    /// <summary>The median of a contender's repetitions.</summary>
    /// <param name="scenario">The scenario.</param>
    /// <param name="contender">The contender.</param>
    /// <returns>Seconds.</returns>
    public double Median(string scenario, string contender) => MedianOf(Seconds[scenario][contender]);

    /// <summary>How one contender stands to another, repetition by repetition, so that a slow minute of the machine counts for
    /// both.</summary>
    /// <param name="scenario">The scenario.</param>
    /// <param name="contender">The contender.</param>
    /// <param name="against">The other one.</param>
    /// <returns>The median, the lowest and the highest ratio.</returns>
    public (double Median, double Lowest, double Highest) Ratio(string scenario, string contender, string against)
    {
        var ratios = Seconds[scenario][contender].Zip(Seconds[scenario][against], (a, b) => a / b).ToList();
        return (MedianOf(ratios), ratios.Min(), ratios.Max());
    }

    /// <summary>The median.</summary>
    /// <param name="values">Values, at least one.</param>
    /// <returns>The middle one, or the mean of the two in the middle.</returns>
    public static double MedianOf(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }
}
