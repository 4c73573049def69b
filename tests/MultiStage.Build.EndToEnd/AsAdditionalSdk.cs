using MultiStage.Build.EndToEnd.Harness;

namespace MultiStage.Build.EndToEnd;

[TestClass]
public sealed class AsAdditionalSdk : EndToEndTest
{
    [TestMethod]
    public async Task A_project_with_the_sdk_publishes_an_image()
    {
        var web = (await TestProject.CopyAsync(Workspace, "SingleWeb", "SingleWeb.csproj")).UseAsSdk();

        (await web.PublishAsync()).Succeeds();

        var container = await Daemon.RunAsync($"{web.ImageName}:latest");
        Assert.AreEqual("Hello from a single project.", await container.GetAsync("/"));
    }

    [TestMethod]
    public async Task Having_both_the_sdk_and_the_reference_is_as_good_as_one()
    {
        var web = (await TestProject.CopyAsync(Workspace, "SingleWeb", "SingleWeb.csproj")).UseAsSdk().ReferencePackage();

        var generate = (
            await web.DotnetAsync("msbuild", web.ProjectFile, "-restore", "-t:GenerateMultiStageDockerfile", "-v:normal")
        ).Succeeds();

        Assert.IsEmpty(generate.Warnings, generate.ToString());
        Assert.IsTrue(File.Exists(Path.Combine(web.Pipeline("Debug"), "Dockerfile")), generate.ToString());
    }
}
