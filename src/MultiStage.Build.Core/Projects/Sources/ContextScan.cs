using System.Collections.Immutable;
using MultiStage.Build.Context;
using MultiStage.Build.Projects.Closure;

namespace MultiStage.Build.Projects.Sources;

/// <summary>
/// Reads the build context once: its folders and files without what builds write, without history, and without what .gitignore files leave
/// out elsewhere than in the folders of the projects that are built.
/// </summary>
internal sealed class ContextScan
{
    private static readonly EnumerationOptions Everything = new() { AttributesToSkip = 0, IgnoreInaccessible = true };

    private readonly string _context;
    private readonly HashSet<string> _own;
    private readonly HashSet<string> _outputs;
    private readonly List<string> _buildNames = [];
    private readonly List<string> _patterns = [];
    private IgnoreRules _ignored = IgnoreRules.None;

    private ContextScan(string context, IEnumerable<string> own, IEnumerable<string> outputs)
    {
        _context = context;
        _own = own.ToHashSet(StringComparer.Ordinal);
        _outputs = outputs.ToHashSet(StringComparer.Ordinal);
    }

    /// <param name="context">Its absolute path.</param>
    /// <param name="own">The folders of the projects that are built.</param>
    /// <param name="outputs">What their builds write.</param>
    public static ScannedContext Read(string context, IEnumerable<string> own, IEnumerable<string> outputs)
    {
        var scan = new ContextScan(context, own, outputs);
        var isOwn = scan._own.Contains("");
        scan.IgnoreAsAbove();
        var root = scan.Read(new(context), "", isOwn, IgnoreRules.NoMatch);
        return new(root, [.. scan._patterns.Where(pattern => !LeftOutNames.Covers(pattern))], [.. scan._buildNames]);
    }

    // A repository's .gitignore counts where the context is a folder of it, too.
    private void IgnoreAsAbove()
    {
        if (ContextPath.Ancestors(_context).FirstOrDefault(folder => Path.Exists(Path.Combine(folder, ".git"))) is { } repository)
        {
            foreach (var folder in ContextPath.Ancestors(_context, repository).Skip(1).Reverse())
            {
                Ignore(folder, text => GitIgnoreFile.PatternsAbove(text, ContextPath.Relative(folder, _context)), counts: true);
            }
        }
    }

    private void Ignore(string folder, Func<string, IEnumerable<string>> patterns, bool counts)
    {
        var file = Path.Combine(folder, ".gitignore");
        if (File.Exists(file))
        {
            var added = patterns(File.ReadAllText(file)).ToList();
            _patterns.AddRange(counts ? added : []);
            _ignored = _ignored.With(added);
        }
    }

    private ContextFolder Read(DirectoryInfo directory, string path, bool isOwn, int inherited)
    {
        Ignore(directory.FullName, text => GitIgnoreFile.Patterns(text, path), counts: !isOwn);
        var folder = new ContextFolder(path);
        var entries = directory.EnumerateFileSystemInfos("*", Everything).OrderBy(entry => entry.Name, StringComparer.Ordinal).ToList();
        var isProjects = entries.Exists(entry => entry is FileInfo && ForeignProjects.IsProject(entry.Name));
        foreach (var entry in entries.Where(entry => entry.Name is not (".git" or "node_modules")))
        {
            var below = path.Length == 0 ? entry.Name : $"{path}/{entry.Name}";
            var isOwnEntry = isOwn || _own.Contains(below);
            var match = _ignored.LastMatch(below, inherited);
            if (_outputs.Contains(below) || (!isOwnEntry && IsLeftOut(below, match)) || IsOutput(below, entry.Name, isProjects))
            {
                continue;
            }

            if (entry is DirectoryInfo { LinkTarget: null } child)
            {
                folder.Folders.Add(Read(child, below, isOwnEntry, match));
            }
            else
            {
                folder.Files.Add(
                    new(below, entry is FileInfo { LinkTarget: null } file ? file.Length : 0, entry.LinkTarget, _ignored.IsExcluded(match))
                );
            }
        }

        return folder;
    }

    // A project that is built may lie below a folder that is left out.
    private bool IsLeftOut(string path, int match) => _ignored.IsExcluded(match) && !_own.Any(own => ContextPath.IsBelow(path, own));

    // Of other folders with these names nothing is known: there are sources in them somewhere, or programs.
    private bool IsOutput(string path, string name, bool isProjects)
    {
        if (name is not ("bin" or "obj"))
        {
            return false;
        }

        if (isProjects && !_own.Contains(path))
        {
            return true;
        }

        _buildNames.Add(path);
        return false;
    }
}

/// <param name="Root">Its folders and files.</param>
/// <param name="GitIgnored">What .gitignore files leave out, as patterns of a .dockerignore.</param>
/// <param name="BuildNames">What has the name of a folder that builds write, and is none.</param>
internal sealed record ScannedContext(ContextFolder Root, ImmutableArray<string> GitIgnored, ImmutableArray<string> BuildNames);
