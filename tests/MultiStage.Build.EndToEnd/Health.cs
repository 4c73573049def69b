using MultiStage.Build.EndToEnd.Harness;

namespace MultiStage.Build.EndToEnd;

/// <summary>The image's health check, as the daemon runs it.</summary>
[TestClass]
public sealed class Health : EndToEndTest
{
    private const string WithShell = "";

    private const string WithoutShell = "noble-chiseled";

    [TestMethod]
    [DataRow("ContainerHealthcheckCommand", "[ ! -e /tmp/broken ]", WithShell, """["CMD-SHELL","[ ! -e /tmp/broken ]"]""")]
    [DataRow("ContainerHealthcheckPath", "/healthz", WithoutShell, """["CMD","dotnet","/healthcheck/probe.dll","/healthz","8080"]""")]
    [DataRow(
        "ContainerHealthcheckProject",
        "../../check/Probe/Probe.csproj",
        WithoutShell,
        """["CMD","dotnet","/healthcheck/Probe.dll"]"""
    )]
    public async Task The_container_is_healthy_until_its_server_is_broken(string property, string value, string family, string test)
    {
        var app = (await TestProject.CopyAsync(Workspace, "Tested", "src/App/App.csproj")).ReferencePackage();

        // On the command line, so that the rows share the app's build.
        (
            await app.PublishAsync(
                $"-p:ContainerFamily={family}",
                $"-p:{property}={value}",
                "-p:ContainerHealthcheckInterval=1s",
                "-p:ContainerHealthcheckTimeout=20s",
                "-p:ContainerHealthcheckStartPeriod=1500ms",
                "-p:ContainerHealthcheckRetries=2"
            )
        ).Succeeds();

        var image = $"{app.ImageName}:latest";
        var check = (await Daemon.ConfigAsync(image))["Healthcheck"]!;
        Assert.AreEqual(
            test,
            check["Test"]!.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping })
        );
        // Nanoseconds.
        Assert.AreEqual(
            "1000000000 20000000000 1500000000 2",
            $"{check["Interval"]} {check["Timeout"]} {check["StartPeriod"]} {check["Retries"]}"
        );
        var container = await Daemon.RunAsync(image);
        Assert.AreEqual("Hello, world.", await container.GetAsync("/"));
        await container.WaitForHealthAsync("healthy");
        await container.GetAsync("/break");
        await container.WaitForHealthAsync("unhealthy");
    }
}
