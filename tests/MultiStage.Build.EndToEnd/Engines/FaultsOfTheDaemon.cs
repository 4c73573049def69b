using System.Diagnostics;
using MultiStage.Build.Diagnostics;
using MultiStage.Build.EndToEnd.Harness;
using MultiStage.Build.Engines;
using MultiStage.Build.Engines.Docker;
using MultiStage.Build.Pipeline;
using MultiStage.Build.Verification;

namespace MultiStage.Build.EndToEnd.Engines;

/// <summary>
/// Every request of the pipeline, in front of the real daemon, cut, refused, answered with something else or with nothing: it ends with a
/// code and in time, no name moves, the same again succeeds, and then nothing is left.
/// </summary>
[TestClass]
public sealed class FaultsOfTheDaemon : EngineTest
{
    [TestMethod]
    [DataRow("^(GET|HEAD) .*/_ping")]
    [DataRow("^GET .*/version")]
    [DataRow("^GET .*/info")]
    [DataRow("^POST .*/build")]
    [DataRow("^GET .*/images/sha256.*/json")]
    [DataRow("^GET .*/history")]
    [DataRow("^GET .*/images/.*get")]
    [DataRow("^GET .*/containers/json")]
    [DataRow("^POST .*/containers/create")]
    [DataRow("^GET .*/archive")]
    [DataRow("^POST .*/start")]
    [DataRow("^GET .*/containers/multistage-.*/json")]
    [DataRow("^DELETE .*/containers/")]
    [DataRow("^POST .*/tag")]
    [DataRow("^POST .*/push")]
    public async Task Are_one_error_each_and_the_next_run_succeeds(string request)
    {
        using var proxy = FaultProxy.OfDaemon();
        var repository = Workspace.Next().ImageName;
        var build = SleepingImage();
        var name = $"{Registry.Open.Address}/{repository}:1";
        await Daemon.DockerAsync("tag", "busybox:latest", name);
        var yesterday = await Daemon.ImageIdAsync(name);
        foreach (var fault in new[] { Fault.Cut, Fault.Error, Fault.Garbage, Fault.Silence })
        {
            proxy.Break(request, fault);
            var told = new List<Diagnostic>();
            var clock = Stopwatch.StartNew();
            try
            {
                await PipelineAsync(proxy, build, name, told);
                Assert.IsNotEmpty(told, $"{request}: {fault} was told to nobody.");
            }
            catch (MultiStageException)
            {
                Assert.AreEqual(yesterday, await Daemon.ImageIdAsync(name), $"{request}: {fault} moved a name.");
            }

            Assert.IsLessThan(TimeSpan.FromSeconds(15), clock.Elapsed, $"{request}: {fault}");
            Assert.AreNotEqual(0, proxy.Faults, $"{request} is not a request of the pipeline.");
        }

        proxy.Mend();
        await PipelineAsync(proxy, build, name, []);
        Assert.AreNotEqual(yesterday, await Daemon.ImageIdAsync(name));
        var left = await Daemon.DockerAsync("container", "ls", "--all", "--quiet", "--filter", $"ancestor={name}");
        Assert.AreEqual("", left, "A container of an earlier run is left.");
        await Daemon.DockerAsync("image", "rm", name);
    }

    [TestMethod]
    public async Task A_registry_that_is_busy_is_asked_again_and_one_that_stays_so_moves_no_name()
    {
        using var proxy = FaultProxy.Of(Registry.Open);
        await using var engine = await DockerEngine.ConnectAsync(new EngineOptions { FirstRetry = TimeSpan.FromMilliseconds(50) }, Token);
        var repository = Workspace.Next().ImageName;
        var id = await BuildAsync(engine, Request($"FROM scratch\nCOPY {repository} /\n", Folder(repository)));
        var image = new BuiltImage(id, "final", null, [$"127.0.0.1:{proxy.Port}/{repository}:1"])
        {
            Engine = EngineKind.Docker,
            Push = true,
        };

        // A registry takes one name after the other, and this one refuses the second.
        var direct = $"{Registry.Open.Address}/{repository}:0";
        proxy.Break("^PUT .*/manifests/", Fault.Busy);
        var both = new ImageDelivery(engine, image with { Names = [direct, image.Names[0]] }, new EventLog());
        var failure = await Assert.ThrowsExactlyAsync<MultiStageException>(() => both.RunAsync(Token));
        Assert.AreEqual(Codes.PushFailed, failure.Diagnostic.Descriptor);
        Assert.Contains("attempts)", failure.Message);
        Assert.IsNull(await Daemon.FindImageAsync(image.Names[0]));
        Assert.IsNull(await Registry.Open.FindDigestAsync(repository, "1"));
        Assert.AreEqual(Codes.PushedInPart, both.Rest?.Descriptor);
        Assert.AreEqual($"The registry already has {direct}: pushed before the delivery failed.", both.Rest?.Message);
        Assert.IsNull(await Daemon.FindImageAsync(direct));

        // Its last name is gone, and with it the image.
        id = await BuildAsync(engine, Request($"FROM scratch\nCOPY {repository} /\n", Folder(repository)));
        proxy.Break("^PUT .*/manifests/", Fault.Busy, times: 2);
        var digest = await new ImageDelivery(engine, image with { ImageId = id }, new EventLog()).RunAsync(Token);
        Assert.AreEqual(digest, await Registry.Open.FindDigestAsync(repository, "1"));
        await Daemon.DockerAsync("image", "rm", image.Names[0]);
    }

    [TestMethod]
    public async Task A_container_that_is_tried_out_is_named_limited_and_still_starts_as_root_on_a_low_port()
    {
        await using var engine = await ConnectAsync();
        var image = await BuildAsync(
            engine,
            Request(
                "FROM busybox:latest\nEXPOSE 80\nRUN mkdir /data /www\n"
                    + "CMD [\"sh\", \"-c\", \"chown 1000:1000 /data && echo ok > /www/index.html "
                    + "&& exec httpd -f -p 80 -u 1000 -h /www\"]\n",
                Folder()
            )
        );
        var id = await engine.Containers.CreateAsync(new(image) { Ports = ["80/tcp"] }, Token);
        try
        {
            Assert.StartsWith("multistage-", id);
            await engine.Containers.StartAsync(id, Token);
            var port = (await engine.Containers.InspectAsync(id, Token)).Ports.Single();
            while (!await PortProbe.AnswersAsync(port, Token))
            {
                Assert.IsTrue(
                    (await engine.Containers.InspectAsync(id, Token)).IsRunning,
                    string.Join('\n', await engine.Containers.LogsAsync(id, 9, Token))
                );
                await Task.Delay(100, Token);
            }

            const string format =
                "{{gt .HostConfig.Memory 0}} {{.HostConfig.PidsLimit}} {{.HostConfig.SecurityOpt}} {{.HostConfig.CapDrop}} "
                + "{{index .Config.Labels \"multistage.owner\" | len | lt 0}}";
            Assert.AreEqual(
                "true 4096 [no-new-privileges] [ALL] true",
                await Daemon.DockerAsync("container", "inspect", "--format", format, id)
            );
        }
        finally
        {
            await engine.Containers.RemoveAsync(id, Token);
        }
    }

    [TestMethod]
    public async Task What_a_killed_run_left_goes_with_the_next_and_what_another_run_uses_stays()
    {
        await using var engine = await ConnectAsync();
        var image = await BuildAsync(engine, SleepingImage());
        var used = await engine.Containers.CreateAsync(new(image), Token);
        var owner = await Daemon.DockerAsync("container", "inspect", "--format", "{{index .Config.Labels \"multistage.owner\"}}", used);
        var killed = await Daemon.DockerAsync(
            "create",
            "--label",
            $"multistage.owner={owner}",
            "--label",
            "multistage.process=999999@1",
            image
        );
        var elsewhere = await Daemon.DockerAsync("create", "--label", "multistage.owner=another machine", image);

        await using var next = await ConnectAsync();
        await next.Containers.RemoveAsync(await next.Containers.CreateAsync(new(image), Token), Token);

        var left = await Daemon.DockerAsync("container", "ls", "--all", "--quiet", "--no-trunc", "--filter", $"ancestor={image}");
        Assert.DoesNotContain(killed, left);
        Assert.Contains(elsewhere, left);
        Assert.HasCount(2, left.Split('\n'));
        await Daemon.DockerAsync("rm", "--force", elsewhere, used);
        await engine.Containers.RemoveAsync(used, Token);
    }

    // Of a file that no other test's image has.
    private BuildRequest SleepingImage()
    {
        var file = Workspace.Next().ImageName;
        return Request($"FROM busybox:latest\nCOPY {file} /\nCMD [\"sleep\", \"60\"]\n", Folder(file));
    }

    private async Task PipelineAsync(FaultProxy proxy, BuildRequest build, string name, List<Diagnostic> told)
    {
        await using var engine = await DockerEngine.ConnectAsync(
            new DockerEndpoint(new Uri($"tcp://127.0.0.1:{proxy.Port}"), "test", null),
            new EngineOptions
            {
                SilenceLimit = TimeSpan.FromSeconds(1),
                BuildSilenceLimit = TimeSpan.FromSeconds(2),
                FirstRetry = TimeSpan.FromMilliseconds(10),
                Tell = told.Add,
            },
            Token
        );
        var id = await BuildAsync(engine, build);
        var image = await engine.DescribeAsync(id, Token);
        await using (var archive = await engine.OpenArchiveAsync(id, Token))
        {
            await archive.CopyToAsync(Stream.Null, Token);
        }

        await using (var files = await engine.OpenFolderAsync(id, "/etc", Token))
        {
            await files!.CopyToAsync(Stream.Null, Token);
        }

        var verifier = new ImageVerifier(engine.Containers, PortProbe.AnswersAsync, TimeSpan.FromMilliseconds(50));
        var rules = new VerificationRules(VerificationSign.StaysUp, [], TimeSpan.FromMilliseconds(200));
        if ((await verifier.VerifyAsync(image!, name, rules, Token)).Failure is { } failure)
        {
            throw new MultiStageException(failure);
        }

        await new ImageDelivery(
            engine,
            new BuiltImage(id, "final", null, [name]) { Engine = EngineKind.Docker, Push = true },
            new EventLog()
        ).RunAsync(Token);
    }
}
