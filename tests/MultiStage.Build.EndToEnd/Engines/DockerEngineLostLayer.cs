using System.Text;
using MultiStage.Build.Diagnostics;
using MultiStage.Build.Engines.Progress;

namespace MultiStage.Build.EndToEnd.Engines;

// Which daemon is meant is a variable of the whole process.
[TestClass]
[DoNotParallelize]
public sealed class DockerEngineLostLayer : EngineTest
{
    private const string Unknown = "layer does not exist";

    private readonly string? _daemon = Environment.GetEnvironmentVariable("DOCKER_HOST");

    [TestCleanup]
    public void RestoreDaemon() => Environment.SetEnvironmentVariable("DOCKER_HOST", _daemon);

    [TestMethod]
    [DataRow(Unknown)]
    [DataRow("stat /var/lib/docker/overlay2/bhvzv5xxjwdcn9jhcfjfrowdu: no such file or directory")]
    public async Task What_the_cache_has_lost_is_built_once_more_without_it(string error)
    {
        using var forgetful = new ForgetfulDaemon(new Uri(_daemon!).AbsolutePath, error);
        Environment.SetEnvironmentVariable("DOCKER_HOST", $"tcp://127.0.0.1:{forgetful.Port}");
        await using var engine = await ConnectAsync();
        var log = new EventLog();
        var id = await BuildAsync(engine, Request("FROM scratch\nCOPY a /\n", Folder("a")), log);
        Assert.StartsWith("sha256:", id);
        Assert.HasCount(2, forgetful.Builds);
        Assert.DoesNotContain("nocache", forgetful.Builds[0]);
        Assert.Contains("nocache=1", forgetful.Builds[1]);
        Assert.IsTrue(
            log.All<Notice>().Any(notice => !notice.IsDetail && notice.Text.Contains("building once more", StringComparison.Ordinal))
        );
    }

    [TestMethod]
    public async Task What_is_lost_without_the_cache_too_is_an_error()
    {
        using var forgetful = new ForgetfulDaemon(new Uri(_daemon!).AbsolutePath, Unknown);
        Environment.SetEnvironmentVariable("DOCKER_HOST", $"tcp://127.0.0.1:{forgetful.Port}");
        await using var engine = await ConnectAsync();
        var failure = await Assert.ThrowsExactlyAsync<MultiStageException>(() =>
            BuildAsync(engine, Request("FROM scratch\nCOPY a /\n", Folder("a")) with { NoCache = true })
        );
        Assert.EndsWith(Unknown, failure.Message);
        Assert.HasCount(1, forgetful.Builds);
    }

    /// <summary>
    /// The real daemon, but the first build ends with one of the answers that moby gives when its cache names a layer that is gone. Losing
    /// one for
    /// real would take the daemon's own files away from it.
    /// </summary>
    private sealed class ForgetfulDaemon(string socket, string error) : DaemonForwarder(socket)
    {
        private readonly List<string> _builds = [];

        public IReadOnlyList<string> Builds
        {
            get
            {
                lock (_builds)
                {
                    return [.. _builds];
                }
            }
        }

        protected override async Task SendAsync(Stream client, Stream daemon)
        {
            var buffer = new byte[1 << 16];
            while (await client.ReadAsync(buffer) is var count and > 0)
            {
                var line = Encoding.ASCII.GetString(buffer, 0, Math.Min(count, 1000)).Split('\r')[0];
                if (
                    line.StartsWith("POST ", StringComparison.Ordinal)
                    && line.Contains("/build?", StringComparison.Ordinal)
                    && IsFirst(line)
                )
                {
                    await RefuseAsync(client, buffer);
                    return;
                }

                await daemon.WriteAsync(buffer.AsMemory(0, count));
            }
        }

        private bool IsFirst(string build)
        {
            lock (_builds)
            {
                _builds.Add(build);
                return _builds.Count == 1;
            }
        }

        // What is not read before the connection closes would reset it, and the answer with it.
        private async Task RefuseAsync(Stream client, byte[] buffer)
        {
            var answer = $$"""{"errorDetail":{"message":"{{error}}"},"error":"{{error}}"}""";
            var head = $"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {answer.Length}\r\nConnection: close\r\n\r\n";
            await client.WriteAsync(Encoding.ASCII.GetBytes(head + answer));
            while (await client.ReadAsync(buffer) > 0) { }
        }
    }
}
