using MultiStage.Build.Diagnostics;
using MultiStage.Build.Engines;
using MultiStage.Build.Verification;

namespace MultiStage.Build.Tests.Verification;

/// <summary><c>ContainerVariantCheck</c>.</summary>
[TestClass]
public sealed class ContainerCheckTests
{
    private static readonly WorkingContainer s_container = new("c1", IsRunning: true, [new("8080/tcp", "127.0.0.1", 32768)]);

    [TestMethod]
    public void A_stage_comes_before_a_test_project_and_a_project_that_is_not_there_is_a_command()
    {
        using var folder = new TempFolder();
        var project = Path.Combine(folder.Path, "Smoke.csproj");
        File.WriteAllText(project, "");

        Assert.IsNull(ContainerCheck.Parse(" ", folder.Path, ["smoke"]));
        Assert.AreEqual(new ContainerCheck.OfStage("smoke"), ContainerCheck.Parse("Smoke", folder.Path, ["smoke"]));
        Assert.AreEqual(new ContainerCheck.OfTests(project), ContainerCheck.Parse("Smoke.csproj", folder.Path, []));
        Assert.AreEqual(new ContainerCheck.OfCommand("Other.csproj"), ContainerCheck.Parse("Other.csproj", folder.Path, []));
    }

    [TestMethod]
    public async Task A_command_gets_the_containers_address_and_its_last_line_says_why_it_fails()
    {
        var check = new ContainerCheck.OfCommand("echo $CONTAINER_ADDRESS $CONTAINER_ID; exit 3");

        var report = await check.RunAsync(s_container, "dotnet", Path.GetTempPath(), CancellationToken.None);

        Assert.AreSame(Codes.VariantCheckFailed, report?.Failure?.Descriptor);
        Assert.AreEqual("the check fails with exit code 3: http://127.0.0.1:32768 c1", report?.Reason);
        Assert.IsNull(
            await new ContainerCheck.OfCommand("true").RunAsync(s_container, "dotnet", Path.GetTempPath(), CancellationToken.None)
        );
    }

    [TestMethod]
    public async Task A_stage_runs_in_the_network_of_the_container_and_is_removed()
    {
        var host = new FakeContainerHost(new ContainerSnapshot(true, 0, ContainerHealth.None), new(false, 7, ContainerHealth.None));

        var report = await ContainerCheck.RunAsync(host, s_container, "image", "8080/tcp", CancellationToken.None);

        Assert.AreEqual("the check fails with exit code 7: no database", report?.Reason);
        Assert.AreEqual(("c1", 0), (host.Request?.NetworkOf, host.Containers));
        Assert.AreEqual("http://127.0.0.1:8080", host.Request?.Environment[0].Value);
    }

    [TestMethod]
    public async Task A_check_that_is_cancelled_is_ended()
    {
        using var soon = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));

        await Assert.ThrowsAsync<OperationCanceledException>(() =>
            new ContainerCheck.OfCommand("sleep 60").RunAsync(s_container, "dotnet", Path.GetTempPath(), soon.Token)
        );
    }
}
