using System.Diagnostics;
using System.Globalization;
using System.Text;
using MultiStage.Build.Budgets;
using MultiStage.Build.Engines;
using MultiStage.Build.Measurement;
using MultiStage.Build.Measurement.Archives;

namespace MultiStage.Build.Bench;

/// <summary>What measuring an image costs, against <c>docker save | cat</c> of the same image, which anything that reads all of it has to
/// pay for.</summary>
internal static class SizeCosts
{
    private const string Small = "mcr.microsoft.com/dotnet/aspnet:10.0";
    private const string Large = "mcr.microsoft.com/dotnet/sdk:10.0";
    private const string Image = "multistage-bench-sizes:latest";
    private const string Save = "docker save";

    private static readonly CancellationToken s_never = CancellationToken.None;

    /// <summary>Measures an app's image in each way in turn, and the memory that a walk takes at two image sizes.</summary>
    /// <param name="work">A folder of its own.</param>
    /// <param name="repetitions">How often.</param>
    /// <returns>A table: medians, and ratios with their spread.</returns>
    public static async Task<string> MeasureAsync(string work, int repetitions)
    {
        BuildImage(Path.Combine(work, "sizes"));
        try
        {
            (string Name, double Most, Func<Task> Run)[] ways =
            [
                (Save, 1, () => Task.Run(() => Command.Run(work, "sh", "-c", $"docker save {Image} | cat >/dev/null"))),
                ("gate", 0.1, () => GateAsync(explain: false)),
                ("gate and breakdown", 0.35, () => GateAsync(explain: true)),
                ("full walk", 1.1, () => WalkAsync(Image, WalkFor.Files)),
            ];
            var seconds = ways.ToDictionary(way => way.Name, _ => new List<double>());
            // The first round is for what the daemon and this process keep from then on.
            for (var round = 0; round <= repetitions; round++)
            {
                foreach (var (name, _, run) in ways)
                {
                    var clock = Stopwatch.StartNew();
                    await run();
                    if (round > 0)
                    {
                        seconds[name].Add(clock.Elapsed.TotalSeconds);
                    }
                }
            }

            return Table(ways.Select(way => (way.Name, way.Most)), seconds) + await MemoryAsync(work);
        }
        finally
        {
            Command.Try(work, "docker", "image", "rm", Image);
        }
    }

    /// <summary>Reads an image from end to end.</summary>
    /// <param name="image">The image.</param>
    /// <param name="wanted">What is looked for.</param>
    public static async Task WalkAsync(string image, WalkFor wanted)
    {
        await using var engine = await Engine.OpenAsync(EngineChoice.Of("docker"), new EngineOptions(), s_never);
        _ = await ImageMeasurer.WalkAsync(engine.Store, image, null, wanted, s_never);
    }

    // An app as most are: everything of it in one folder, and nothing that only a full walk could explain.
    private static void BuildImage(string folder)
    {
        Directory.CreateDirectory(Path.Combine(folder, "app"));
        var random = new Random(1);
        foreach (var file in Enumerable.Range(0, 200))
        {
            var bytes = new byte[100_000];
            random.NextBytes(bytes);
            File.WriteAllBytes(Path.Combine(folder, "app", string.Create(CultureInfo.InvariantCulture, $"{file}.dll")), bytes);
        }

        File.WriteAllText(Path.Combine(folder, "Dockerfile"), $"FROM {Small}\nWORKDIR /app\nCOPY app/ .\n");
        Command.Run(folder, "docker", "build", "--quiet", "--tag", Image, ".");
    }

    private static async Task GateAsync(bool explain)
    {
        await using var engine = await Engine.OpenAsync(EngineChoice.Of("docker"), new EngineOptions(), s_never);
        var settings = BudgetReader.Read(new BudgetProperties { Limits = [new("ContainerSizeBudget", "1GB")] });
        var (measured, _) = await BudgetedMeasurement.RunAsync(
            new MeasureRequest(engine.Store, Image, Small) { Explain = explain },
            settings,
            s_never
        );
        var folder = measured.Breakdown?.Folder;
        if (folder != (explain ? "/app" : null))
        {
            throw new InvalidOperationException($"More or less was read than this is about: {folder ?? "no files"}.");
        }
    }

    private static string Table(IEnumerable<(string Name, double Most)> ways, Dictionary<string, List<double>> seconds)
    {
        var text = new StringBuilder(
            $"| | seconds | ratio to `{Save}`, piped into `cat` (lowest – highest) | at most |\n| --- | ---: | ---: | ---: |\n"
        );
        foreach (var (name, most) in ways)
        {
            var ratios = seconds[name].Zip(seconds[Save], (ours, theirs) => ours / theirs).Order().ToList();
            text.Append(
                CultureInfo.InvariantCulture,
                $"| {name} | {Measurements.MedianOf(seconds[name]):0.00} | **{Measurements.MedianOf(ratios):0.00}** ({ratios[0]:0.00} – "
                    + $"{ratios[^1]:0.00}) | {most:0.00} |\n"
            );
        }

        return text.ToString();
    }

    // In a process of its own, as the most memory that a process ever took says nothing of its parts.
    private static async Task<string> MemoryAsync(string work)
    {
        var text = new StringBuilder(
            "\n| walk of | unpacked | peak memory, sizes alone | with every file |\n| --- | ---: | ---: | ---: |\n"
        );
        await using var engine = await Engine.OpenAsync(EngineChoice.Of("docker"), new EngineOptions(), s_never);
        foreach (var image in (string[])[Small, Large])
        {
            var bytes = (await ImageMeasurer.MeasureAsync(engine.Store, image, null, s_never)).Total;
            text.Append(CultureInfo.InvariantCulture, $"| {image} | {bytes / 1e6:0} MB |");
            foreach (var wanted in (WalkFor[])[WalkFor.Sizes, WalkFor.Files])
            {
                var peak = Command.Run(work, "dotnet", typeof(SizeCosts).Assembly.Location, "walk", image, wanted.ToString());
                text.Append(CultureInfo.InvariantCulture, $" {long.Parse(peak, CultureInfo.InvariantCulture) / 1e6:0} MB |");
            }

            text.Append('\n');
        }

        return text.ToString();
    }
}
