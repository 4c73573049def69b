// The benchmark behind build/bench.sh: the same apps, the same edits, five ways to an image, in turn.
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using MultiStage.Build.Bench;
using MultiStage.Build.Measurement.Archives;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
if (args is ["walk", var image, var wanted])
{
    await SizeCosts.WalkAsync(image, Enum.Parse<WalkFor>(wanted));
    Console.Write(Process.GetCurrentProcess().PeakWorkingSet64);
    return 0;
}

if (args is ["sizes", var folderOfSizes, var times, var tables])
{
    var costs = await SizeCosts.MeasureAsync(folderOfSizes, int.Parse(times, CultureInfo.InvariantCulture));
    Console.WriteLine(costs);
    Directory.CreateDirectory(tables);
    File.WriteAllText(Path.Combine(tables, "sizes.md"), costs);
    return 0;
}

if (args is ["growth", var root, var folderOfApps, var packed, var rounds, var numbers, var results])
{
    var growth = Growth.Measure(
        Path.GetFullPath(root),
        folderOfApps,
        Path.Combine(folderOfApps, "feed"),
        packed,
        Numbers(numbers),
        int.Parse(rounds, CultureInfo.InvariantCulture)
    );
    Console.WriteLine(growth);
    Directory.CreateDirectory(results);
    File.WriteAllText(Path.Combine(results, "growth.md"), growth);
    return 0;
}

if (
    args is not [var repository, var work, var version, var repetitionsText, var sizesText, var output, .. var own]
    || own.Length is not (0 or 3)
)
{
    Console.Error.WriteLine(
        "usage: bench <repository> <work folder> <version> <repetitions> <projects,…> <output folder> [<app folder> <published project> "
            + "<leaf library>]"
    );
    return 2;
}

var repetitions = int.Parse(repetitionsText, CultureInfo.InvariantCulture);
if (repetitions < 1 || repetitions > Edits.MostRepetitions)
{
    Console.Error.WriteLine($"bench: repetitions: 1 to {Edits.MostRepetitions}");
    return 2;
}

var registry = Environment.GetEnvironmentVariable("MULTISTAGE_TEST_REGISTRY")
    ?? throw new InvalidOperationException("No registry is named in MULTISTAGE_TEST_REGISTRY.");

// The SDK's container support speaks plain HTTP to none but those named here.
Environment.SetEnvironmentVariable("DOTNET_CONTAINER_INSECURE_REGISTRIES", registry);
Directory.CreateDirectory(output);
IEnumerable<App> apps = own is [var source, var entry, var leaf]
    ? [App.In(Path.GetFullPath(source), entry, leaf)]
    : Numbers(sizesText).Select(size => App.Of(Path.GetFullPath(repository), size));
foreach (var app in apps)
{
    var name = own.Length > 0 ? app.EntryName : app.Projects.ToString(CultureInfo.InvariantCulture);
    var folder = Path.Combine(work, name);
    Contender[] contenders =
    [
        new ThisPackage(Path.Combine(folder, "package"), Path.Combine(work, "feed"), version),
        new ScaffoldedDockerfile(Path.Combine(folder, "scaffold"), HasMount: false),
        new ScaffoldedDockerfile(Path.Combine(folder, "scaffold-mount"), HasMount: true),
        new SdkContainer(Path.Combine(folder, "sdk"), registry),
        new HostPublish(Path.Combine(folder, "host")),
    ];
    var measured = Run.Measure(app, contenders, repetitions);
    var names = contenders.Select(contender => contender.Name).ToList();
    var table = Table.Of(measured, names);
    Console.WriteLine(table);
    File.WriteAllText(Path.Combine(output, $"bench-{name}.md"), table);
    File.WriteAllText(Path.Combine(output, $"bench-{name}.svg"), Plot.Of(measured, names));
    File.WriteAllText(Path.Combine(output, $"bench-{name}.json"), JsonSerializer.Serialize(measured, Run.Json));
}

return 0;

static IReadOnlyList<int> Numbers(string text) => [.. text.Split(',').Select(number => int.Parse(number, CultureInfo.InvariantCulture))];
