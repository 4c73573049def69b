using System.Collections.Immutable;
using System.Globalization;
using MultiStage.Build.Context;
using MultiStage.Build.Diagnostics;
using MultiStage.Build.Projects.Closure;

namespace MultiStage.Build.Projects.Sources;

/// <summary>What a build sends of its context, once all rules are known.</summary>
/// <param name="facts">What was read from the project.</param>
/// <param name="isExcluded">Whether the rules leave a path out.</param>
/// <param name="isExcludedByUser">Whether the context's own <c>.dockerignore</c> does.</param>
internal sealed class SentFiles(ProjectFacts facts, ContextFolder root, Func<string, bool> isExcluded, Func<string, bool> isExcludedByUser)
{
    private const long LargeFolder = 50_000_000;

    private const int MostNames = 5;

    private const string GitHead = ".git/HEAD";

    private readonly HashSet<string> _own = facts.Inputs.Projects.Select(project => project.Folder).ToHashSet(StringComparer.Ordinal);

    /// <summary>Chooses what each stage copies.</summary>
    public ProjectFacts WithSources()
    {
        if (facts.Context.Scope is not InputScope.Repository)
        {
            return facts;
        }

        var sources = new SourceFolders(root, path => !isExcluded(path));
        return facts with
        {
            Closure = Apart(facts.Closure),
            Healthcheck = facts.Healthcheck is { Program: { Closure: { } closure } program } check
                ? check with
                {
                    Program = program with { Closure = Apart(closure) },
                }
                : facts.Healthcheck,
            Tests = [.. facts.Tests.Select(test => test with { Closure = test.Closure with { Sources = OfTest(test.Closure) } })],
        };

        ClosureFacts Apart(ClosureFacts closure) =>
            closure with
            {
                Sources = sources.For([.. Folders(closure)], [.. _own.Except(Folders(closure)), .. Published]),
            };
    }

    /// <summary>Warns of what a reader would not expect to be sent, or to be left out.</summary>
    public IEnumerable<Diagnostic> Warnings()
    {
        foreach (
            var (folder, size) in facts.Context.Scope is InputScope.Repository ? Unowned(root).Where(found => found.Size > LargeFolder) : []
        )
        {
            yield return Codes.LargeFolderSent.With(folder.Path, string.Create(CultureInfo.InvariantCulture, $"{size / 1e6:0} MB"));
        }

        if (isExcluded(GitHead) && Path.Exists(Path.Combine(facts.Closure.Context, ".git")))
        {
            foreach (var command in GitCommands.Of(facts.Closure.Context, facts.Inputs.RestoreInputs))
            {
                yield return Codes.GitNotSent.With(command.Text) with
                {
                    Location = new(command.File, command.Line, 1),
                };
            }
        }

        var secrets = root.AllFiles()
            .Where(file => LeftOutNames.IsSecret(file.Path) && !facts.Context.PublicFiles.Contains(file.Path))
            .ToLookup(file => isExcluded(file.Path));
        // What Git ignores is not looked at outside the projects, but a project may name it.
        var sent = secrets[false]
            .Select(file => file.Path)
            .Union(
                facts.Inputs.NamedFiles.Concat(facts.Context.NamedFiles).Where(file => LeftOutNames.IsSecret(file) && !isExcluded(file)),
                StringComparer.Ordinal
            )
            .Order(StringComparer.Ordinal)
            .ToList();
        if (sent.Count > 0)
        {
            yield return Codes.SecretSent.With(Names(sent));
        }

        // What Git keeps is likely to be no secret, and then a build may read it.
        var left = secrets[true]
            .Where(file => !file.IsGitIgnored && !isExcluded(ContextPath.Parent(file.Path)) && !isExcludedByUser(file.Path))
            .ToList();
        if (left.Count > 0 && facts.Context.Scope is InputScope.Repository)
        {
            yield return Codes.SecretLeftOut.With(Names([.. left.Select(file => file.Path)]));
        }
    }

    // What a stage before has copied is there.
    private ImmutableArray<string> OfTest(ClosureFacts test) =>
        [
            .. Folders(test)
                .Except(Folders(facts.Closure))
                .Where(folder => folder.Length > 0)
                .Select(folder => folder + "/")
                .Order(StringComparer.Ordinal),
        ];

    // A stage that builds something else is not built again for a changed app.
    private IEnumerable<string> Published => facts.PublishedFolder is { } published ? [published] : [];

    private static IEnumerable<string> Folders(ClosureFacts closure) =>
        closure.Projects.Select(project => project.Folder).Distinct(StringComparer.Ordinal);

    private static string Names(List<string> files) =>
        string.Join(", ", files.Take(MostNames).Select(file => $"'{file}'"))
        + (files.Count > MostNames ? $" and {files.Count - MostNames} more" : "");

    private IEnumerable<(ContextFolder Folder, long Size)> Unowned(ContextFolder folder) =>
        folder.Folders.SelectMany(child =>
            _own.Contains(child.Path) ? []
            : child.All().Any(below => _own.Contains(below.Path)) ? Unowned(child)
            : [(child, child.AllFiles().Where(file => !isExcluded(file.Path)).Sum(file => file.Length))]
        );
}
