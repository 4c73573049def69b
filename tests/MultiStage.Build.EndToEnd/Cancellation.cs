using System.Diagnostics;
using MultiStage.Build.EndToEnd.Harness;

namespace MultiStage.Build.EndToEnd;

[TestClass]
public sealed class Cancellation : EndToEndTest
{
    [TestMethod]
    public async Task Ctrl_C_ends_the_step_that_the_daemon_runs()
    {
        var seconds = $"{Random.Shared.Next(100_000, 999_999)}";
        var web = await SingleWebAsync();
        web.Insert(
            "SingleWeb.csproj",
            $"""<Target Name="Wait" BeforeTargets="CoreCompile"><Exec Command="echo waiting; sleep {seconds}" /></Target>"""
        );

        using var publish = web.StartDotnet(web.PublishArguments("-v:normal"));
        await UntilAsync(async () => (await DaemonProcessesAsync()).Contains(seconds, StringComparison.Ordinal), "The step does not run.");
        await publish.InterruptAsync();

        var result = await publish.CompletionAsync(TimeSpan.FromSeconds(60));
        Assert.AreNotEqual(0, result.ExitCode, result.ToString());
        await UntilAsync(async () => !(await DaemonProcessesAsync()).Contains(seconds, StringComparison.Ordinal), "The step runs on.");
        Assert.IsEmpty(await Daemon.TagsAsync(web.ImageName));
    }

    // Seen by the daemon, which need not be on this machine.
    private static Task<string> DaemonProcessesAsync() =>
        Daemon.DockerAsync(
            "run",
            "--rm",
            "--pid=host",
            "--user",
            "0",
            "--entrypoint",
            "sh",
            "mcr.microsoft.com/dotnet/aspnet:10.0",
            "-c",
            "cat /proc/[0-9]*/cmdline 2>/dev/null | tr '\\000' ' '; true"
        );

    private static async Task UntilAsync(Func<Task<bool>> condition, string otherwise)
    {
        for (var clock = Stopwatch.StartNew(); !await condition(); await Task.Delay(1000))
        {
            Assert.IsLessThan(TimeSpan.FromMinutes(2), clock.Elapsed, otherwise);
        }
    }
}
