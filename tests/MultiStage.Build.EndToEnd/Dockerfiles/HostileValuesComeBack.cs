using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using CsCheck;
using MultiStage.Build.Diagnostics;
using MultiStage.Build.Dockerfiles.Writing;
using MultiStage.Build.EndToEnd.Engines;
using MultiStage.Build.EndToEnd.Harness;
using MultiStage.Build.Engines;
using MultiStage.Build.Images;
using MultiStage.Build.Projects;
using MultiStage.Build.Projects.Closure;
using MultiStage.Build.Projects.Companions;
using MultiStage.Build.Projects.Container;
using MultiStage.Build.Stages;
using MultiStage.Build.Tests.Dockerfiles.Injection;

namespace MultiStage.Build.EndToEnd.Dockerfiles;

/// <summary>Values that try to be more than a value come back out of the image that the daemon builds, or are refused before. What the
/// tests without a daemon believe of a Dockerfile, its own reader confirms here.</summary>
[TestClass]
public sealed class HostileValuesComeBack : EngineTest
{
    private const int Values = 2_000;

    // Set to a seed that a failed test names, it makes the same values again.
    private const string SeedVariable = "CsCheck_Seed";

    // How many values one image takes in each place; together a hundred.
    private static readonly Place[] s_places =
    [
        new("user", 1, (facts, v) => Of(facts, c => c with { User = v[0] }), (i, _) => (string?)i.Config["User"]),
        new("working directory", 1, (facts, v) => Of(facts, c => c with { WorkingDirectory = v[0] }), Folder) { Expected = Cleaned },
        new("label", 17, (facts, v) => Of(facts, c => c with { Labels = [.. c.Labels, .. Named("value", v)] }), Label("value")),
        new("label's name", 6, (facts, v) => Of(facts, c => c with { Labels = [.. c.Labels, .. Naming(v)] }), LabelName),
        new("variable", 17, (facts, v) => Of(facts, c => c with { Environment = [.. c.Environment, .. Named("V", v)] }), Variable("V")),
        new("variable's name", 6, (facts, v) => Of(facts, c => c with { Environment = [.. c.Environment, .. Naming(v)] }), VariableName),
        new("entry point", 10, (facts, v) => Of(facts, c => c with { Entrypoint = [.. v] }), Word("Entrypoint")),
        new("command", 10, (facts, v) => Of(facts, c => c with { Command = [.. v] }), Word("Cmd")),
        new("health check", 5, Check, (image, i) => (string?)image.Config["Healthcheck"]!["Test"]![i + 1]),
        new("build argument", 9, Arguments, Label("argument")),
        new("text of a LABEL", 4, (facts, v) => Texts(facts, "Label", "text", v), Label("text")) { Takes = HostileText.IsOfLine },
        new("text of an ENV", 4, (facts, v) => Texts(facts, "Env", "T", v), Variable("T")) { Takes = HostileText.IsOfLine },
        new("script", 10, Script, (image, i) => Encoding.UTF8.GetString(image.Files[$"out/{i}"])) { Expected = Lines },
    ];

    [TestMethod]
    public async Task Out_of_the_image_or_are_refused_at_generation()
    {
        var random = Environment.GetEnvironmentVariable(SeedVariable) is { Length: > 0 } seed ? PCG.Parse(seed) : PCG.ThreadPCG;
        var repeat = $"{SeedVariable}={random}";
        TestContext.WriteLine(repeat);
        var values = new Queue<string>([
            .. HostileText.Known,
            .. HostileText.Random.Array[Values - HostileText.Known.Length].Generate(random, null, out _),
        ]);
        await using var engine = await ConnectAsync();
        var (images, refused) = (0, 0);
        while (values.Count > 0)
        {
            images++;
            // Each image begins at another place, so that known values meet more than one.
            var given = new List<(Place Place, ImmutableArray<string> Values)>();
            foreach (var place in s_places.Skip(images % s_places.Length).Concat(s_places.Take(images % s_places.Length)))
            {
                var some = Enumerable.Range(0, Math.Min(place.Values, values.Count)).Select(_ => values.Dequeue()).Distinct().ToList();
                var kept = some.Where(value => place.Takes(value) && Written(place.Set(Facts(), [value])) is not null).ToImmutableArray();
                refused += some.Count - kept.Length;
                if (!kept.IsEmpty)
                {
                    given.Add((place, kept));
                }
            }

            var all = given.Aggregate(Facts(), (facts, one) => one.Place.Set(facts, one.Values));
            var (dockerfile, plan) = Written(all) ?? throw new AssertFailedException("Together they are refused.");
            var image = await BuildAsync(engine, dockerfile, plan);
            foreach (var (place, one) in given)
            {
                for (var i = 0; i < one.Length; i++)
                {
                    Assert.AreEqual(place.Expected(one[i]), place.Read(image, i), $"{place.Name} {i}\n{repeat}\n{dockerfile}");
                }
            }
        }

        TestContext.WriteLine($"{images} images, {refused} values refused");
        Assert.IsLessThan(Values / 2, refused);
    }

    private async Task<Image> BuildAsync(IImageBuilder engine, string dockerfile, BuildPlan plan)
    {
        var folder = Folder("published/packages/a.dll", "published/app/app");
        var request = Request(dockerfile, folder) with { BuildArgs = plan.BuildArgs, Labels = plan.Labels };
        var id = await BuildAsync(engine, request);
        return new(await Daemon.ConfigAsync(id), await Daemon.ContentsAsync(id, "/out"));
    }

    // The app is one file that is published already. Scripts run in a stage with a shell; the image itself has none.
    private static ProjectFacts Facts() =>
        new(
            new ClosureFacts { Context = "", Project = "Hostile.csproj", Projects = [], RestoreInputs = [] },
            new PublishFacts { Configuration = "Release" },
            new ContainerFacts
            {
                SdkImage = "none",
                BaseImage = "scratch",
                Repository = "hostile",
                Tags = ["latest"],
            }
        )
        {
            PublishedFolder = "published",
            Stages = new StageFacts
            {
                Stages = [Item("ContainerStage", "scripts", ("BaseImage", "busybox"))],
                Steps =
                [
                    Item("ContainerStep", "folder", ("Stage", "scripts"), ("Run", "mkdir /out")),
                    Item("ContainerStep", "files", ("Stage", "runtime"), ("Copy", "/out/"), ("Destination", "/out/"), ("From", "scripts")),
                ],
            },
        };

    private static (string Dockerfile, BuildPlan Plan)? Written(ProjectFacts facts)
    {
        try
        {
            var plan = BuildPlanner.Plan(facts, new PlanTarget.BuildKit());
            return (DockerfileWriter.Write(plan, null), plan);
        }
        catch (MultiStageException)
        {
            return null;
        }
    }

    private static ProjectFacts Of(ProjectFacts facts, Func<ContainerFacts, ContainerFacts> set) =>
        facts with { Container = set(facts.Container) };

    private static ProjectFacts Check(ProjectFacts facts, ImmutableArray<string> values) =>
        facts with { Healthcheck = new(HealthcheckKind.Exec) { Words = values } };

    private static ProjectFacts Arguments(ProjectFacts facts, ImmutableArray<string> values) =>
        With(
            facts with
            {
                Stages = facts.Stages with { BuildArgs = [.. values.Select((v, i) => Item("ContainerBuildArg", $"A{i}", ("Value", v)))] },
            },
            [.. values.SelectMany((_, i) => new[] { Step("runtime", "Arg", $"A{i}"), Step("runtime", "Label", $"argument{i}=\"$A{i}\"") })]
        );

    // The author's text is a Dockerfile's, quoted as Docker's reference says.
    private static ProjectFacts Texts(ProjectFacts facts, string keyword, string name, ImmutableArray<string> values) =>
        With(
            facts,
            [
                .. values
                    .Select(value => string.Concat(value.Select(c => c is '"' or '\\' or '$' ? $"\\{c}" : $"{c}")))
                    .Select((quoted, i) => Step("runtime", keyword, $"{name}{i}=\"{quoted}\"")),
            ]
        );

    private static ProjectFacts Script(ProjectFacts facts, ImmutableArray<string> values) =>
        With(
            facts,
            Step(
                "scripts",
                "Run",
                "cd /out\n"
                    + string.Join('\n', values.Select((v, i) => $"printf %s '{v.Replace("'", "'\\''", StringComparison.Ordinal)}' > {i}"))
            )
        );

    private static ProjectFacts With(ProjectFacts facts, params ImmutableArray<ProjectItem> steps) =>
        facts with { Stages = facts.Stages with { Steps = [.. facts.Stages.Steps, .. steps] } };

    private static ProjectItem Step(string stage, string metadata, string text) =>
        Item("ContainerStep", "step", ("Stage", stage), (metadata, text));

    private static ProjectItem Item(string type, string include, params (string Name, string Value)[] metadata) =>
        new(type, include)
        {
            Metadata = metadata.ToImmutableSortedDictionary(pair => pair.Name, pair => pair.Value, StringComparer.OrdinalIgnoreCase),
        };

    private static IEnumerable<NameValue> Named(string name, ImmutableArray<string> values) =>
        values.Select((value, i) => new NameValue(name + i.ToString(CultureInfo.InvariantCulture), value));

    private static IEnumerable<NameValue> Naming(ImmutableArray<string> names) =>
        names.Select((name, i) => new NameValue(name, $"name {i}"));

    private static Func<Image, int, string?> Label(string name) => (image, i) => (string?)image.Config["Labels"]![$"{name}{i}"];

    private static string? LabelName(Image image, int i) =>
        image.Config["Labels"]!.AsObject().Single(label => (string?)label.Value == $"name {i}").Key;

    private static Func<Image, int, string?> Variable(string name) => (image, i) => image.Variables.Single(v => v[0] == $"{name}{i}")[1];

    private static string? VariableName(Image image, int i) => image.Variables.Single(v => v[1] == $"name {i}")[0];

    private static Func<Image, int, string?> Word(string property) => (image, i) => (string?)image.Config[property]![i];

    private static string? Folder(Image image, int i) => Cleaned((string)image.Config["WorkingDir"]!);

    // As the daemon does: from the root, without what leads back or nowhere.
    private static string Cleaned(string path)
    {
        var kept = new List<string>();
        foreach (var part in path.Split('/').Where(part => part is not ("" or ".")))
        {
            if (part != "..")
            {
                kept.Add(part);
            }
            else if (kept.Count > 0)
            {
                kept.RemoveAt(kept.Count - 1);
            }
        }

        return "/" + string.Join('/', kept);
    }

    // The lines of a script end in no blanks, and in a line feed.
    private static string Lines(string value)
    {
        var lines = value.Split('\n');
        return string.Join('\n', lines.Select((line, i) => i == lines.Length - 1 ? line : line.TrimEnd()));
    }

    private sealed record Image(JsonNode Config, Dictionary<string, byte[]> Files)
    {
        public IEnumerable<string[]> Variables => Config["Env"]!.AsArray().Select(variable => ((string)variable!).Split('=', 2));
    }

    // A place of a project that values come from, and where they are in the image.
    private sealed record Place(
        string Name,
        int Values,
        Func<ProjectFacts, ImmutableArray<string>, ProjectFacts> Set,
        Func<Image, int, string?> Read
    )
    {
        public Func<string, string> Expected { get; init; } = value => value;

        // Whether an author could write it there.
        public Func<string, bool> Takes { get; init; } = _ => true;
    }
}
