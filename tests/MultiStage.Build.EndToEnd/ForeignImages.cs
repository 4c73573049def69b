using MultiStage.Build.EndToEnd.Harness;

namespace MultiStage.Build.EndToEnd;

/// <summary>Images that something else built: gated, compared with a baseline, and accepted as one.</summary>
[TestClass]
public sealed class ForeignImages : EndToEndTest
{
    private const string NoGrowth = "-p:ContainerSizeGrowthBudget=0%";

    [TestMethod]
    public async Task Growth_over_a_baseline_is_told_with_what_grew_and_accepted_by_the_command_in_the_message()
    {
        var project = await ProjectAsync();
        var (small, large) = (await BuildAsync(project, "small", 1000), await BuildAsync(project, "large", 90_000));

        var first = (await MeasureAsync(project, small, NoGrowth)).Succeeds().Warnings.Single();
        Assert.AreEqual("MULTISTAGE4033", first.Code);
        Assert.Contains($"-t:UpdateMultiStageSizeBaseline \"-p:ContainerImage={small}\"", first.Text);
        await AcceptAsync(project, small);
        var repository = project.ImageName[(project.ImageName.LastIndexOf('/') + 1)..];
        Assert.IsTrue(
            File.Exists(Path.Combine(Path.GetDirectoryName(project.ProjectFile)!, $"greeter.{repository}.size.json")),
            "The baseline of the project's own image would be overwritten."
        );
        Assert.IsEmpty((await MeasureAsync(project, small, NoGrowth)).Succeeds().Warnings);
        var missing = (await MeasureAsync(project, "127.0.0.1:1/no/such:image")).FailsWith("MULTISTAGE4022").Text;
        Assert.DoesNotContain("base image", missing);
        Assert.Contains("docker pull 127.0.0.1:1/no/such:image", missing);

        var grown = await MeasureAsync(project, large, NoGrowth);
        var error = grown.FailsWith("MULTISTAGE4030");
        Assert.Contains("grew by 89 kB", error.Text);
        Assert.Contains($"-t:UpdateMultiStageSizeBaseline \"-p:ContainerImage={large}\"", error.Text);
        var before = grown.Output[..grown.Output.IndexOf("MULTISTAGE4030", StringComparison.Ordinal)];
        Assert.Contains("grew: COPY data /data  +89 kB", before);

        await AcceptAsync(project, large);
        Assert.IsEmpty((await MeasureAsync(project, large, NoGrowth)).Succeeds().Warnings);
    }

    [TestMethod]
    public async Task An_archive_is_compared_as_a_whole_with_an_archive_or_an_image()
    {
        var project = await ProjectAsync();
        var (small, large) = (await BuildAsync(project, "small", 1000), await BuildAsync(project, "large", 90_000));
        foreach (var (image, file) in ((string, string)[])[(small, "small.tar"), (large, "large.tar")])
        {
            await Daemon.DockerAsync("save", "--output", Path.Combine(project.Root, file), image);
        }

        (
            await project.DotnetAsync("msbuild", project.ProjectFile, "-t:UpdateMultiStageSizeBaseline", "-p:ContainerArchive=small.tar")
        ).Succeeds();
        Assert.IsEmpty((await MeasureArchiveAsync(project, "small.tar")).Succeeds().Warnings);
        Assert.Contains("grew by 89 kB", (await MeasureArchiveAsync(project, "large.tar")).FailsWith("MULTISTAGE4030").Text);

        var grown = (await MeasureArchiveAsync(project, "large.tar", $"-p:ContainerSizeBaselineImage={small}")).FailsWith("MULTISTAGE4030");
        Assert.Contains("grew by 89 kB", grown.Text);
        Assert.Contains("Largest growth: COPY data /data +89 kB", grown.Text);
    }

    private static async Task<string> BuildAsync(TestProject project, string tag, int bytes)
    {
        var folder = Path.Combine(project.Root, tag);
        Directory.CreateDirectory(folder);
        await File.WriteAllBytesAsync(Path.Combine(folder, "data"), new byte[bytes]);
        await File.WriteAllTextAsync(
            Path.Combine(folder, "Dockerfile"),
            "FROM busybox\nCOPY data /data\nLABEL org.opencontainers.image.base.name=busybox\n"
        );
        var name = $"{project.ImageName}:{tag}";
        await Daemon.DockerAsync("build", "--quiet", "--tag", name, folder);
        return name;
    }

    private async Task<TestProject> ProjectAsync()
    {
        await Daemon.RequireAsync();
        return await Standalone.CopyAsync(Workspace, "Walkthrough", "greeter.proj");
    }

    private static Task<CommandResult> MeasureAsync(TestProject project, string image, params string[] arguments) =>
        project.DotnetAsync(["msbuild", project.ProjectFile, "-t:MeasureMultiStageImage", $"-p:ContainerImage={image}", .. arguments]);

    private static Task<CommandResult> MeasureArchiveAsync(TestProject project, string file, params string[] arguments) =>
        project.DotnetAsync([
            "msbuild",
            project.ProjectFile,
            "-t:MeasureMultiStageImage",
            $"-p:ContainerArchive={file}",
            NoGrowth,
            .. arguments,
        ]);

    private static async Task AcceptAsync(TestProject project, string image) =>
        (
            await project.DotnetAsync("msbuild", project.ProjectFile, "-t:UpdateMultiStageSizeBaseline", $"-p:ContainerImage={image}")
        ).Succeeds();
}
