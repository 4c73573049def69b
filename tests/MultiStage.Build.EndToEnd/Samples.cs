using System.Text.RegularExpressions;
using MultiStage.Build.EndToEnd.Harness;

namespace MultiStage.Build.EndToEnd;

/// <summary>The samples of how the package fits into an existing build: those that a machine of one's own can run.</summary>
[TestClass]
public sealed partial class Samples : EndToEndTest
{
    [TestMethod]
    public async Task The_shell_script_names_what_keeps_its_budget_and_nothing_else()
    {
        var sample = await SampleAsync();

        (await sample.RunAsync("sh", "publish.sh", "1.4.0", Registry.Open.Address)).Succeeds();

        var image = $"{Registry.Open.Address}/{sample.ImageName}";
        Assert.AreEqual("1.4.0 latest", string.Join(' ', await Daemon.TagsAsync(image)));
        Assert.AreEqual(
            await Registry.Open.FindDigestAsync(sample.ImageName, "1.4.0"),
            await Registry.Open.FindDigestAsync(sample.ImageName, "latest")
        );
        Assert.AreEqual("Hello from the sample.", await (await Daemon.RunAsync($"{image}:1.4.0")).GetAsync("/"));

        sample.EditFile(sample.ProjectFile, text => text.Replace("300MB", "30MB", StringComparison.Ordinal));
        var refused = await sample.RunAsync("sh", "publish.sh", "1.5.0");

        Assert.AreNotEqual(0, refused.ExitCode);
        Assert.Contains("MULTISTAGE4001", refused.Output);
        Assert.IsEmpty(await Daemon.TagsAsync(sample.ImageName));
    }

    [TestMethod]
    public async Task The_Makefile_builds_measures_and_pushes()
    {
        var sample = await SampleAsync();

        (await sample.RunAsync("make", "size")).Succeeds();
        Assert.IsEmpty(await Daemon.TagsAsync(sample.ImageName));

        (await sample.RunAsync("make", "image", "TAG=2.0", "builder")).Succeeds();
        Assert.AreEqual("2.0 2.0-builder", string.Join(' ', await Daemon.TagsAsync(sample.ImageName)));
        Assert.AreEqual("Hello from the sample.", await (await Daemon.RunAsync($"{sample.ImageName}:2.0")).GetAsync("/"));

        var nowhere = await sample.RunAsync("make", "push");
        Assert.Contains("REGISTRY is not set", nowhere.ToString());
        (await sample.RunAsync("make", "push", "TAG=2.0", $"REGISTRY={Registry.Open.Address}")).Succeeds();
        Assert.IsNotNull(await Registry.Open.FindDigestAsync(sample.ImageName, "2.0"));
    }

    // What cannot run here can at least say nothing that the package does not know.
    [TestMethod]
    [DataRow("compose.yaml")]
    [DataRow(".github/workflows/image.yml")]
    [DataRow("azure-pipelines.yml")]
    public void The_others_use_properties_that_there_are(string file)
    {
        var text = File.ReadAllText(Path.Combine(SuiteRun.Repository, "testassets", "Samples", file));
        var reference = string.Concat(
            Directory.EnumerateFiles(Path.Combine(SuiteRun.Repository, "sdk", "docs"), "*.md").Select(File.ReadAllText)
        );
        var properties = Property().Matches(text).Select(match => match.Groups["name"].Value).Distinct().ToList();

        Assert.Contains("PublishMultiStage", properties);
        foreach (var property in properties)
        {
            Assert.Contains($"`{property}`", reference);
        }
    }

    private async Task<TestProject> SampleAsync()
    {
        var sample = (await TestProject.CopyAsync(Workspace, "Samples", "Web/Web.csproj")).UpdatePackage();
        sample.EditFile(sample.ProjectFile, text => text.Replace("samples/web", sample.ImageName, StringComparison.Ordinal));
        return sample;
    }

    [GeneratedRegex("-p:(?<name>[A-Za-z]+)=")]
    private static partial Regex Property();
}
