using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using MultiStage.Build.Dockerfiles.Writing;
using MultiStage.Build.EndToEnd.Harness;
using MultiStage.Build.Projects;
using MultiStage.Build.Projects.Closure;
using MultiStage.Build.Stages;

namespace MultiStage.Build.EndToEnd.Dockerfiles;

/// <summary>
/// Whatever a project's names and values are, they come back unchanged out of the image that BuildKit builds from the emitted text. In the
/// builder is a <c>dotnet</c> that publishes what it was told and which files it saw.
/// </summary>
[TestClass]
public sealed class RandomFactsComeBack : EndToEndTest
{
    private const int Images = 12;

    // Set to a seed that a failed test names, it makes the same facts again.
    private const string SeedVariable = "CsCheck_Seed";

    private const string Dotnet = """
        #!/bin/sh
        mkdir -p /publish /packages
        for word; do printf '%s\0' "$word"; done > "/publish/$1.words"
        find . -type f -print0 > "/publish/$1.files"
        """;

    [TestMethod]
    public async Task Out_of_the_image_that_is_built_from_them()
    {
        var random = Environment.GetEnvironmentVariable(SeedVariable) is { Length: > 0 } given ? PCG.Parse(given) : PCG.ThreadPCG;
        var repeat = $"{SeedVariable}={random}";
        TestContext.WriteLine(repeat);
        var facts = RandomFacts.Project.Array[Images].Generate(random, null, out _);
        var sdk = await BuildSdkAsync();
        var samples = facts.Select((sample, number) => new Sample(InContext(sample, sdk, number), $"{sdk}-{number}", repeat)).ToList();

        await Bake.BuildAsync(Workspace.Folder, samples.ToDictionary(sample => $"s{sample.Image.Split('-')[^1]}", WriteContext));

        foreach (var sample in samples)
        {
            await AssertConfigurationAsync(sample);
            await AssertFilesAsync(sample);
        }
    }

    private async Task<string> BuildSdkAsync()
    {
        var image = Workspace.Next().ImageName;
        var context = Directory.CreateDirectory(Path.Combine(Workspace.Folder, "sdk")).FullName;
        await File.WriteAllTextAsync(Path.Combine(context, "dotnet"), Dotnet.ReplaceLineEndings("\n") + "\n");
        await File.WriteAllTextAsync(Path.Combine(context, "Dockerfile"), "FROM busybox:latest\nCOPY --chmod=755 dotnet /bin/dotnet\n");
        await Daemon.DockerAsync("build", "--quiet", "--tag", image, context);
        return image;
    }

    private ProjectFacts InContext(ProjectFacts facts, string sdk, int number) =>
        facts with
        {
            Closure = facts.Closure with
            {
                Context = Path.Combine(Workspace.Folder, "contexts", number.ToString(CultureInfo.InvariantCulture)),
            },
            Container = facts.Container with { SdkImage = sdk, BaseImage = "scratch" },
        };

    private static JsonObject WriteContext(Sample sample)
    {
        foreach (var file in Files(sample.Facts.Closure).Append("of/another/Service.cs"))
        {
            var path = Path.Combine(sample.Facts.Closure.Context, file);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, file);
        }

        var dockerfile = sample.Facts.Closure.Context + ".Dockerfile";
        File.WriteAllText(dockerfile, sample.Dockerfile);
        File.WriteAllText(dockerfile + ".dockerignore", DockerignoreWriter.Write(sample.Facts, []));
        return new JsonObject
        {
            ["context"] = sample.Facts.Closure.Context,
            ["dockerfile"] = dockerfile,
            ["args"] = JsonSerializer.SerializeToNode(sample.Plan.BuildArgs),
            ["labels"] = JsonSerializer.SerializeToNode(sample.Plan.Labels),
            ["tags"] = new JsonArray(sample.Image),
            // Nothing here needs one, and a daemon that makes many at once may fail to.
            ["network"] = "none",
        };
    }

    private static async Task AssertConfigurationAsync(Sample sample)
    {
        var container = sample.Facts.Container;
        var config = await Daemon.ConfigAsync(sample.Image);
        var environment = container
            .Environment.GroupBy(v => v.Name, StringComparer.Ordinal)
            .Select(group => $"{group.Key}={group.Last().Value}");
        CollectionAssert.IsSubsetOf(environment.ToList(), Strings(config["Env"]), sample.ToString());
        var labels = container.Labels.GroupBy(l => l.Name, StringComparer.Ordinal).Select(group => $"{group.Key} is {group.Last().Value}");
        var actual = config["Labels"]?.AsObject().Select(label => $"{label.Key} is {label.Value}").ToList() ?? [];
        CollectionAssert.AreEquivalent(labels.ToList(), actual, $"{sample}\n{string.Join('\n', actual)}");
        CollectionAssert.AreEqual(container.Entrypoint, Strings(config["Entrypoint"]), sample.ToString());
        CollectionAssert.AreEqual(container.Command, Strings(config["Cmd"]), sample.ToString());
        Assert.AreEqual(container.User, (string?)config["User"] ?? "", sample.ToString());
        Assert.AreEqual(container.WorkingDirectory, (string?)config["WorkingDir"], sample.ToString());
    }

    private static async Task AssertFilesAsync(Sample sample)
    {
        var facts = sample.Facts;
        var folder = facts.Container.WorkingDirectory.TrimEnd('/');
        var published = await Daemon.ContentsAsync(sample.Image, folder);
        string[] Words(string file) =>
            Encoding.UTF8.GetString(published[$"{Path.GetFileName(folder)}/{file}"]).Split('\0', StringSplitOptions.RemoveEmptyEntries);
        AssertSeen(Files(facts.Closure), "publish.files");
        if (facts.Closure.WhyRestoreAfterSources is null)
        {
            AssertSeen(facts.Closure.RestoreInputs, "build.files");
        }

        var properties = facts.Publish.Properties.Select(property => $"-p:{property.Key}={property.Value}").ToList();
        // The restore is a build of the target Restore.
        AssertWords("build", properties);
        AssertWords("publish", [.. properties, .. facts.Publish.Stamps.Select(stamp => $"-p:{stamp.Key}={stamp.Value}")]);

        void AssertSeen(IEnumerable<string> files, string seen) =>
            Assert.AreEqual(
                string.Join('\n', files.Select(file => $"./{file}").Order(StringComparer.Ordinal)),
                string.Join('\n', Words(seen).Order(StringComparer.Ordinal)),
                sample.ToString()
            );

        void AssertWords(string command, List<string> expected)
        {
            var words = Words($"{command}.words");
            Assert.AreEqual(facts.Closure.Project, words[1], sample.ToString());
            // As MSBuild reads its command line.
            CollectionAssert.IsSubsetOf(expected, words.Select(Uri.UnescapeDataString).ToList(), sample.ToString());
        }
    }

    private static IEnumerable<string> Files(ClosureFacts closure) =>
        closure.RestoreInputs.Concat(closure.OutsideFiles).Append($"{closure.Projects[0].Folder}/Program.cs");

    private static List<string> Strings(JsonNode? list) => [.. list?.AsArray().Select(item => (string)item!) ?? []];

    private sealed record Sample(ProjectFacts Facts, string Image, string Repeat)
    {
        public BuildPlan Plan { get; } = BuildPlanner.Plan(Facts, new PlanTarget.BuildKit());

        public string Dockerfile => DockerfileWriter.Write(Plan, null);

        public override string ToString() => $"{Repeat}\n{Dockerfile}";
    }
}
