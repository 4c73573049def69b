using System.Collections.Immutable;
using MultiStage.Build.Diagnostics;
using MultiStage.Build.Projects.Evaluation;

namespace MultiStage.Build.Tasks;

/// <summary>Evaluates a closure only where something that the last evaluation depended on is otherwise now.</summary>
/// <param name="path">The file that keeps the last evaluation.</param>
/// <param name="project">The project's absolute path.</param>
/// <param name="properties">The properties that the publish has.</param>
/// <param name="host">Where this machine keeps SDKs and packages.</param>
/// <param name="sdkVersion">The SDK's version.</param>
/// <param name="sdkFolder">The folder that the SDKs are in.</param>
internal sealed class CachedClosure(
    string path, string project, IReadOnlyDictionary<string, string> properties, HostFolders host, string sdkVersion, string sdkFolder)
{
    // The folder of the run is another one each time, and nothing that is evaluated depends on it.
    private const string RunProperty = "_MultiStageDirectory";

    /// <summary>Gives the evaluations.</summary>
    /// <param name="cancellationToken">Ends an evaluation.</param>
    /// <returns>Those that were kept, where they hold, else new ones; and which, as the end of a sentence.</returns>
    public (ImmutableArray<EvaluatedProject> Projects, string How) Get(CancellationToken cancellationToken)
    {
        var given = ClosureCache.GivenBy(project, properties.Where(property => property.Key != RunProperty), [sdkVersion, .. host.ToolFolders], sdkFolder);
        var kept = Read();
        var change = kept is null ? "nothing was kept" : kept.FirstChange(given) is { } changed ? $"{changed} changed" : null;
        if (change is null)
        {
            return (kept!.Projects, "as they were evaluated before");
        }

        // What is kept goes below a folder that evaluations ask for: made after them, it would count as a change.
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var queries = new FileQueries();
        var started = DateTime.UtcNow;
        var (projects, imports) = ClosureEvaluator.Evaluate(project, properties, host, queries, cancellationToken);
        var (cache, whyNot) = ClosureCache.Keep(given, imports, sdkFolder, queries, started, projects);
        if (cache is not null)
        {
            PipelineFile.Write(path, cache);
        }

        return (projects, $"evaluated ({change}{(whyNot is null ? "" : $"; not kept: {whyNot}")})");
    }

    private ClosureCache? Read()
    {
        try
        {
            return File.Exists(path) ? PipelineFile.Read<ClosureCache>(path, "GenerateMultiStageDockerfile") : null;
        }
        catch (MultiStageException)
        {
            // A file of another version, or one that was cut short, says nothing.
            return null;
        }
    }
}
