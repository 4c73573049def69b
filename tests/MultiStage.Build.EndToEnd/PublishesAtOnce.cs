using System.Text.Json.Nodes;
using MultiStage.Build.EndToEnd.Harness;

namespace MultiStage.Build.EndToEnd;

/// <summary>Publishes of one project that overlap: each keeps its own content, budget, verdict, report and tag from its first target to its
/// last.</summary>
[TestClass]
public sealed class PublishesAtOnce : EndToEndTest
{
    private const int Commands = 6;

    [TestMethod]
    public async Task Each_of_several_commands_keeps_its_own_content_budget_and_report()
    {
        var project = await ProjectAsync();
        var publishes = Enumerable
            .Range(0, Commands)
            .Select(i => (Tag: $"tag{i}", Bytes: 200_000 + (i * 1000), IsKept: i % 2 == 0))
            .ToList();

        var commands = publishes.ConvertAll(p =>
            project.StartDotnet([.. project.PublishArguments(Arguments(p)), "-getItem:GeneratedContainer"])
        );
        var results = await Task.WhenAll(commands.Select(command => command.CompletionAsync()));
        commands.ForEach(command => command.Dispose());

        foreach (var (publish, result) in publishes.Zip(results))
        {
            if (publish.IsKept)
            {
                await AssertKeptAsync(project, publish.Tag, publish.Bytes);
                var report = (string)JsonNode.Parse(result.Succeeds().Output)!["Items"]!["GeneratedContainer"]![0]!["Report"]!;
                Assert.AreEqual(
                    $"{project.ImageName}:{publish.Tag}",
                    (string?)JsonNode.Parse(await File.ReadAllTextAsync(report))!["image"],
                    report
                );
            }
            else
            {
                Assert.Contains("MULTISTAGE4004", result.Output + result.ErrorOutput, result.ToString());
                Assert.Contains($":{publish.Tag}", result.Output + result.ErrorOutput);
            }
        }

        await AssertTagsAsync(project, publishes);
    }

    [TestMethod]
    public async Task Each_of_several_instances_of_a_project_in_one_build_keeps_its_own()
    {
        var project = await ProjectAsync();
        var publishes = Enumerable
            .Range(0, Commands / 2)
            .Select(i => (Tag: $"tag{i}", Bytes: 200_000 + (i * 1000), IsKept: i != 1))
            .ToList();
        var projects = publishes.Select(p =>
            $"""
                <All Include="greeter.proj" AdditionalProperties="ContainerRepository={project.ImageName};{string.Join(
                    ';',
                    Arguments(p).Select(argument => argument["-p:".Length..])
                )}" />
                """
        );
        project.Write(
            "all.proj",
            $"""
            <Project>
              <ItemGroup>{string.Concat(projects)}</ItemGroup>
              <Target Name="All"><MSBuild Projects="@(All)" Targets="Publish" BuildInParallel="true" ContinueOnError="ErrorAndContinue" /></Target>
            </Project>
            """
        );

        var all = await project.DotnetAsync("msbuild", "all.proj", "-m:3");

        Assert.Contains(":tag1", all.FailsWith("MULTISTAGE4004").Text);
        foreach (var publish in publishes.Where(publish => publish.IsKept))
        {
            await AssertKeptAsync(project, publish.Tag, publish.Bytes);
        }

        await AssertTagsAsync(project, publishes);
        (await project.DotnetAsync("clean", project.ProjectFile)).Succeeds();
        Assert.IsFalse(Directory.Exists(Path.Combine(project.Root, "obj", "multistage")));
    }

    private async Task<TestProject> ProjectAsync()
    {
        var project = await Standalone.CopyAsync(Workspace, "Walkthrough", "greeter.proj");
        var sdk = (await File.ReadAllLinesAsync(project.ProjectFile))[0];
        project.Write(
            "greeter.proj",
            $"""
            {sdk}
              <ItemGroup>
                <ContainerStage Include="final" BaseImage="busybox:latest" />
                <ContainerStep Include="content" Stage="final" Run="echo $(ContainerImageTag) >/tag; head -c $(Bytes) /dev/zero >/content" />
              </ItemGroup>
            </Project>
            """
        );
        return project;
    }

    private static string[] Arguments((string Tag, int Bytes, bool IsKept) publish) =>
        [
            $"-p:ContainerImageTag={publish.Tag}",
            $"-p:Bytes={publish.Bytes}",
            $"-p:ContainerAppSizeBudget={publish.Bytes + (publish.IsKept ? 500 : -500)}",
        ];

    private static async Task AssertKeptAsync(TestProject project, string tag, int bytes) =>
        Assert.AreEqual(
            $"{tag}\n{bytes}",
            await Daemon.DockerAsync("run", "--rm", $"{project.ImageName}:{tag}", "sh", "-c", "cat /tag; wc -c </content")
        );

    private static async Task AssertTagsAsync(TestProject project, IEnumerable<(string Tag, int Bytes, bool IsKept)> publishes) =>
        Assert.AreEqual(
            string.Join(' ', publishes.Where(p => p.IsKept).Select(p => p.Tag)),
            string.Join(' ', (await Daemon.TagsAsync(project.ImageName)).Order(StringComparer.Ordinal))
        );
}
