using System.Diagnostics;

namespace MultiStage.Build.EndToEnd.Harness;

/// <summary>A container that a test runs.</summary>
/// <param name="Id">The container's id.</param>
public sealed record Container(string Id) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly HttpClient _client = new() { Timeout = TimeSpan.FromSeconds(5) };

    /// <summary>What the app answers to a GET, once it answers at all.</summary>
    /// <param name="path">The path.</param>
    /// <param name="port">The port inside the container.</param>
    public async Task<string> GetAsync(string path, int port = 8080)
    {
        var address = new Uri($"http://{(await Daemon.DockerAsync("port", Id, $"{port}/tcp")).Split('\n')[0]}{path}");
        for (var clock = Stopwatch.StartNew(); ; await Task.Delay(200))
        {
            try
            {
                return await _client.GetStringAsync(address);
            }
            catch (Exception exception)
                when (exception is HttpRequestException { StatusCode: null } or TaskCanceledException && clock.Elapsed < Patience)
            {
                // The server in the container is still starting, or has ended: then there is nothing to wait for.
                Assert.IsTrue(await IsRunningAsync(), $"The container ended:\n{await LogsAsync()}");
            }
        }
    }

    /// <summary>Waits until the app has written a text.</summary>
    /// <param name="text">The text.</param>
    public async Task WaitForLogAsync(string text)
    {
        for (var clock = Stopwatch.StartNew(); ; await Task.Delay(200))
        {
            // In this order: what the app wrote last is in the logs once it has ended.
            var running = await IsRunningAsync();
            var logs = await LogsAsync();
            if (logs.Contains(text, StringComparison.Ordinal))
            {
                return;
            }

            Assert.IsTrue(running && clock.Elapsed < Patience, $"The container did not write '{text}' but:\n{logs}");
        }
    }

    /// <summary>Waits until the daemon, which runs the image's health check, says how the app is.</summary>
    /// <param name="health"><c>healthy</c> or <c>unhealthy</c>.</param>
    public async Task WaitForHealthAsync(string health)
    {
        for (var clock = Stopwatch.StartNew(); ; await Task.Delay(200))
        {
            var state = await Daemon.DockerAsync("container", "inspect", "--format", "{{json .State.Health}}", Id);
            if (state.Contains($"\"Status\":\"{health}\"", StringComparison.Ordinal))
            {
                return;
            }

            Assert.IsTrue(
                await IsRunningAsync() && clock.Elapsed < Patience,
                $"The container is not {health}: {state}\n{await LogsAsync()}"
            );
        }
    }

    /// <summary>Runs a command in the container.</summary>
    /// <param name="command">The command.</param>
    public Task<string> ExecuteAsync(params string[] command) => Daemon.DockerAsync(["exec", Id, .. command]);

    /// <summary>What the app has written so far.</summary>
    public async Task<string> LogsAsync()
    {
        using var logs = RunningCommand.Start("docker", ["logs", Id]);
        var result = (await logs.CompletionAsync()).Succeeds();
        return result.Output + result.ErrorOutput;
    }

    /// <inheritdoc />
    public void Dispose() => _client.Dispose();

    private async Task<bool> IsRunningAsync() =>
        await Daemon.DockerAsync("container", "inspect", "--format", "{{.State.Running}}", Id) == "true";
}
