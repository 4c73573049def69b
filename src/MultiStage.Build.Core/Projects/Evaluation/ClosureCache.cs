using System.Collections;
using System.Collections.Immutable;
using MultiStage.Build.Context;

namespace MultiStage.Build.Projects.Evaluation;

/// <summary>
/// The evaluations of a closure, kept with everything that they depended on: the content of every file they imported, every question they
/// asked of the file system with its answer, the properties and the environment they ran with. Written to <c>closure.json</c>. Where any of
/// it is has changed, the evaluations are of no use; no time stamp is trusted.
/// </summary>
internal sealed record ClosureCache
{
    /// <summary>What the evaluations were given: the project, its properties, the tools.</summary>
    public required string Given { get; init; }

    /// <summary>The files that were imported, by path, with the hash of their content; of one that is not there the hash is
    /// empty.</summary>
    public required ImmutableSortedDictionary<string, string> Files { get; init; }

    /// <summary>What was at the paths that were asked for: the paths, by <c>f</c>, <c>d</c> or <c>-</c>.</summary>
    public required ImmutableSortedDictionary<string, ImmutableArray<string>> Entries { get; init; }

    /// <summary>The listings that were asked for.</summary>
    public required ImmutableArray<Listing> Listings { get; init; }

    /// <summary>What the listings gave, as one hash.</summary>
    public required string Listed { get; init; }

    /// <summary>The names that the files read and the environment may give, separated by blanks.</summary>
    public required string Names { get; init; }

    /// <summary>The values that the environment gave them, as one hash: values may be secret.</summary>
    public required string Environment { get; init; }

    /// <summary>The evaluations.</summary>
    public required ImmutableArray<EvaluatedProject> Projects { get; init; }

    /// <summary>The existing paths that were asked for.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public ImmutableArray<string> Asked => [.. Entries.Where(kind => kind.Key != "-").SelectMany(kind => kind.Value)];

    /// <summary>The names that the files read.</summary>
    /// <returns>The names, as the files write them.</returns>
    public HashSet<string> ReadNames() => Names.Split(' ').ToHashSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Finds the first change.</summary>
    /// <param name="given">What an evaluation would be given now.</param>
    /// <returns>It, in a few words; null where nothing is, and the evaluations hold.</returns>
    public string? FirstChange(string given)
    {
        if (given != Given)
        {
            return "properties or tools";
        }

        if (EnvironmentOf(ReadNames()) != Environment)
        {
            return "the environment";
        }

        return Files.AsParallel().FirstOrDefault(file => FileHash.OrEmpty(file.Key) != file.Value).Key
            ?? Entries.SelectMany(kind => kind.Value.Where(path => FileQueries.Look(path) != kind.Key[0])).FirstOrDefault()
            ?? (ListedIn(Listings.Select(listing => listing.Answer())) != Listed ? "the files that patterns find" : null);
    }

    /// <summary>Keeps evaluations.</summary>
    /// <param name="imports">Every file that they imported.</param>
    /// <param name="toolFolder">Where the SDKs are, whose own files call no function that the closure depends on.</param>
    /// <param name="queries">What they asked of the file system.</param>
    /// <param name="started">When they began, in UTC: a file that changed after it may have been read before.</param>
    /// <returns>The cache, and null; or null and why these evaluations cannot be kept. And the names that the files read.</returns>
    public static (ClosureCache? Cache, string? WhyNot, HashSet<string> Names) Keep(
        string given,
        IEnumerable<string> imports,
        string toolFolder,
        FileQueries queries,
        DateTime started,
        ImmutableArray<EvaluatedProject> projects
    )
    {
        var files = imports.Concat(GlobalJsonAbove(projects)).ToHashSet(StringComparer.Ordinal);
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        string? whyNot = null;
        foreach (var file in files.Where(file => File.Exists(file)))
        {
            var scan = ImportScan.Of(file);
            names.UnionWith(scan.Names);
            whyNot ??=
                File.GetLastWriteTimeUtc(file) >= started ? $"'{file}' changed meanwhile"
                : scan.Unforeseeable is { } function && !ContextPath.Contains(toolFolder, file) ? $"'{file}' calls {function}"
                : null;
        }

        if (whyNot is not null)
        {
            return (null, whyNot, names);
        }

        var listings = queries.Listings.ToList();
        var cache = new ClosureCache
        {
            Given = given,
            Files = files
                .AsParallel()
                .Select(file => KeyValuePair.Create(file, FileHash.OrEmpty(file)))
                .ToImmutableSortedDictionary(StringComparer.Ordinal),
            Entries = queries
                .Entries.GroupBy(entry => entry.Value.ToString(), entry => entry.Key, StringComparer.Ordinal)
                .ToImmutableSortedDictionary(g => g.Key, g => g.Order(StringComparer.Ordinal).ToImmutableArray(), StringComparer.Ordinal),
            Listings = [.. listings.Select(listing => listing.Key)],
            Listed = ListedIn(listings.Select(listing => listing.Value)),
            Names = string.Join(' ', names.Order(StringComparer.OrdinalIgnoreCase)),
            Environment = EnvironmentOf(names),
            Projects = projects,
        };
        return (cache, null, names);
    }

    /// <summary>Puts what an evaluation is given into one text.</summary>
    /// <param name="project">The project's absolute path.</param>
    /// <param name="properties">The properties that the publish has.</param>
    /// <param name="tools">The versions and folders of the tools.</param>
    /// <param name="sdkFolder">The folder that the SDKs are in, and the record of their workloads.</param>
    /// <returns>A hash: a property may be secret.</returns>
    public static string GivenBy(
        string project,
        IEnumerable<KeyValuePair<string, string>> properties,
        IEnumerable<string> tools,
        string sdkFolder
    ) =>
        Hash(
            properties
                .OrderBy(p => p.Key, StringComparer.OrdinalIgnoreCase)
                .SelectMany(p => new[] { p.Key, p.Value })
                .Prepend(project)
                .Concat(tools)
                .Concat(InstalledWorkloads.In(InstalledWorkloads.Folders(sdkFolder)))
                .Prepend(typeof(ClosureCache).Module.ModuleVersionId.ToString())
        );

    // The .NET host and MSBuild's resolvers of SDKs look for it above each project.
    private static IEnumerable<string> GlobalJsonAbove(ImmutableArray<EvaluatedProject> projects) =>
        projects
            .SelectMany(project => ContextPath.Ancestors(Path.GetDirectoryName(project.Path)!))
            .Distinct(StringComparer.Ordinal)
            .Select(folder => Path.Combine(folder, "global.json"));

    // The toolchain's own variables count without being named in a file; the command line sets some again for each run.
    private static string EnvironmentOf(HashSet<string> names) =>
        Hash(
            System
                .Environment.GetEnvironmentVariables()
                .Cast<DictionaryEntry>()
                .Select(variable => (Name: (string)variable.Key, Value: (string?)variable.Value ?? ""))
                .Where(variable => names.Contains(variable.Name) || IsToolchain(variable.Name))
                .OrderBy(variable => variable.Name, StringComparer.Ordinal)
                .SelectMany(variable => new[] { variable.Name, variable.Value })
        );

    private static bool IsToolchain(string name) =>
        (
            name.StartsWith("DOTNET", StringComparison.OrdinalIgnoreCase)
            || name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)
            || name.StartsWith("NUGET", StringComparison.OrdinalIgnoreCase)
        ) && !name.StartsWith("DOTNET_CLI_TELEMETRY", StringComparison.OrdinalIgnoreCase);

    private static string ListedIn(IEnumerable<string> answers) => Hash(answers);

    private static string Hash(IEnumerable<string> parts) => FileHash.OfText(parts);
}
