using MultiStage.Build.EndToEnd.Harness;

namespace MultiStage.Build.EndToEnd;

[TestClass]
public sealed class SolutionPublish : EndToEndTest
{
    [TestMethod]
    public async Task Each_project_becomes_its_image_the_library_is_skipped_quietly_and_one_table_shows_all_even_where_one_fails()
    {
        var solution = (await TestProject.CopyAsync(Workspace, "Library", "Library.slnx"))
            .ReferencePackage("Greeter.App/Greeter.App.csproj")
            .ReferencePackage("Greeter/Greeter.csproj");
        // In the container, too, no warning is the package's own.
        solution.Write("Directory.Build.rsp", "-warnaserror\n");
        await AddStagesAsync(solution, "large", "<ContainerLayerCountBudget>1</ContainerLayerCountBudget>");
        await AddStagesAsync(solution, "tools", "");

        Assert.IsEmpty((await solution.DotnetAsync("build", solution.ProjectFile)).Succeeds().Warnings);
        var publish = await solution.PublishAsync("-p:ContainerSizeBudget=1GB");

        publish.FailsWith("MULTISTAGE4006");
        Assert.IsEmpty(publish.Warnings, publish.ToString());
        Assert.IsFalse(
            Directory.Exists(Path.Combine(solution.Root, "Greeter", "obj", "Release", "net10.0", "multistage")),
            publish.ToString()
        );
        Assert.AreEqual("latest tools", string.Join(' ', await Daemon.TagsAsync(solution.ImageName)));
        await (await Daemon.RunAsync($"{solution.ImageName}:latest")).WaitForLogAsync("Hello, container, from a library.");
        await AssertSummaryAsync(solution, publish);
        (await solution.DotnetAsync("clean", solution.ProjectFile)).Succeeds();
    }

    private static async Task AssertSummaryAsync(TestProject solution, CommandResult publish)
    {
        var heading = publish.Lines.ToList().FindIndex(line => line.Trim() == "Library.slnx: 3 images, 1 not delivered");
        Assert.IsGreaterThan(0, heading, publish.ToString());
        // The last thing that is said, and once.
        Assert.HasCount(1, publish.Lines.Where(line => line.Contains("3 images", StringComparison.Ordinal)), publish.ToString());
        string[] rows = [.. publish.Lines.Skip(heading + 2).Take(3)];
        Assert.MatchesRegex($@"^ +{solution.ImageName}:latest +[0-9.]+ MB +1 GB \([0-9.]+ %\)$", rows[0]);
        Assert.MatchesRegex($@"^ +{solution.ImageName}:large +[0-9.]+ MB +layers 1 \([0-9]+ %\) +not delivered$", rows[1]);
        Assert.MatchesRegex($@"^ +{solution.ImageName}:tools +[0-9.]+ MB +1 GB \([0-9.]+ %\)$", rows[2]);
        const string Page = "Greeter.App/obj/Release/net10.0/multistage/Library.images.html";
        Assert.AreEqual($"report  {Page}", publish.Lines[heading + 5].Trim());
        var page = Path.Combine(solution.Root, Page);
        Assert.Contains("<a href=\"../../../../../tools/obj/multistage/size.html\">", await File.ReadAllTextAsync(page));
        Assert.IsTrue(File.Exists(Path.Combine(Path.GetDirectoryName(page)!, "../../../../../tools/obj/multistage/size.html")));
    }

    // Stages alone cost no restore.
    private async Task AddStagesAsync(TestProject solution, string name, string properties)
    {
        solution.Write(
            $"{name}/{name}.proj",
            await Standalone.SdkLineAsync(await Standalone.CopyAsync(Workspace, "Walkthrough", "greeter.proj"))
                + $"""
                  <PropertyGroup><ContainerImageTag>{name}</ContainerImageTag>{properties}</PropertyGroup>
                  <ItemGroup>
                    <ContainerStage Include="final" BaseImage="busybox:latest" />
                    <ContainerStep Include="name" Stage="final" Run="echo {name} >/name" />
                  </ItemGroup>
                </Project>
                """
        );
        solution.EditFile("Library.slnx", text =>
            text.Replace(
                "</Solution>",
                $"  <Project Path=\"{name}/{name}.proj\" Type=\"9A19103F-16F7-4668-BE54-9A1E7A4F7556\" />\n</Solution>",
                StringComparison.Ordinal
            )
        );
    }
}
