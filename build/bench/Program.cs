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

// Another way to look at it: what needs no builder, or several services.
var way = args is ["hosted" or "services", ..] ? args[0] : "";
if (
    args[(way.Length > 0 ? 1 : 0)..] is not [var repository, var work, var version, var repetitionsText, var sizesText, var output, .. var own]
    || own.Length is not (0 or 3)
)
{
    Console.Error.WriteLine(
        "usage: bench [hosted | services] <repository> <work folder> <version> <repetitions> <projects,…> <output folder> [<app folder> <published project> "
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
var feed = Path.Combine(work, "feed");
if (way == "services")
{
    var folder = Path.Combine(work, "services");
    Measure(
        Services.App(Path.GetFullPath(repository)),
        "services",
        [
            new SolutionPublish(Path.Combine(folder, "solution"), feed, version),
            new EachPublish(Path.Combine(folder, "each"), feed, version),
            new Bake(Path.Combine(folder, "bake"), feed, version),
        ],
        // What is done to one project of several has no meaning for all of them.
        [.. Edits.All.Take(4)]
    );
    return 0;
}

IEnumerable<App> apps = own is [var source, var entry, var leaf]
    ? [App.In(Path.GetFullPath(source), entry, leaf)]
    : Numbers(sizesText).Select(size => App.Of(Path.GetFullPath(repository), size));
foreach (var app in apps)
{
    var name = own.Length > 0 ? app.EntryName : app.Projects.ToString(CultureInfo.InvariantCulture);
    var folder = Path.Combine(work, name);
    Contender[] others = [new SdkContainer(Path.Combine(folder, "sdk"), registry), new HostPublish(Path.Combine(folder, "host"))];
    if (way == "hosted")
    {
        Contender[] ours =
        [
            new ThisPackage(Path.Combine(folder, "host-mode"), feed, version, "host mode", "-p:ContainerPublishMode=Host"),
            new SdkEngine(Path.Combine(folder, "sdk-engine"), feed, version, registry),
        ];
        Measure(app, $"{name}-hosted", [.. ours, .. others], Edits.All, ours.Length);
    }
    else
    {
        Measure(
            app,
            name,
            [
                new ThisPackage(Path.Combine(folder, "package"), feed, version),
                new ScaffoldedDockerfile(Path.Combine(folder, "scaffold"), HasMount: false),
                new ScaffoldedDockerfile(Path.Combine(folder, "scaffold-mount"), HasMount: true),
                .. others,
            ],
            Edits.All
        );
    }
}

return 0;

// A table for each of the package's own ways, against all that stand behind them.
void Measure(App app, string name, IReadOnlyList<Contender> contenders, IReadOnlyList<Scenario> scenarios, int ours = 1)
{
    var measured = Run.Measure(app, contenders, scenarios, repetitions);
    var names = contenders.Select(contender => contender.Name).ToList();
    var tables = string.Join('\n', Enumerable.Range(0, ours).Select(own => Table.Of(measured, [names[own], .. names[ours..]])));
    Console.WriteLine(tables);
    File.WriteAllText(Path.Combine(output, $"bench-{name}.md"), tables);
    File.WriteAllText(Path.Combine(output, $"bench-{name}.svg"), Plot.Of(measured, names));
    File.WriteAllText(Path.Combine(output, $"bench-{name}.json"), JsonSerializer.Serialize(measured, Run.Json));
}

static IReadOnlyList<int> Numbers(string text) => [.. text.Split(',').Select(number => int.Parse(number, CultureInfo.InvariantCulture))];
