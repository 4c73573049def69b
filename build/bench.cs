// The benchmark behind build/bench.sh: builds one app's image in two ways after the same edits, in turn, and compares.
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var (asset, work, version, repetitions, output) = (Path.GetFullPath(args[0]), args[1], args[2], int.Parse(args[3], CultureInfo.InvariantCulture), args[4]);

Subject[] subjects =
[
    new("scaffold", Path.Combine(work, "scaffold"), ["docker", "build", "--quiet", "--file", "Dockerfile.scaffold", "--tag", "multistage-bench-scaffold", "."], "multistage-bench-scaffold"),
    new("this package", Path.Combine(work, "multistage"),
        ["dotnet", "publish", "src/Shop.Web", "-p:PublishMultiStage=true", "-p:ContainerRepository=multistage-bench", "--verbosity", "quiet", "--nologo"], "multistage-bench"),
];
var scenarios = new (string Name, Action<string, string>? Edit)[]
{
    // A comment in a file that every project imports: nothing that was restored or compiled before can be used.
    ("cold", (folder, mark) => File.AppendAllText(Path.Combine(folder, "Directory.Build.props"), $"<!-- {mark} -->\n")),
    ("no-op", null),
    ("edit in the entry project", (folder, mark) => Mark(Path.Combine(folder, "src/Shop.Web/BuildVersion.cs"), mark)),
};

Prepare(subjects, asset, work, version);
var seconds = scenarios.ToDictionary(s => s.Name, _ => subjects.ToDictionary(s => s.Name, _ => new List<double>()));
try
{
    foreach (var subject in subjects)
    {
        // Not measured: base images and the host's packages are there afterwards.
        Run(subject);
    }

    for (var repetition = 1; repetition <= repetitions; repetition++)
    {
        foreach (var (name, edit) in scenarios)
        {
            // In turn, and in the other order every second time, so that a slow minute of the machine hits both.
            foreach (var subject in repetition % 2 == 1 ? subjects : subjects.Reverse())
            {
                var mark = $"mark-{Guid.NewGuid():N}";
                edit?.Invoke(subject.Folder, mark);
                var elapsed = Run(subject);
                seconds[name][subject.Name].Add(elapsed);
                Console.Error.WriteLine($"  {repetition}/{repetitions}  {name,-26} {subject.Name,-14} {elapsed,7:0.00} s");
                if (name.StartsWith("edit", StringComparison.Ordinal))
                {
                    RequireMark(subject, mark);
                }
            }
        }
    }
}
finally
{
    foreach (var subject in subjects)
    {
        Process(["docker", "image", "rm", "--force", subject.Image], work, mayFail: true);
    }
}

Report(scenarios.Select(s => s.Name), subjects, seconds, output);

static void Prepare(Subject[] subjects, string asset, string work, string version)
{
    foreach (var subject in subjects)
    {
        Process(["cp", "-R", asset, subject.Folder], work);
        File.AppendAllText(
            Path.Combine(subject.Folder, "src/Shop.Web/BuildVersion.cs"), "\ninternal static class BenchMark { public const string Value = \"mark-0\"; }\n");
        var program = Path.Combine(subject.Folder, "src/Shop.Web/Program.cs");
        File.WriteAllText(program, File.ReadAllText(program).Replace("app.Run();", "app.MapGet(\"/mark\", () => BenchMark.Value);\napp.Run();", StringComparison.Ordinal));
    }

    var ours = subjects[^1].Folder;
    Process(["cp", "-R", Path.Combine(work, "feed"), Path.Combine(ours, "feed")], work);
    File.WriteAllText(Path.Combine(ours, "nuget.config"), "<configuration><packageSources><add key=\"feed\" value=\"feed\" /></packageSources></configuration>\n");
    Process(["dotnet", "add", "src/Shop.Web", "package", "MultiStage.Build", "--version", version], ours);
}

static void Mark(string file, string mark)
{
    var text = File.ReadAllText(file);
    var start = text.IndexOf("\"mark-", StringComparison.Ordinal) + 1;
    File.WriteAllText(file, text[..start] + mark + text[text.IndexOf('"', start)..]);
}

// An image that is built fast and does not hold the edit is no result.
static void RequireMark(Subject subject, string mark)
{
    var container = Process(["docker", "create", subject.Image], subject.Folder).Trim();
    var copy = Path.Combine(subject.Folder, "..", $"{subject.Image}.dll");
    try
    {
        Process(["docker", "cp", $"{container}:/app/Shop.Web.dll", copy], subject.Folder);
    }
    finally
    {
        Process(["docker", "rm", container], subject.Folder);
    }

    if (File.ReadAllBytes(copy).AsSpan().IndexOf(Encoding.Unicode.GetBytes(mark)) < 0)
    {
        throw new InvalidOperationException($"The image of '{subject.Name}' does not hold the edit.");
    }
}

static double Run(Subject subject)
{
    var watch = Stopwatch.StartNew();
    Process(subject.Command, subject.Folder);
    return watch.Elapsed.TotalSeconds;
}

static string Process(string[] command, string folder, bool mayFail = false)
{
    using var process = System.Diagnostics.Process.Start(
        new ProcessStartInfo(command[0], command[1..]) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true })!;
    var error = process.StandardError.ReadToEndAsync();
    var text = process.StandardOutput.ReadToEnd();
    process.WaitForExit();
    return process.ExitCode == 0 || mayFail
        ? text
        : throw new InvalidOperationException($"{string.Join(' ', command)} ended with {process.ExitCode}:\n{text}{error.Result}");
}

static void Report(IEnumerable<string> scenarios, Subject[] subjects, Dictionary<string, Dictionary<string, List<double>>> seconds, string output)
{
    var (theirs, ours) = (subjects[0].Name, subjects[^1].Name);
    var table = new StringBuilder($"| | {theirs} (s) | {ours} (s) | ratio (lowest – highest) |\n| --- | ---: | ---: | ---: |\n");
    foreach (var name in scenarios)
    {
        var ratios = seconds[name][ours].Zip(seconds[name][theirs], (a, b) => a / b).Order().ToList();
        table.AppendLine(CultureInfo.InvariantCulture,
            $"| {name} | {Median(seconds[name][theirs]):0.0} | {Median(seconds[name][ours]):0.0} | {Median(ratios):0.00} ({ratios[0]:0.00} – {ratios[^1]:0.00}) |");
    }

    Console.WriteLine(table.ToString());
    Directory.CreateDirectory(output);
    File.WriteAllText(Path.Combine(output, "bench.md"), table.ToString());
    File.WriteAllText(Path.Combine(output, "bench.json"), JsonSerializer.Serialize(seconds, BenchJson.Default.DictionaryStringDictionaryStringListDouble));
}

static double Median(IEnumerable<double> values)
{
    var sorted = values.Order().ToList();
    return (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
}

/// <summary>One way to build the image.</summary>
/// <param name="Name">Its name in the table.</param>
/// <param name="Folder">Its own copy of the app.</param>
/// <param name="Command">The command, in that folder.</param>
/// <param name="Image">The image's name.</param>
internal sealed record Subject(string Name, string Folder, string[] Command, string Image);

/// <summary>How the raw figures are written.</summary>
[System.Text.Json.Serialization.JsonSerializable(typeof(Dictionary<string, Dictionary<string, List<double>>>))]
internal sealed partial class BenchJson : System.Text.Json.Serialization.JsonSerializerContext;
