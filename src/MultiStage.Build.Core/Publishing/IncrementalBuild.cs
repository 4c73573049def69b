using System.Security.Cryptography;
using System.Text;

namespace MultiStage.Build.Publishing;

/// <summary>
/// Lets a build start from what an earlier build of the same projects left, so that MSBuild compiles only what changed and the result is that of
/// a build from nothing. A file's time is made to say whether its content changed; what times do not tell MSBuild starts from nothing.
/// </summary>
/// <remarks>
/// <para>Where the set of files, a file that belongs to no project, a file that MSBuild evaluates, what restore wrote, the SDK, the environment or
/// the command line differ, the earlier build is another one: it is not found by its key.</para>
/// <para>Otherwise a file with the content that it had gets the time that it had, and one that changed is newer than everything. Of a project with
/// changed files nothing is kept but its reference assembly, which the compiler replaces only when it differs, and by whose time MSBuild knows
/// whether those who reference it compile again. Of the published project only what its compilation reads and writes is kept: whatever
/// publishing makes of other projects' outputs is made anew.</para>
/// </remarks>
public sealed class IncrementalBuild
{
    // How projects run what other projects make, with all it loads, or publish what they reference: of that no time tells.
    private static readonly string[] RunsProjects = ["UsingTask", "<Exec", "<Analyzer ", "BlazorWebAssembly"];

    private readonly BuildStore _store;
    private readonly SourceTree _tree;
    private readonly IReadOnlyList<TreeProject> _projects;
    private readonly string _entry;
    private readonly IReadOnlyCollection<string>? _reads;
    private readonly string _key;
    private readonly bool _isUsable;

    private IncrementalBuild(BuildStore store, SourceTree tree, string entry, IReadOnlyCollection<string> surroundings)
    {
        (_store, _tree, _entry) = (store, tree, entry);
        _projects = tree.Projects();
        _isUsable = _projects.Any(project => project.File == entry) && !_projects.Any(project => project.Weaves);
        var texts = tree.EvaluatedTexts();
        var code = MSBuildCode.Read(texts, name => Surroundings.Give(surroundings, name));
        _reads = code is null ? null : ContentReads.Find(code);
        _key = Key(surroundings, texts, code is null ? null : CompilerParts.Find(code, _projects));
    }

    /// <summary>Puts back what an earlier build left, as far as it is still right, and sets the times of what changed.</summary>
    /// <param name="store">Where builds are kept.</param>
    /// <param name="root">The folder that the projects lie in; the sources are there, restored, and nothing is built.</param>
    /// <param name="entry">The published project's absolute path.</param>
    /// <param name="surroundings">What else decides the result: the SDK, the command line, the environment.</param>
    /// <param name="now">The time, in UTC.</param>
    /// <returns>The build, to be completed, and what became of the earlier one in one sentence.</returns>
    public static (IncrementalBuild Build, string Outcome) Begin(
        BuildStore store, string root, string entry, IReadOnlyCollection<string> surroundings, DateTime now)
    {
        var tree = SourceTree.Read(root);
        var build = new IncrementalBuild(store, tree, ContextPath.Relative(root, entry), surroundings);
        return build.Begin(now);
    }

    /// <summary>Keeps what the build left, once everything has succeeded.</summary>
    /// <returns>Whether it was kept.</returns>
    public bool Complete()
    {
        var after = SourceTree.Read(_tree.Root).Files;
        var outputs = after.Values.Where(file => !_tree.Files.ContainsKey(file.Path)).ToList();
        // A source that a build writes is another one for the next. A file that is nobody's could be what a target skips then, and it would be
        // missing. One that MSBuild code reads may say something else once it is there before the build.
        if (!_isUsable
            || _tree.Files.Values.Any(file => after.GetValueOrDefault(file.Path)?.Hash != file.Hash)
            || outputs.Any(file => file.IsLink || OwnersOf(file.Path).Count == 0 || IsRead(file.Path)))
        {
            return false;
        }

        var kept = outputs.Where(IsKept)
            .Select(file => new OutputFile(file.Path, file.Hash, file.Time, ModeOf(Path.Combine(_tree.Root, file.Path))));
        _store.Save(_key, new BuildRecord([.. _tree.Files.Values], [.. kept]), _tree.Root);
        return true;
    }

    private (IncrementalBuild Build, string Outcome) Begin(DateTime now)
    {
        if (!_isUsable)
        {
            return (this, "The projects are built from nothing: a package rewrites assemblies after they are compiled.");
        }

        // A clock that went back would make what changed look older than what was built from it.
        if (_store.Find(_key) is not { } record || record.Latest >= now || !_store.Holds(record))
        {
            // What comes later has to be newer.
            Stamp(file => file.Time < now ? file.Time : now);
            return (this, "The projects are built from nothing: no earlier build was of the same files, SDK, properties and packages.");
        }

        var recorded = record.Inputs.ToDictionary(file => file.Path, StringComparer.Ordinal);
        var changed = _tree.Files.Values.Where(file => recorded[file.Path].Hash != file.Hash).ToList();
        var changedFolders = changed.Select(file => FolderOf(file.Path)).ToHashSet(StringComparer.Ordinal);
        var restored = record.Outputs.Where(output => IsRestored(output.Path, changedFolders)).ToList();
        Restore(restored, recorded, now);
        return (this, changed.Count == 0
            ? "No source file changed since an earlier build, which is continued."
            : $"{changed.Count} source files changed since an earlier build, which is continued: {string.Join(", ", changed.Select(file => file.Path).Order(StringComparer.Ordinal).Take(5))}");
    }

    private void Restore(List<OutputFile> outputs, Dictionary<string, TreeFile> recorded, DateTime now)
    {
        try
        {
            Stamp(file => recorded[file.Path].Hash == file.Hash ? recorded[file.Path].Time : now);
            _store.Restore(outputs, _tree.Root);
        }
        catch
        {
            // Half of it would be worse than nothing.
            foreach (var output in outputs)
            {
                File.Delete(Path.Combine(_tree.Root, output.Path));
            }

            throw;
        }
    }

    // The times that a build saw are those of the next one too: also for what it did not change itself.
    private void Stamp(Func<TreeFile, DateTime> timeOf)
    {
        var files = (Dictionary<string, TreeFile>)_tree.Files;
        foreach (var file in _tree.Files.Values.ToList())
        {
            var time = timeOf(file);
            if (time != file.Time && !file.IsLink)
            {
                File.SetLastWriteTimeUtc(Path.Combine(_tree.Root, file.Path), time);
                files[file.Path] = file with { Time = time };
            }
        }
    }

    private bool IsKept(TreeFile file) =>
        // What these say comes from other projects too, and they are written in no time.
        !file.Path.EndsWith(".deps.json", StringComparison.Ordinal)
        && !file.Path.EndsWith(".runtimeconfig.json", StringComparison.Ordinal)
        && (!OwnersOf(file.Path).Any(owner => owner.File == _entry) || CompileOutput.Is(file.Path, EntryIntermediate));

    private bool IsRestored(string path, HashSet<string> changedFolders) =>
        OwnersOf(path) is var owners
        && (!owners.Any(owner => changedFolders.Contains(owner.Folder))
            || owners.Any(owner => CompileOutput.IsReferenceAssembly(path, owner)));

    private string EntryIntermediate => _projects.First(project => project.File == _entry).Intermediate;

    // By the folder that restore wrote into, by the project's own, or by a folder that is named after it.
    private List<TreeProject> OwnersOf(string path)
    {
        var intermediate = Nearest(path, project => project.Intermediate);
        if (intermediate.Count > 0)
        {
            return intermediate;
        }

        var folder = Nearest(path, project => project.Folder);
        return folder.Count > 0 && folder[0].Folder.Length > 0
            ? folder
            : [.. folder.Concat(_projects.Where(project => ContextPath.Parent(path).Split('/').Contains(project.Name, StringComparer.OrdinalIgnoreCase)))];
    }

    private List<TreeProject> Nearest(string path, Func<TreeProject, string> folder)
    {
        var holding = _projects.Where(project => ContextPath.IsBelow(folder(project), path)).ToList();
        var deepest = holding.Count == 0 ? 0 : holding.Max(project => folder(project).Length);
        return [.. holding.Where(project => folder(project).Length == deepest)];
    }

    private string FolderOf(string path) => Nearest(path, project => project.Folder)[0].Folder;

    // By MSBuild code that takes its content into properties and items: of that no time tells.
    private bool IsRead(string path) => _reads is not null && MSBuildCode.EndsWithOneOf(path, _reads);

    private string Key(IEnumerable<string> surroundings, IReadOnlyCollection<string> texts, IReadOnlyCollection<TreeProject>? compilerParts)
    {
        // A file that every target may depend on by its content has to be the same to the byte; of the others only their names.
        var mayRunAny = compilerParts is null || RunsProjects.Any(IsMentioned);
        var text = new StringBuilder();
        foreach (var part in surroundings.Order(StringComparer.Ordinal))
        {
            text.Append(part).Append('\0');
        }

        if (IsMentioned("SOURCE_DATE_EPOCH"))
        {
            text.Append(Environment.GetEnvironmentVariable("SOURCE_DATE_EPOCH")).Append('\0');
        }

        foreach (var file in _tree.Files.Values.OrderBy(file => file.Path, StringComparer.Ordinal))
        {
            var mustBeEqual = _reads is null || IsRead(file.Path) || file.IsLink || SourceTree.IsMSBuildFile(file.Path) || Path.GetFileName(file.Path) is ".editorconfig" or ".globalconfig"
                || _projects.Any(project => ContextPath.IsBelow(project.Intermediate, file.Path))
                || !_projects.Any(project => ContextPath.IsBelow(project.Folder, file.Path))
                || IsPart(file.Path);
            text.Append(file.Path).Append('\0').Append(mustBeEqual ? file.Hash : "").Append('\0');
        }

        return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));

        bool IsPart(string path) =>
            mayRunAny ? Nearest(path, project => project.Folder).TrueForAll(owner => owner.File != _entry)
            : compilerParts!.Count > 0 && Nearest(path, project => project.Folder).Exists(compilerParts.Contains);

        bool IsMentioned(string word) => texts.Any(file => file.Contains(word, StringComparison.Ordinal));
    }

    private static UnixFileMode ModeOf(string path) => OperatingSystem.IsWindows() ? default : File.GetUnixFileMode(path);
}
