using System.Diagnostics;
using MultiStage.Build.Engines;

namespace MultiStage.Build.EndToEnd.Engines;

/// <summary>The real daemon that <c>build/setup.sh</c> brings up. Without it a test fails; none is skipped.</summary>
internal static class TestDaemon
{
    public static async Task<DockerEngine> ConnectAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await DockerEngine.ConnectAsync(cancellationToken);
        }
        catch (MultiStageException e) when (ReferenceEquals(e.Diagnostic.Descriptor, Diagnostics.NoDaemon))
        {
            throw new AssertFailedException("No Docker daemon; run ./build/setup.sh", e);
        }
    }

    public static string Variable(string name) =>
        Environment.GetEnvironmentVariable(name) ?? throw new AssertFailedException($"{name} is not set; run ./build/setup.sh and source the file it names");

    /// <summary>Runs the <c>docker</c> command, which the engine is compared with.</summary>
    public static async Task<string> DockerAsync(IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("docker", arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync(cancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        Assert.AreEqual(0, process.ExitCode, await error);
        return output.Trim();
    }
}

/// <summary>Keeps the events of a build.</summary>
internal sealed class EventLog : IProgress<BuildEvent>
{
    private readonly List<BuildEvent> _events = [];

    public Action<BuildEvent>? On { get; init; }

    public IReadOnlyList<T> All<T>()
        where T : BuildEvent
    {
        lock (_events)
            return [.. _events.OfType<T>()];
    }

    public void Report(BuildEvent value)
    {
        lock (_events)
            _events.Add(value);
        On?.Invoke(value);
    }
}

/// <summary>A folder that is gone after the test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("multistage-").FullName;

    public TemporaryFolder With(string relativePath, string text = "")
    {
        var path = System.IO.Path.Combine(Path, relativePath);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return this;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
