using MultiStage.Build.Diagnostics;
using MultiStage.Build.Engines;
using MultiStage.Build.Images;
using MultiStage.Build.Verification;

namespace MultiStage.Build.Tests.Verification;

[TestClass]
public sealed class ImageVerifierTests
{
    private const string Id = "sha256:0123456789abcdef0123456789abcdef";

    private static readonly ContainerSnapshot s_starting = new(true, 0, ContainerHealth.Starting);
    private static readonly ContainerSnapshot s_healthy = new(true, 0, ContainerHealth.Healthy);
    private static readonly ContainerSnapshot s_unhealthy = new(true, 0, ContainerHealth.Unhealthy) { LastCheck = "exit code 1: 503" };
    private static readonly ContainerSnapshot s_listening = new(true, 0, ContainerHealth.None)
    {
        Ports = [new("8080/tcp", "127.0.0.1", 49152)],
    };

    public required TestContext TestContext { get; set; }

    [TestMethod]
    public async Task A_container_that_becomes_healthy_passes_even_after_it_was_called_unhealthy()
    {
        var host = new FakeContainerHost(s_starting, s_unhealthy, s_healthy);

        var report = await VerifyAsync(host, VerificationSign.Healthy);

        Assert.IsNull(report.Failure);
        Assert.StartsWith("healthy after", report.Sign);
        Assert.AreEqual((3, 0), (host.Looks, host.Containers));
    }

    [TestMethod]
    public async Task A_container_that_stays_unhealthy_fails_with_its_last_check_and_its_log()
    {
        var host = new FakeContainerHost(s_unhealthy);

        var report = await VerifyAsync(host, VerificationSign.Healthy, limit: 20);

        Failed(
            report,
            Codes.NotHealthy,
            "'web:latest' did not become healthy within 0 s; its last check says: exit code 1: 503. The rejected image is 0123456789ab;"
        );
        Assert.AreEqual("starting no database", string.Join(' ', report.Log));
        Assert.AreEqual(0, host.Containers);
    }

    [TestMethod]
    public async Task A_port_that_answers_at_last_passes()
    {
        var host = new FakeContainerHost(s_listening);

        var report = await VerifyAsync(host, VerificationSign.Answers, answers: () => host.Looks == 3);

        Assert.IsNull(report.Failure);
        Assert.StartsWith("answers on 8080/tcp after", report.Sign);
        Assert.AreEqual("8080/tcp", string.Join(' ', host.Request!.Ports));
    }

    [TestMethod]
    public async Task A_port_that_never_answers_fails()
    {
        var report = await VerifyAsync(new FakeContainerHost(s_listening), VerificationSign.Answers, limit: 20, answers: () => false);

        Failed(report, Codes.NoAnswer, "'web:latest' does not answer on 8080/tcp within");
    }

    [TestMethod]
    [DataRow(VerificationSign.Healthy, 0)]
    [DataRow(VerificationSign.Answers, 0)]
    [DataRow(VerificationSign.StaysUp, 7)]
    internal async Task A_container_that_ends_fails(VerificationSign sign, int exitCode)
    {
        var report = await VerifyAsync(
            new FakeContainerHost(new ContainerSnapshot(false, exitCode, ContainerHealth.None) { Error = "it ran out of memory" }),
            sign
        );

        Failed(report, Codes.ContainerEnded, $"'web:latest' exited when it was run: exit code {exitCode}, it ran out of memory.");
    }

    [TestMethod]
    public async Task A_container_with_nothing_to_show_may_end_well_or_stay_up()
    {
        var ended = await VerifyAsync(
            new FakeContainerHost(new ContainerSnapshot(false, 0, ContainerHealth.None)),
            VerificationSign.StaysUp
        );
        var stays = await VerifyAsync(
            new FakeContainerHost(new ContainerSnapshot(true, 0, ContainerHealth.None)),
            VerificationSign.StaysUp,
            limit: 20
        );

        Assert.AreEqual((null, "ended with exit code 0"), (ended.Failure, ended.Sign));
        Assert.IsNull(stays.Failure);
        Assert.StartsWith("stayed up for", stays.Sign);
    }

    [TestMethod]
    public async Task A_container_that_does_not_start_fails_with_the_daemons_words_and_is_removed()
    {
        var host = new FakeContainerHost(s_starting)
        {
            StartFailure = Codes.DaemonRefused.Error("start a container", "exec: \"nope\": not found"),
        };

        var report = await VerifyAsync(host, VerificationSign.Healthy);

        Failed(report, Codes.ContainerNotStarted, "exec: \"nope\": not found");
        Assert.AreEqual(0, host.Containers);
    }

    [TestMethod]
    public async Task A_cancelled_verification_removes_the_container()
    {
        using var cancel = new CancellationTokenSource();
        var host = new FakeContainerHost(s_starting) { OnLook = cancel.Cancel };

        await Assert.ThrowsAsync<OperationCanceledException>(() => VerifyAsync(host, VerificationSign.Healthy, cancellation: cancel.Token));

        Assert.AreEqual(0, host.Containers);
    }

    [TestMethod]
    [DataRow(30, 1000)]
    [DataRow(0.2, 200)]
    public async Task The_check_runs_each_second_at_least(double interval, int expected)
    {
        var host = new FakeContainerHost(s_healthy);

        await VerifyAsync(host, VerificationSign.Healthy, interval: TimeSpan.FromSeconds(interval));

        Assert.AreEqual(TimeSpan.FromMilliseconds(expected), host.Request!.HealthInterval);
    }

    private Task<VerificationReport> VerifyAsync(
        FakeContainerHost host,
        VerificationSign sign,
        int limit = 60_000,
        Func<bool>? answers = null,
        TimeSpan? interval = null,
        CancellationToken? cancellation = null
    ) =>
        new ImageVerifier(host, (_, _) => Task.FromResult(answers!()), TimeSpan.FromMilliseconds(1)).VerifyAsync(
            new ImageDescription(
                Id,
                Platform.Parse("linux/amd64"),
                [],
                [],
                new ImageConfiguration { Healthcheck = new(Interval: interval) }
            ),
            "web:latest",
            new VerificationRules(sign, ["8080/tcp"], TimeSpan.FromMilliseconds(limit)),
            cancellation ?? TestContext.CancellationToken
        );

    private static void Failed(VerificationReport report, DiagnosticDescriptor descriptor, string says)
    {
        Assert.AreSame(descriptor, report.Failure?.Descriptor);
        Assert.AreEqual("ContainerVerify", report.Failure!.About);
        Assert.Contains(says, report.Failure.Message);
    }
}
