using System.Collections.Immutable;
using MultiStage.Build.Diagnostics;
using MultiStage.Build.Projects.Evaluation;

namespace MultiStage.Build.Projects.Closure;

/// <summary>Evaluates a closure only where something that the last evaluation depended on has changed.</summary>
/// <param name="evaluator">Has MSBuild evaluate the projects.</param>
/// <param name="path">The file that keeps the last evaluation.</param>
/// <param name="project">The project's absolute path.</param>
/// <param name="properties">The properties that the publish has.</param>
/// <param name="host">Where this machine keeps SDKs and packages.</param>
internal sealed class CachedClosure(
    IClosureEvaluator evaluator,
    string path,
    string project,
    IReadOnlyDictionary<string, string> properties,
    HostFolders host,
    string sdkVersion,
    string sdkFolder
)
{
    // The folder of the run is another one each time, and nothing that is evaluated depends on it.
    private const string RunProperty = "_MultiStageDirectory";

    /// <summary>What an evaluation is given, as a hash.</summary>
    public string Given { get; } =
        ClosureCache.GivenBy(
            project,
            properties.Where(property => property.Key != RunProperty),
            [sdkVersion, .. host.ToolFolders],
            sdkFolder
        );

    /// <summary>The secrets among the properties of the command line and the environment, which evaluations may repeat.</summary>
    public IReadOnlyCollection<string> Secrets { get; } =
    [
        .. properties
            .Concat(
                Environment
                    .GetEnvironmentVariables()
                    .Cast<System.Collections.DictionaryEntry>()
                    .Select(variable => KeyValuePair.Create((string)variable.Key, (string?)variable.Value ?? ""))
            )
            // What is shorter is found everywhere.
            .Where(pair => pair.Value.Length >= 6 && GlobalProperties.IsSecret(pair.Key, pair.Value))
            .Select(pair => pair.Value)
            .Distinct(StringComparer.Ordinal),
    ];

    /// <summary>Gives the evaluations.</summary>
    /// <returns>Those that were kept, where they hold, else new ones.</returns>
    public EvaluatedClosure Get(CancellationToken cancellationToken)
    {
        var kept = Read();
        var change =
            kept is null ? "nothing was kept"
            : kept.FirstChange(Given) is { } changed ? $"{changed} changed"
            : null;
        return change is null
            ? new(kept!.Projects, "as they were evaluated before")
            {
                Names = kept.ReadNames(),
                Asked = kept.Asked,
                Listings = kept.Listings,
            }
            : Evaluate(change, cancellationToken);
    }

    /// <summary>Evaluates again.</summary>
    /// <param name="why">Why the evaluations that were kept do not do.</param>
    public EvaluatedClosure Evaluate(string why, CancellationToken cancellationToken)
    {
        // What is kept goes below a folder that evaluations ask for: made after them, it would count as a change.
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var queries = new FileQueries();
        var started = DateTime.UtcNow;
        var app = FileBasedApp.IsSource(project) ? FileBasedApp.Read(project, sdkFolder) : null;
        var (projects, imports) = evaluator.Evaluate(project, app, properties, host, queries, cancellationToken);
        var (cache, whyNot, names) = ClosureCache.Keep(Given, imports, sdkFolder, queries, started, projects);
        if (cache is not null)
        {
            PipelineFile.WriteWithoutSecrets(path, cache, Secrets);
        }

        return new(projects, $"evaluated ({why}{(whyNot is null ? "" : $"; not kept: {whyNot}")})")
        {
            IsNew = true,
            Names = names,
            Asked = [.. queries.Entries.Where(entry => entry.Value != '-').Select(entry => entry.Key)],
            Listings = [.. queries.Listings.Select(listing => listing.Key)],
            Read = FunctionReads.Of(
                [.. imports.Where(import => !host.Hold(import))],
                projects.Select(one => Path.GetDirectoryName(one.Path)!)
            ),
        };
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

/// <summary>The evaluations of a closure.</summary>
/// <param name="How">Whether they are new, as the end of a sentence.</param>
internal sealed record EvaluatedClosure(ImmutableArray<EvaluatedProject> Projects, string How)
{
    public bool IsNew { get; init; }

    /// <summary>The names that all their files read, as the files write them.</summary>
    public HashSet<string> Names { get; init; } = [];

    /// <summary>The existing paths that they asked for.</summary>
    public ImmutableArray<string> Asked { get; init; } = [];

    /// <summary>The folders that they listed.</summary>
    public ImmutableArray<Listing> Listings { get; init; } = [];

    /// <summary>The files that property functions may have read. Evaluations that call such functions are not kept.</summary>
    public ImmutableArray<string> Read { get; init; } = [];
}
