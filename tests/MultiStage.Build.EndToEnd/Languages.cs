using MultiStage.Build.EndToEnd.Harness;

namespace MultiStage.Build.EndToEnd;

[TestClass]
public sealed class Languages : EndToEndTest
{
    [TestMethod]
    [DataRow("ConsoleFSharp", "ConsoleFSharp.fsproj", "Hello, container, from F#.")]
    [DataRow("ConsoleVb", "ConsoleVb.vbproj", "Hello, container, from Visual Basic.")]
    [DataRow("Worker", "Worker.csproj", "Heartbeat 1 of the worker")]
    public async Task An_app_without_a_web_sdk_runs_in_its_container(string asset, string project, string says)
    {
        var app = (await TestProject.CopyAsync(Workspace, asset, project)).ReferencePackage();

        (await app.PublishAsync()).Succeeds();

        var container = await Daemon.RunAsync($"{app.ImageName}:latest");
        await container.WaitForLogAsync(says);
    }

    [TestMethod]
    public async Task A_file_without_a_project_runs_in_its_container()
    {
        var app = await TestProject.CopyAsync(Workspace, "FileBased", "hello.cs");
        app.EditFile("hello.cs", text => text.Replace("#:project", $"{app.PackageDirective}\n#:project", StringComparison.Ordinal));

        (await app.PublishAsync()).Succeeds();

        var container = await Daemon.RunAsync($"{app.ImageName}:latest");
        await container.WaitForLogAsync("Hello, container, from a file.");
    }
}
