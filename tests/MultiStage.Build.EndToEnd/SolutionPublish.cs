using MultiStage.Build.EndToEnd.Harness;

namespace MultiStage.Build.EndToEnd;

[TestClass]
public sealed class SolutionPublish : EndToEndTest
{
    [TestMethod]
    public async Task The_app_becomes_an_image_and_the_library_is_skipped_quietly()
    {
        var solution = (await TestProject.CopyAsync(Workspace, "Library", "Library.slnx"))
            .ReferencePackage("Greeter.App/Greeter.App.csproj")
            .ReferencePackage("Greeter/Greeter.csproj");

        var publish = (await solution.PublishAsync()).Succeeds();

        Assert.IsEmpty(publish.Warnings, publish.ToString());
        Assert.IsFalse(
            Directory.Exists(Path.Combine(solution.Root, "Greeter", "obj", "Release", "net10.0", "multistage")),
            publish.ToString()
        );
        var container = await Daemon.RunAsync($"{solution.ImageName}:latest");
        await container.WaitForLogAsync("Hello, container, from a library.");
    }
}
