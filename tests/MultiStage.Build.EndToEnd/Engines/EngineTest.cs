using System.Collections.Immutable;
using MultiStage.Build.Context;
using MultiStage.Build.Diagnostics;
using MultiStage.Build.Dockerfiles.Reading;
using MultiStage.Build.EndToEnd.Harness;
using MultiStage.Build.Engines;
using MultiStage.Build.Engines.Docker;
using MultiStage.Build.Engines.Progress;

namespace MultiStage.Build.EndToEnd.Engines;

/// <summary>A test of the engine against the real daemon. Without one it fails; none is skipped.</summary>
public abstract class EngineTest : EndToEndTest
{
    /// <summary>No build arguments, labels or the like.</summary>
    protected static readonly ImmutableSortedDictionary<string, string> Nothing = ImmutableSortedDictionary.Create<string, string>(
        StringComparer.Ordinal
    );

    /// <summary>Ends with the test.</summary>
    protected CancellationToken Token => TestContext.CancellationToken;

    /// <summary>Connects as the product does.</summary>
    private protected async Task<DockerEngine> ConnectAsync()
    {
        try
        {
            return await DockerEngine.ConnectAsync(new EngineOptions(), Token);
        }
        catch (MultiStageException e) when (ReferenceEquals(e.Diagnostic.Descriptor, Codes.NoDaemon))
        {
            throw new AssertFailedException("No Docker daemon; run ./build/setup.sh", e);
        }
    }

    /// <summary>Makes a folder to build from, empty or with files.</summary>
    /// <param name="files">Their paths in it, with forward slashes; each holds its own path.</param>
    protected string Folder(params IEnumerable<string> files)
    {
        var folder = Directory.CreateDirectory(Workspace.Next().Folder).FullName;
        foreach (var file in files)
        {
            var path = Path.Combine(folder, file);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, file);
        }

        return folder;
    }

    /// <summary>Builds, and has the image removed when the tests are over.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="request">What to build.</param>
    /// <param name="log">Where its events go.</param>
    private protected async Task<string> BuildAsync(IImageBuilder engine, BuildRequest request, EventLog? log = null)
    {
        var id = await engine.BuildAsync(request, log ?? new EventLog(), Token);
        Daemon.RemoveAtTheEnd(id);
        return id;
    }

    /// <summary>Asks to build a Dockerfile with all of a folder as its context.</summary>
    /// <param name="dockerfile">The Dockerfile's text.</param>
    /// <param name="folder">The folder.</param>
    private protected static BuildRequest Request(string dockerfile, string folder) =>
        new(dockerfile, new(folder, IgnoreRules.None)) { RootCopies = RootCopies.Of(dockerfile) };
}

/// <summary>Keeps the events of a build.</summary>
internal sealed class EventLog : IProgress<BuildEvent>
{
    private readonly List<BuildEvent> _events = [];

    /// <summary>Is told each event as it comes.</summary>
    public Action<BuildEvent>? On { get; init; }

    /// <summary>The events of one kind so far.</summary>
    /// <typeparam name="T">The kind.</typeparam>
    public IReadOnlyList<T> All<T>()
        where T : BuildEvent
    {
        lock (_events)
        {
            return [.. _events.OfType<T>()];
        }
    }

    /// <inheritdoc />
    public void Report(BuildEvent value)
    {
        lock (_events)
        {
            _events.Add(value);
        }

        On?.Invoke(value);
    }
}
