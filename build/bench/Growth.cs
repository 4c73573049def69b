using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace MultiStage.Build.Bench;

/// <summary>How the costs of this package grow with the number of projects. Nothing may grow faster than that number.</summary>
internal static partial class Growth
{
    private static readonly (string Name, string Phase)[] s_phases =
    [
        ("facts, first", "evaluated ("),
        ("facts, again", "as they were evaluated before"),
        ("rules and emission", "Dockerfile written"),
        ("context", "context sent"),
        ("image, nothing new", "image built"),
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
        var values = s_phases.Append(("no-op", "")).Select(_ => new List<double>()).ToList();
        for (var repetition = 0; repetition < repetitions; repetition++)
        {
            package.ForgetFacts(app);
            // From the same target, once with everything to evaluate and once with nothing, then the whole publish.
            var (first, again) = (package.Generate(app), package.Generate(app));
            var clock = System.Diagnostics.Stopwatch.StartNew();
            var publish = package.BuildInDetail(app);
            values[^1].Add(clock.Elapsed.TotalMilliseconds);
            for (var phase = 0; phase < s_phases.Length; phase++)
            {
                values[phase].Add(Milliseconds(phase == 0 ? first : phase <= 2 ? again : publish, s_phases[phase].Phase));
            }
        }

        return [.. values.Select(Measurements.MedianOf)];
    }

    private static double Milliseconds(string log, string phase) =>
        double.Parse(Phase().Matches(log).Single(line => line.Groups["what"].Value.Contains(phase, StringComparison.Ordinal)).Groups["ms"].Value, CultureInfo.InvariantCulture);

    private static string Table(List<(int Projects, double[] Values)> medians)
    {
        var text = new StringBuilder("Milliseconds (for each project):\n\n| projects |");
        text.AppendJoin(" |", s_phases.Select(phase => " " + phase.Name).Append(" whole no-op publish")).Append(" |\n| ---: |").Insert(text.Length, " ---: |", s_phases.Length + 1).Append('\n');
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

    [GeneratedRegex(@"^ +(?<ms>\d+) ms  (?<what>.+)$", RegexOptions.Multiline)]
    private static partial Regex Phase();
}
