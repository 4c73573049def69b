using MultiStage.Build.EndToEnd.Harness;

namespace MultiStage.Build.EndToEnd;

[TestClass]
public sealed class SeveralTargetFrameworks : EndToEndTest
{
    [TestMethod]
    public async Task Without_a_choice_there_is_one_clear_error()
    {
        var app = (await TestProject.CopyAsync(Workspace, "MultiTarget", "MultiTarget.csproj")).ReferencePackage();

        var error = (await app.PublishAsync()).FailsWith("MULTISTAGE1001");

        Assert.AreEqual(app.ProjectFile, error.File);
        Assert.IsGreaterThan(0, error.Line);
        Assert.Contains("net10.0", error.Text);
        Assert.Contains("net9.0", error.Text);
        Assert.Contains("dotnet publish -f net10.0 -p:PublishMultiStage=true", error.Text);
    }

    [TestMethod]
    public async Task With_a_choice_there_is_an_image()
    {
        var app = (await TestProject.CopyAsync(Workspace, "MultiTarget", "MultiTarget.csproj")).ReferencePackage();

        (await app.PublishAsync("-f", "net10.0")).Succeeds();

        var container = await Daemon.RunAsync($"{app.ImageName}:latest");
        await container.WaitForLogAsync("Hello from .NETCoreApp,Version=v10.0.");
        (await app.PublishAsync("-f", "net10.0", "-p:ContainerTarget=builder")).Succeeds();
        var packages = await Daemon.FilesAsync($"{app.ImageName}:latest-builder", "/root/.nuget/packages");
        Assert.IsEmpty(
            packages.Keys.Where(file => file.Contains("/microsoft.netcore.app.", StringComparison.Ordinal)),
            "Packs were fetched that nothing uses."
        );
    }
}
