using MultiStage.Build.EndToEnd.Harness;

namespace MultiStage.Build.EndToEnd;

/// <summary>The package of <c>dotnet new</c> templates.</summary>
[TestClass]
public sealed class Templates : EndToEndTest
{
    [TestMethod]
    public async Task Two_packs_are_the_same_and_what_a_template_makes_is_published_as_it_is()
    {
        var project = await Standalone.CopyAsync(Workspace, "Walkthrough", "greeter.proj");
        var version = (await PackageFeed.GetAsync()).Version;
        string[] packages = [await PackAsync(project, version, "one"), await PackAsync(project, version, "two")];
        Assert.AreSequenceEqual(await File.ReadAllBytesAsync(packages[0]), await File.ReadAllBytesAsync(packages[1]));
        Task<CommandResult> NewAsync(params string[] arguments) =>
            project.RunAsync("dotnet", ["new", .. arguments, "--debug:custom-hive", Path.Combine(project.Root, "hive")]);

        (await NewAsync("install", packages[0])).Succeeds();
        (await NewAsync("multistage-stages", "--name", "tools", "--base", "busybox:latest", "--budget", "50MB")).Succeeds();
        (await NewAsync("multistage-repository", "--output", "repository", "--budget", "250MB")).Succeeds();

        var tools = Path.Combine(project.Root, "tools", "tools.proj");
        Assert.StartsWith($"<Project Sdk=\"MultiStage.Build/{version}\">", await File.ReadAllTextAsync(tools));
        var publish = (await project.DotnetAsync("publish", tools, $"-p:ContainerRepository={project.ImageName}")).Succeeds();
        Assert.Contains("of 50 MB", publish.Output);
        Assert.AreEqual("Hello from a stage.", await Daemon.DockerAsync("run", "--rm", $"{project.ImageName}:latest"));
        var props = await File.ReadAllTextAsync(Path.Combine(project.Root, "repository", "Directory.Build.props"));
        Assert.Contains("<ContainerSizeBudget>250MB</ContainerSizeBudget>", props);
        Assert.Contains($"Include=\"MultiStage.Build\" Version=\"{version}\"", props);
        Assert.IsTrue(File.Exists(Path.Combine(project.Root, "repository", ".github", "workflows", "images.yml")));
    }

    private static async Task<string> PackAsync(TestProject project, string version, string folder)
    {
        var output = Path.Combine(project.Root, "packed", folder);
        var pack = await Dotnet.RunAsync(
            [
                "pack",
                Path.Combine(SuiteRun.Repository, "src", "MultiStage.Build.Templates"),
                "-c",
                "Release",
                $"-p:Version={version}",
                "-o",
                output,
            ],
            SuiteRun.Repository,
            [new("NUGET_PACKAGES", Environment.GetEnvironmentVariable("NUGET_PACKAGES"))]
        );
        pack.Succeeds();
        return Directory.GetFiles(output, "*.nupkg").Single();
    }
}
