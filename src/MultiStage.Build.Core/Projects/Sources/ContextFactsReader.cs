using System.Collections.Immutable;
using MultiStage.Build.Context;
using MultiStage.Build.Diagnostics;
using MultiStage.Build.Projects.Closure;

namespace MultiStage.Build.Projects.Sources;

/// <summary>Reads what of the build context is sent beside what the closure names.</summary>
internal sealed class ContextFactsReader
{
    private readonly ProjectFacts _facts;
    private readonly ClosureFacts _inputs;
    private readonly ContextFolder _root;
    private readonly ScannedContext _scanned;
    private readonly HashSet<string> _own;

    private ContextFactsReader(ProjectFacts facts)
    {
        (_facts, _inputs) = (facts, facts.Inputs);
        _own = _inputs.Projects.Select(project => project.Folder).ToHashSet(StringComparer.Ordinal);
        _scanned = ContextScan.Read(
            _inputs.Context,
            _own,
            _inputs.Projects.SelectMany(project => project.OutputFolders).Concat(_inputs.NeverSent)
        );
        _root = _scanned.Root;
    }

    /// <param name="facts">What was read from the project and those that are built beside it.</param>
    /// <param name="scope">The value of <c>ContainerBuildInputScope</c>.</param>
    /// <param name="buildInputs">The <c>ContainerBuildInput</c> items, relative to the context.</param>
    /// <returns>The facts with it, what is in the context, and links that lead where the container cannot follow.</returns>
    public static (ProjectFacts Facts, ContextFolder Root, ImmutableArray<Diagnostic> Warnings) Read(
        ProjectFacts facts,
        InputScope scope,
        ImmutableArray<string> buildInputs
    )
    {
        var reader = new ContextFactsReader(facts);
        var (context, letIn, links) = reader.Context(scope, buildInputs);
        facts = facts with
        {
            Context = context,
            Closure = WithoutForeign(facts.Closure, letIn),
            Tests = [.. facts.Tests.Select(test => test with { Closure = WithoutForeign(test.Closure, letIn) })],
        };
        return (facts, reader._root, links);
    }

    private static ClosureFacts WithoutForeign(ClosureFacts closure, HashSet<string> letIn) =>
        closure with
        {
            ForeignFolders = [.. closure.ForeignFolders.Where(folder => !letIn.Contains(folder))],
        };

    private (ContextFacts Context, HashSet<string> LetIn, ImmutableArray<Diagnostic> Links) Context(
        InputScope scope,
        ImmutableArray<string> buildInputs
    )
    {
        var isRepository = scope is InputScope.Repository;
        var content = new SecretContent(_inputs.Context);
        var others = _root.All().Where(folder => folder.Path.Length > 0 && folder.HoldsProject && !_own.Contains(folder.Path)).ToList();
        var projects = new LetInProjects(_inputs.Context, _root, _inputs);
        var letIn = isRepository ? projects.Find(others) : [];
        var gone = others.Select(other => other.Path).Where(other => !letIn.Contains(other)).ToHashSet(StringComparer.Ordinal);
        var links = Links(isRepository, gone);
        List<string> named =
        [
            .. letIn,
            .. links.Targets,
            .. buildInputs,
            .. _inputs.RestoreInputs,
            .. _inputs.OutsideFiles,
            .. _inputs.LocalFeeds,
        ];
        var lines = new OtherProjects(gone, _own, named)
            .Lines(_root)
            .Concat(
                letIn
                    .Where(folder => ContextPath.Nearest(folder, gone) is not null)
                    .Order(StringComparer.Ordinal)
                    .Select(folder => "!" + LiteralPattern.Of(folder))
            );
        return (
            new()
            {
                Scope = scope,
                OtherProjects = isRepository ? [.. lines] : [],
                GitIgnored = isRepository ? _scanned.GitIgnored : [],
                BuildNames = _scanned.BuildNames,
                LinkTargets = [.. links.Targets],
                TargetNames = [.. Ignored(projects.OfTargets.Concat(_inputs.NamedPaths))],
                NamedFiles = [.. Withheld(_inputs.NamedPaths)],
                BuildInputs = buildInputs,
                SecretFiles = [.. Paths(file => LeftOutNames.IsSecretInOtherCase(file.Path) || content.HoldsSecret(file))],
                PublicFiles = [.. Paths(content.IsPublic)],
            },
            letIn,
            [.. links.Leaving.Select(link => Codes.LinkLeavesContext.With(link.Key, link.Value))]
        );
    }

    // What Git ignores and a target names: the client that was built before, say.
    private SortedSet<string> Ignored(IEnumerable<string> names)
    {
        var ignored = IgnoreRules.Parse(string.Join('\n', _scanned.GitIgnored));
        var found = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var name in names.Where(name => ContextPath.Nearest(name, _own) is null))
        {
            var star = name.IndexOf('*', StringComparison.Ordinal);
            var path = star < 0 ? name : ContextPath.Parent(name[..star]);
            if (path.Length > 0 && (ignored.IsExcluded(path) || ignored.IsExcluded(path + "/any")))
            {
                found.UnionWith(Path.Exists(Path.Combine(_inputs.Context, path)) ? [path] : []);
            }
            else if (star >= 0 && path.Length > 0 && Directory.Exists(Path.Combine(_inputs.Context, path)))
            {
                var pattern = IgnoreRules.None.With([name]);
                found.UnionWith(
                    Files(path)
                        .Where(file => pattern.IsExcluded(file) && ignored.IsExcluded(file) && !LeftOutNames.NeedsNaming(file))
                );
            }
        }

        return found;
    }

    // A name that would keep a file out does not where a target or a property says it. What a pattern finds is no secret that is meant, nor
    // what follows from the image; of what builds write, it is the neighbours of an assembly that is sent.
    private SortedSet<string> Withheld(IEnumerable<string> names)
    {
        var isPattern = names.ToLookup(name => name.Contains('*', StringComparison.Ordinal));
        var patterns = IgnoreRules.None.With(isPattern[true]);
        var files = isPattern[false].Where(name => File.Exists(Path.Combine(_inputs.Context, name)));
        var assemblies = _inputs.NamedFiles.Where(LeftOutNames.IsOutput).Select(ContextPath.Parent).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. files.Where(name => LeftOutNames.NeedsNaming(name) && !LeftOutNames.IsOutput(name)),
            .. Paths(file => LeftOutNames.NeedsNaming(file.Name) && !IsMeantByName(file.Path) && patterns.IsExcluded(file.Path)),
            .. assemblies.SelectMany(Files).Where(file => patterns.IsExcluded(file) && !IsMeantByName(file)),
        ];
    }

    private static bool IsMeantByName(string file) =>
        LeftOutNames.IsSecret(file) || file.EndsWith(".size.json", StringComparison.Ordinal);

    private IEnumerable<string> Files(string folder) =>
        Directory
            .EnumerateFiles(Path.Combine(_inputs.Context, folder), "*", new EnumerationOptions { RecurseSubdirectories = true })
            .Select(file => ContextPath.Relative(_inputs.Context, file));

    private ContextLinks Links(bool isRepository, HashSet<string> gone)
    {
        var links = new ContextLinks(_inputs.Context);
        var followed = _root
            .AllFiles()
            .Where(file =>
                file.Link is not null
                && (
                    isRepository
                        ? ContextPath.Nearest(file.Path, gone.Concat(_own)) is not { } nearest || !gone.Contains(nearest)
                        : ContextPath.Nearest(file.Path, _own) is not null
                )
            );
        foreach (var file in followed)
        {
            links.Follow(file);
        }

        return links;
    }

    private IEnumerable<string> Paths(Func<ContextFile, bool> isMeant) => _root.AllFiles().Where(isMeant).Select(file => file.Path);
}
