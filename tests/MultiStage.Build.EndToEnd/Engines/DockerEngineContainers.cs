using System.Formats.Tar;
using MultiStage.Build.Diagnostics;
using MultiStage.Build.EndToEnd.Harness;
using MultiStage.Build.Engines;
using MultiStage.Build.Verification;

namespace MultiStage.Build.EndToEnd.Engines;

/// <summary>The engine's containers on the real daemon.</summary>
[TestClass]
public sealed class DockerEngineContainers : EngineTest
{
    private const string Dockerfile = """
        FROM busybox:latest
        VOLUME /data
        EXPOSE 80
        RUN mkdir -p /out/a && echo one >/out/a/b
        HEALTHCHECK --interval=1h --retries=7 CMD ["cat", "/tmp/ready"]
        CMD ["sh", "-c", "echo first; echo second >&2; touch /tmp/ready; exec httpd -f -p 80"]
        """;

    [TestMethod]
    public async Task A_container_runs_answers_is_seen_to_be_healthy_and_goes_with_its_volume()
    {
        await using var engine = await ConnectAsync();
        var image = await BuildAsync(engine, Request(Dockerfile, Folder()));
        var timing = (await engine.DescribeAsync(image, Token))!.Config.Healthcheck!;
        Assert.AreEqual((TimeSpan.FromHours(1), 7), (timing.Interval, timing.Retries));

        var id = await engine.Containers.CreateAsync(
            new ContainerRequest(image) { Ports = ["80/tcp"], HealthInterval = TimeSpan.FromMilliseconds(200) },
            Token
        );
        string volume;
        try
        {
            await engine.Containers.StartAsync(id, Token);
            var container = await HealthyAsync(engine.Containers, id);
            Assert.AreEqual(
                (true, "127.0.0.1", "80/tcp"),
                (container.IsRunning, container.Ports.Single().Host, container.Ports.Single().Name)
            );
            Assert.IsTrue(await PortProbe.AnswersAsync(container.Ports.Single(), Token));
            Assert.AreEqual(
                "first second",
                string.Join(' ', (await engine.Containers.LogsAsync(id, 10, Token)).Order(StringComparer.Ordinal))
            );
            volume = await Daemon.DockerAsync("container", "inspect", "--format", "{{(index .Mounts 0).Name}}", id);
        }
        finally
        {
            await engine.Containers.RemoveAsync(id, Token);
        }

        await engine.Containers.RemoveAsync(id, Token);
        Assert.AreEqual("", await Daemon.DockerAsync("container", "ls", "--all", "--quiet", "--no-trunc", "--filter", $"name={id}"));
        Assert.AreEqual("", await Daemon.DockerAsync("volume", "ls", "--quiet", "--filter", $"name={volume}"));
    }

    [TestMethod]
    public async Task Files_come_out_of_a_container_that_never_ran()
    {
        await using var engine = await ConnectAsync();
        var image = await BuildAsync(engine, Request(Dockerfile, Folder()));
        var id = await engine.Containers.CreateAsync(new ContainerRequest(image), Token);
        try
        {
            await using var archive = await engine.Containers.CopyOutAsync(id, "/out", Token);
            await using var tar = new TarReader(archive);
            var names = new List<string>();
            while (await tar.GetNextEntryAsync(cancellationToken: Token) is { } entry)
            {
                names.Add(entry.Name);
            }

            Assert.AreEqual("out/ out/a/ out/a/b", string.Join(' ', names));
            var error = await Assert.ThrowsExactlyAsync<MultiStageException>(() => engine.Containers.CopyOutAsync(id, "/nowhere", Token));
            Assert.AreSame(Codes.DaemonRefused, error.Diagnostic.Descriptor);
        }
        finally
        {
            await engine.Containers.RemoveAsync(id, Token);
        }
    }

    [TestMethod]
    public async Task What_cannot_be_started_fails_the_verification_with_the_daemons_words()
    {
        await using var engine = await ConnectAsync();
        var image = await BuildAsync(engine, Request("FROM busybox:latest\nCMD [\"/nowhere\"]", Folder()));
        var description = (await engine.DescribeAsync(image, Token))!;

        var report = await new ImageVerifier(engine.Containers, PortProbe.AnswersAsync, TimeSpan.FromMilliseconds(100)).VerifyAsync(
            description,
            "x:latest",
            VerificationRules.Of(description.Config, new()),
            Token
        );

        Assert.AreSame(Codes.ContainerNotStarted, report.Failure?.Descriptor);
        Assert.MatchesRegex("^'x:latest' cannot be started: failed to create task .*/nowhere", report.Failure!.Message);
        Assert.AreEqual("", await Daemon.DockerAsync("container", "ls", "--all", "--quiet", "--filter", $"ancestor={image}"));
    }

    private async Task<ContainerSnapshot> HealthyAsync(IContainerHost containers, string id)
    {
        while (true)
        {
            var container = await containers.InspectAsync(id, Token);
            Assert.IsTrue(container.IsRunning, container.ToString());
            if (container.Health is ContainerHealth.Healthy)
            {
                return container;
            }

            await Task.Delay(100, Token);
        }
    }
}
