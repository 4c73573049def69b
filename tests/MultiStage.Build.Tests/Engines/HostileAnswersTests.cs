using System.Diagnostics;
using MultiStage.Build.Context;
using MultiStage.Build.Diagnostics;
using MultiStage.Build.Engines;
using MultiStage.Build.Engines.Docker;
using MultiStage.Build.Engines.Progress;
using MultiStage.Build.Images;

namespace MultiStage.Build.Tests.Engines;

/// <summary>Whatever a daemon, or a proxy in front of it, answers to a request: it ends in time, and with a code or with success.</summary>
[TestClass]
public sealed class HostileAnswersTests
{
    private static readonly Answer[] s_answers =
    [
        .. new[]
        {
            "null",
            "[]",
            "[null]",
            "\"x\"",
            "1",
            "true",
            "{}",
            "{\"Id\":null}",
            "{\"Id\":7}",
            "{\"Id\":{}}",
            "{\"id\":[]}",
            "",
        }.Select(body => Answer.Json(200, body)),
        .. new[]
        {
            "{\"RootFS\":null,\"Config\":null}",
            "{\"Id\":\"a\",\"Created\":\"never\"}",
            "{\"Id\":\"a\",\"Config\":{\"Env\":[null],\"ExposedPorts\":null,\"Labels\":{\"a\":null}}}",
            "{\"id\":\"moby.buildkit.trace\",\"aux\":\"%%%\"}",
            "{\"id\":\"moby.buildkit.trace\",\"aux\":\"AAAA\"}",
            "{\"id\":\"moby.buildkit.trace\",\"aux\":{}}",
            "{\"aux\":{\"ID\":7}}",
            "{\"aux\":{\"Digest\":7}}",
            "{\"errorDetail\":null,\"error\":null}",
            "{\"error\":7}",
            "{\"State\":{\"ExitCode\":99999999999999999999}}",
            "{\"State\":{\"Health\":{\"Log\":[null]}}}",
            "{\"NetworkSettings\":{\"Ports\":{\"80/tcp\":[null]}}}",
            "{\"a\":",
            "{\"a\":1}}",
            "[[[[[[",
            "\u0000",
            "<!DOCTYPE html><html>Sign in</html>",
        }.Select(body => Answer.Json(200, body)),
        Answer.Json(200, "<html>Sign in</html>", "text/html"),
        Answer.Json(200, new string('[', 100_000)),
        .. new[] { 400, 404, 409, 500, 502, 503 }.Select(status => Answer.Json(status, "{\"message\":\"no\"}")),
        .. new[] { "null", "{\"message\":null}", "{\"message\":7}", "<html>Bad gateway</html>", "" }.Select(body => Answer.Json(500, body)),
        Answer.Cut("{\"Id\":\"sha"),
        Answer.Endless,
        Answer.Silence,
        Answer.HalfSilence,
        Answer.Garbage,
        Answer.Nothing,
    ];

    private static readonly (string Path, Func<DockerEngine, CancellationToken, Task> Ask)[] s_requests =
    [
        ("/images/a/json", (engine, token) => engine.DescribeAsync("a", token)),
        ("/history", (engine, token) => engine.DescribeAsync("a", token)),
        ("/tag", (engine, token) => engine.TagAsync("a", "b:1", token)),
        ("/push", (engine, token) => engine.PushAsync("localhost:1/b:1", new Progress<BuildEvent>(), token)),
        ("/images/create", (engine, token) => PullAsync(engine, token)),
        ("/build", (engine, token) => BuildAsync(engine, token)),
        ("/get", (engine, token) => SaveAsync(engine, token)),
        ("/containers/json", (engine, token) => engine.Containers.CreateAsync(new("a"), token)),
        ("/containers/create", (engine, token) => engine.Containers.CreateAsync(new("a"), token)),
        ("/start", (engine, token) => engine.Containers.StartAsync("a", token)),
        ("/containers/a/json", (engine, token) => engine.Containers.InspectAsync("a", token)),
        ("/logs", (engine, token) => engine.Containers.LogsAsync("a", 10, token)),
        ("/archive", (engine, token) => CopyOutAsync(engine, token)),
        ("/containers/a?", (engine, token) => engine.Containers.RemoveAsync("a", token)),
    ];

    private static IEnumerable<object[]> Requests => s_requests.Select(request => new object[] { request.Path });

    [TestMethod]
    [DynamicData(nameof(Requests))]
    public async Task Are_one_coded_error_each(string path)
    {
        var ask = s_requests.Single(request => request.Path == path).Ask;
        foreach (var answer in s_answers)
        {
            using var daemon = new HostileDaemon(path, answer);
            var clock = Stopwatch.StartNew();
            try
            {
                await using var engine = await ConnectAsync(daemon, TimeSpan.FromSeconds(0.5), CancellationToken.None);
                await ask(engine, CancellationToken.None);
            }
            catch (MultiStageException e)
            {
                Assert.IsLessThan(2000, e.Message.Length, $"{path}: {answer}");
            }
            catch (Exception e) when (e is not AssertFailedException)
            {
                Assert.Fail($"{path}: {answer}: {e}");
            }

            Assert.IsLessThan(TimeSpan.FromSeconds(20), clock.Elapsed, $"{path}: {answer}");
        }
    }

    [TestMethod]
    [DynamicData(nameof(Requests))]
    public async Task Are_not_waited_for_once_the_build_is_cancelled(string path)
    {
        if (path == "/containers/a?")
        {
            // A removal is what is left to do when a build is cancelled, and has a bound of its own.
            return;
        }

        var ask = s_requests.Single(request => request.Path == path).Ask;
        using var daemon = new HostileDaemon(path, Answer.Silence);
        using var cancel = new CancellationTokenSource();
        await using var engine = await ConnectAsync(daemon, TimeSpan.FromMinutes(1), CancellationToken.None);
        var asking = ask(engine, cancel.Token);
        await Task.Delay(200);
        var clock = Stopwatch.StartNew();
        await cancel.CancelAsync();
        await Assert.ThrowsAsync<OperationCanceledException>(() => asking);
        Assert.IsLessThan(TimeSpan.FromSeconds(1.5), clock.Elapsed, path);
    }

    [TestMethod]
    public async Task A_silence_is_told_with_its_bound_and_the_property_that_sets_it()
    {
        using var daemon = new HostileDaemon("/containers/create", Answer.Silence);
        await using var engine = await ConnectAsync(daemon, TimeSpan.FromSeconds(0.5), CancellationToken.None);
        var silent = await Assert.ThrowsExactlyAsync<MultiStageException>(() =>
            engine.Containers.CreateAsync(new("a"), CancellationToken.None)
        );
        Assert.AreEqual(Codes.DaemonSilent, silent.Diagnostic.Descriptor);
        Assert.AreEqual(
            "The Docker daemon was asked to create a container, and it said nothing for 0.5 s (ContainerSilenceLimit).",
            silent.Message
        );
    }

    [TestMethod]
    public async Task A_removal_that_fails_is_told_and_fails_nothing()
    {
        using var daemon = new HostileDaemon("/containers/a?", Answer.Json(500, "{\"message\":\"device or resource busy\"}"));
        var told = new List<Diagnostic>();
        await using var engine = await DockerEngine.ConnectAsync(
            new DockerEndpoint(daemon.Address, "test", null),
            new EngineOptions { Tell = told.Add },
            CancellationToken.None
        );
        await engine.Containers.RemoveAsync("a", CancellationToken.None);
        Assert.AreEqual(Codes.NotRemoved, told.Single().Descriptor);
        Assert.AreEqual(
            "The Docker daemon still has the container a, which is no longer needed: device or resource busy.",
            told.Single().Message
        );
    }

    // What Podman 5.8 answers to these two requests.
    [TestMethod]
    public async Task Podman_has_its_own_name_and_its_own_words()
    {
        const string Version = """{"Version":"5.8.6","Arch":"amd64","Components":[{"Name":"Podman Engine","Version":"5.8.6"}]}""";
        const string Refusal = """{"errorDetail":{"message":"unauthorized: no"},"error":"unauthorized: no"}""";
        using (var podman = new HostileDaemon("/version", Answer.Json(200, Version)))
        {
            await using var engine = await ConnectAsync(podman, TimeSpan.FromSeconds(5), CancellationToken.None);
            Assert.AreEqual("Podman 5.8.6", engine.Info.Name);
        }

        using var daemon = new HostileDaemon("/push", Answer.Json(500, Refusal));
        await using var other = await ConnectAsync(daemon, TimeSpan.FromSeconds(5), CancellationToken.None);
        var refused = await Assert.ThrowsExactlyAsync<MultiStageException>(() =>
            other.PushAsync("localhost:1/b:1", new Progress<BuildEvent>(), CancellationToken.None)
        );
        Assert.AreEqual("'localhost:1/b:1' could not be pushed: unauthorized: no. Log in: docker login localhost:1", refused.Message);
    }

    private static Task<DockerEngine> ConnectAsync(HostileDaemon daemon, TimeSpan limit, CancellationToken cancellationToken) =>
        DockerEngine.ConnectAsync(
            new DockerEndpoint(daemon.Address, "test", null),
            new EngineOptions
            {
                SilenceLimit = limit,
                BuildSilenceLimit = limit,
                FirstRetry = TimeSpan.FromMilliseconds(1),
            },
            cancellationToken
        );

    // The image is not there, so that it is pulled.
    private static Task PullAsync(DockerEngine engine, CancellationToken token) =>
        engine.EnsureAsync("localhost:1/missing:1", Platform.Parse("linux/s390x"), new Progress<BuildEvent>(), token);

    private static async Task BuildAsync(DockerEngine engine, CancellationToken token)
    {
        using var folder = new TempFolder();
        var request = new BuildRequest("FROM scratch\n", new BuildContext(folder.Path, IgnoreRules.None));
        await engine.BuildAsync(request, new Progress<BuildEvent>(), token);
    }

    private static async Task SaveAsync(DockerEngine engine, CancellationToken token)
    {
        using var folder = new TempFolder();
        await ImageArchiveFile.WriteAsync(folder["a.tar"], await engine.SaveAsync(["a:1"], token), token);
    }

    private static async Task CopyOutAsync(DockerEngine engine, CancellationToken token)
    {
        await using var archive = await engine.Containers.CopyOutAsync("a", "/x", token);
        await archive.CopyToAsync(Stream.Null, token);
    }
}
