using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace MultiStage.Build.Bench;

/// <summary>How the costs of this package grow with the number of projects. Nothing may grow faster than that number.</summary>
internal static partial class Growth
{
    // The facts are told by generating alone, from nothing and once more; the rest by a publish.
    private static readonly (string Name, Func<Logs, string> Log, string Phase)[] s_phases =
    [
        ("facts, first", logs => logs.First, "evaluated ("),
        ("facts, again", logs => logs.Again, "as they were evaluated before"),
        ("rules and emission", logs => logs.Again, "Dockerfile written"),
        ("context", logs => logs.Publish, "context sent"),
        ("image, nothing new", logs => logs.Publish, "image built"),
    ];

    /// <summary>Measures generated apps.</summary>
    /// <param name="repository">The repository's root.</param>
    /// <param name="work">A folder of its own.</param>
    /// <param name="feed">The folder that the package lies in.</param>
    /// <param name="version">The package's version.</param>
    /// <param name="sizes">The numbers of projects.</param>
    /// <param name="repetitions">How often.</param>
    /// <returns>A table of medians.</returns>
    public static string Measure(string repository, string work, string feed, string version, IReadOnlyList<int> sizes, int repetitions)
    {
        var medians = new List<(int Projects, double[] Values)>();
        foreach (var size in sizes)
        {
            var app = App.Of(repository, size);
            var package = new ThisPackage(Path.Combine(work, string.Create(CultureInfo.InvariantCulture, $"growth-{size}")), feed, version);
            Directory.CreateDirectory(package.Work);
            try
            {
                app.WriteTo(package.Folder);
                package.Prepare(app);
                package.Build(app);
                medians.Add((size, OfSize(package, app, repetitions)));
            }
            finally
            {
                package.CleanUp();
            }
        }

        return Table(medians);
    }

    private static double[] OfSize(ThisPackage package, App app, int repetitions)
    {
        // One more for the whole publish.
        var values = Enumerable.Range(0, s_phases.Length + 1).Select(_ => new List<double>()).ToList();
        for (var repetition = 0; repetition < repetitions; repetition++)
        {
            package.ForgetFacts(app);
            var (first, again) = (package.Generate(app), package.Generate(app));
            var clock = System.Diagnostics.Stopwatch.StartNew();
            var logs = new Logs(first, again, package.BuildInDetail(app));
            values[^1].Add(clock.Elapsed.TotalMilliseconds);
            foreach (var ((_, log, phase), milliseconds) in s_phases.Zip(values))
            {
                milliseconds.Add(Milliseconds(log(logs), phase));
            }
        }

        return [.. values.Select(Measurements.MedianOf)];
    }

    private static double Milliseconds(string log, string phase) =>
        double.Parse(
            Phase().Matches(log).Single(line => line.Groups["what"].Value.Contains(phase, StringComparison.Ordinal)).Groups["ms"].Value,
            CultureInfo.InvariantCulture
        );

    private static string Table(List<(int Projects, double[] Values)> medians)
    {
        var names = s_phases.Select(phase => phase.Name).Prepend("projects").Append("whole no-op publish").ToList();
        var text = new StringBuilder(
            $"Milliseconds (for each project):\n\n| {string.Join(" | ", names)} |\n|{string.Concat(names.Select(_ => " ---: |"))}\n"
        );
        foreach (var (projects, values) in medians)
        {
            text.Append(CultureInfo.InvariantCulture, $"| {projects} |");
            foreach (var value in values)
            {
                text.Append(CultureInfo.InvariantCulture, $" {value:0} ({value / projects:0.0}) |");
            }

            text.Append('\n');
        }

        var (few, many) = (medians[0], medians[^1]);
        text.Append(CultureInfo.InvariantCulture, $"| {many.Projects} to {few.Projects}: ×{(double)many.Projects / few.Projects:0} |");
        foreach (var (from, to) in few.Values.Zip(many.Values))
        {
            text.Append(CultureInfo.InvariantCulture, $" ×{to / from:0.0} |");
        }

        return text.Append('\n').ToString();
    }

    private sealed record Logs(string First, string Again, string Publish);

    [GeneratedRegex(@"^ +(?<ms>\d+) ms  (?<what>.+)$", RegexOptions.Multiline)]
    private static partial Regex Phase();
}
