using MultiStage.Build.Diagnostics;

namespace MultiStage.Build;

/// <summary>
/// The folder of one run of the pipeline, <c>multistage/runs/&lt;id&gt;</c>. Runs of one project may overlap: other tags, other budgets,
/// another terminal.
/// Each reads and writes in its own folder alone. The files beside <c>runs</c> are copies for people, from whichever run wrote last; no run
/// trusts them.
/// </summary>
/// <param name="Folder">Its absolute path.</param>
public sealed record PipelineRun(string Folder) : IDisposable
{
    private const string RunsFolder = "runs";

    // Is there from the beginning to the end of a run. It stays where the process was killed.
    private const string RunningFile = "running";

    private const string OverlapsFile = "overlaps";

    // Long enough for a script to read what its publish named.
    private static readonly TimeSpan FinishedIsKept = TimeSpan.FromHours(1);

    // Longer than any step takes: a run that is still going on must keep its files.
    private static readonly TimeSpan UnfinishedIsKept = TimeSpan.FromDays(1);

    /// <summary>The folder of the copies for people, <c>multistage</c>.</summary>
    public string Shared => Path.GetDirectoryName(Path.GetDirectoryName(Folder))!;

    /// <summary>Whether another run of the project was under way at any time since this one began.</summary>
    public bool Overlaps => File.Exists(Path.Combine(Folder, OverlapsFile));

    /// <summary>Where people find the files of this run: the copies, unless another run may have replaced them.</summary>
    public string ForPeople => Overlaps ? Folder : Shared;

    /// <summary>Begins a run, and removes what is left of old ones.</summary>
    /// <param name="shared">The folder of the copies for people.</param>
    /// <exception cref="MultiStageException"><see cref="Codes.FileNotWritten"/>.</exception>
    /// <returns>The run, to be disposed when it is over.</returns>
    public static PipelineRun Begin(string shared)
    {
        var run = new PipelineRun(Path.Combine(Path.GetFullPath(shared), RunsFolder, Guid.NewGuid().ToString("N")[..8]));
        try
        {
            Directory.CreateDirectory(run.Folder);
            // Fails where another run has drawn the same name, instead of sharing its files.
            new FileStream(Path.Combine(run.Folder, RunningFile), FileMode.CreateNew).Dispose();
            run.Meet();
            return run;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Codes.FileNotWritten.Error(run.Folder, exception.Message);
        }
    }

    /// <summary>Ends the run. Its files stay where other runs have replaced the copies: then they are the only ones.</summary>
    public void Dispose()
    {
        Try(() => File.Delete(Path.Combine(Folder, RunningFile)));
        if (!Overlaps)
        {
            Try(() => Directory.Delete(Folder, recursive: true));
        }
    }

    // This run can be seen by now, so of two that begin together at least one sees the other and tells both.
    private void Meet()
    {
        // By the clock of the disk, which need not be this machine's.
        var now = File.GetLastWriteTimeUtc(Path.Combine(Folder, RunningFile));
        foreach (var other in Directory.GetDirectories(Path.GetDirectoryName(Folder)!).Where(folder => folder != Folder))
        {
            var age = now - Directory.GetLastWriteTimeUtc(other);
            if (File.Exists(Path.Combine(other, RunningFile)) && age <= UnfinishedIsKept)
            {
                File.WriteAllText(Path.Combine(Folder, OverlapsFile), "");
                Try(() => File.WriteAllText(Path.Combine(other, OverlapsFile), ""));
            }
            else if (age > FinishedIsKept)
            {
                Try(() => Directory.Delete(other, recursive: true));
            }
        }
    }

    // Another run may end or be removed at the same moment, and someone may have one of its files open.
    private static void Try(Action change)
    {
        try
        {
            change();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The next run tries again.
        }
    }
}
