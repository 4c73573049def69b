using System.Globalization;

namespace MultiStage.Build.EndToEnd.Harness;

/// <summary>What one test, or one class of tests, makes: folders, logs, containers. All of it goes, but the logs of what failed.</summary>
public sealed class Workspace : IAsyncDisposable
{
    private static int s_workspaces;

    private readonly string _name = string.Create(CultureInfo.InvariantCulture, $"{SuiteRun.Id}-{Interlocked.Increment(ref s_workspaces)}");
    private int _copies;

    /// <summary>Makes the folders.</summary>
    public Workspace()
    {
        Folder = Directory.CreateDirectory(Path.Combine(SuiteRun.Folder, _name)).FullName;
        Logs = Directory.CreateDirectory(Path.Combine(Folder, "logs")).FullName;
        Daemon = new Daemon();
    }

    /// <summary>The folder that all of it is in.</summary>
    public string Folder { get; }

    /// <summary>The folder that the commands' logs are in.</summary>
    public string Logs { get; }

    /// <summary>The daemon, which remembers what is to be removed.</summary>
    public Daemon Daemon { get; }

    /// <summary>The next copy's folder and image name.</summary>
    internal (string Folder, string ImageName) Next()
    {
        var copy = Interlocked.Increment(ref _copies);
        return (Path.Combine(Folder, copy.ToString(CultureInfo.InvariantCulture)), $"{Daemon.ImagePrefix}{_name}-{copy}");
    }

    /// <summary>Keeps the logs, for a reader who wants to know why a test failed.</summary>
    /// <param name="testName">The test.</param>
    public void KeepLogs(string testName)
    {
        var kept = Directory.CreateDirectory(Path.Combine(SuiteRun.KeptLogs, testName)).FullName;
        foreach (var file in Directory.EnumerateFiles(Logs))
        {
            File.Copy(file, Path.Combine(kept, Path.GetFileName(file)), overwrite: true);
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await Daemon.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }
}
