using System.Globalization;
using System.Text.Json.Nodes;
using MultiStage.Build.EndToEnd.Harness;

namespace MultiStage.Build.EndToEnd;

/// <summary>Budgets for stages by their names and numbers, whether or not the image needs them.</summary>
[TestClass]
public sealed class StageBudgets : EndToEndTest
{
    // The label makes each test's images its own: the daemon would have one for all of them, which the first to be done would remove.
    private static string Dockerfile(string label) =>
        $"""
            FROM busybox
            LABEL of={label}
            RUN head -c 1000 /dev/urandom > /one
            FROM busybox AS apart
            LABEL of={label}
            RUN head -c 2000 /dev/urandom > /two
            FROM busybox
            LABEL of={label}
            COPY --from=0 /one /
            """;

    [TestMethod]
    public async Task Each_stage_is_built_measured_and_removed()
    {
        var project = await ProjectAsync(first: 1000, apart: 2000, last: 1000);

        (await project.PublishAsync()).Succeeds();

        Assert.AreEqual("latest", string.Join(' ', await Daemon.TagsAsync(project.ImageName)));
        await AssertNothingIsLeftAsync(project);
    }

    [TestMethod]
    public async Task One_byte_over_is_an_error_for_each_of_them_and_nothing_gets_a_name()
    {
        var project = await ProjectAsync(first: 999, apart: 1999, last: 999);

        var publish = await project.PublishAsync();

        Assert.AreEqual(
            "MULTISTAGE4010 MULTISTAGE4010 MULTISTAGE4010",
            string.Join(' ', publish.Errors.Select(error => error.Code)),
            publish.ToString()
        );
        var source = await File.ReadAllLinesAsync(project.ProjectFile);
        foreach (var (error, stage) in publish.Errors.Zip((string[])["0", "apart", "2"]))
        {
            Assert.Contains($"Stage '{stage}' of image", error.Text);
            Assert.Contains("ContainerStageBudget", source[error.Line - 1]);
        }

        Assert.IsEmpty(await Daemon.TagsAsync(project.ImageName));
        await AssertNothingIsLeftAsync(project);
    }

    [TestMethod]
    public async Task A_stage_that_is_the_target_is_not_built_twice_and_later_ones_can_have_budgets_too()
    {
        var project = await ProjectAsync(first: 1000, apart: 2000, last: 999);

        var publish = await project.PublishAsync("-p:ContainerTarget=0");

        Assert.Contains("Stage '2' of image", publish.FailsWith("MULTISTAGE4010").Text);
    }

    [TestMethod]
    public async Task A_stage_that_is_not_there_is_an_error_at_its_line()
    {
        var project = await ProjectAsync(first: 1000, apart: 2000, last: 1000);
        project.EditFile(project.ProjectFile, text => text.Replace("\"apart\"", "\"3\"", StringComparison.Ordinal));

        Assert.Contains("'3'", (await project.PublishAsync()).FailsWith("MULTISTAGE2001").Text);
    }

    private async Task<TestProject> ProjectAsync(int first, int apart, int last)
    {
        var below = long.Parse(
            await Daemon.DockerAsync("image", "inspect", "--format", "{{.Size}}", "busybox"),
            CultureInfo.InvariantCulture
        );
        var project = await Standalone.CopyAsync(Workspace, "Walkthrough", "greeter.proj");
        project.Write("Dockerfile", Dockerfile(project.ImageName));
        project.Write(
            "greeter.proj",
            (await File.ReadAllLinesAsync(project.ProjectFile))[0]
                + $"""

                  <PropertyGroup><ContainerDockerfile>Dockerfile</ContainerDockerfile></PropertyGroup>
                  <ItemGroup>
                    <ContainerStageBudget Include="0" Max="{below + first}" />
                    <ContainerStageBudget Include="apart" Max="{below + apart}" />
                    <ContainerStageBudget Include="2" Max="{below + last}" />
                  </ItemGroup>
                </Project>
                """
        );
        return project;
    }

    // The one image that has to stay is that of the stage that was asked for.
    private static async Task AssertNothingIsLeftAsync(TestProject project)
    {
        var image = JsonNode.Parse(
            await File.ReadAllTextAsync(Directory.EnumerateFiles(project.Root, "image.json", SearchOption.AllDirectories).Single())
        )!;
        var (built, stages) = (
            (string)image["imageId"]!,
            image["stageImages"]!.AsObject().Select(stage => (string)stage.Value!).Distinct(StringComparer.Ordinal).ToList()
        );
        Assert.HasCount(3, stages);
        Assert.IsNotNull(await Daemon.FindImageAsync(built));
        foreach (var id in stages.Where(id => id != built))
        {
            Assert.IsNull(await Daemon.FindImageAsync(id), $"The image {id} of a stage was left behind.");
        }
    }
}
