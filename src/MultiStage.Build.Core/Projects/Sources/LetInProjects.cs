using MultiStage.Build.Context;
using MultiStage.Build.Projects.Closure;

namespace MultiStage.Build.Projects.Sources;

/// <summary>Finds the projects outside a closure that its build may need all the same: a target builds or runs them, or reads what lies
/// beside them.</summary>
/// <param name="context">The context's absolute path.</param>
internal sealed class LetInProjects(string context, ContextFolder root, ClosureFacts closure)
{
    // More files than these make a folder of a reader's list.
    private const int MostNamedFiles = 3;

    private const long LongestText = 4_000_000;

    private readonly Mentions _mentions = new();
    private readonly List<string> _own = [.. closure.Projects.Select(project => project.Folder).Distinct(StringComparer.Ordinal)];

    /// <summary>What the targets name that were read, relative to the context: files, folders and patterns that may be there.</summary>
    public IEnumerable<string> OfTargets => _mentions.OfTargets;

    /// <param name="others">The folders of the projects outside the closure.</param>
    public HashSet<string> Find(IReadOnlyCollection<ContextFolder> others)
    {
        foreach (var file in closure.RestoreInputs)
        {
            ReadProject(file, closure.Projects.Any(project => project.Path == file) ? [ContextPath.Parent(file)] : _own, isEvaluated: true);
        }

        foreach (var folder in _own.Select(root.Find).OfType<ContextFolder>())
        {
            ReadFolder(folder, others.Select(other => other.Path).ToHashSet(StringComparer.Ordinal));
        }

        var letIn = others
            .Where(other => closure.OutsideFiles.Count(file => ContextPath.IsBelow(other.Path, file)) > MostNamedFiles)
            .ToHashSet();
        var added = letIn.ToList();
        // What is let in may name others in turn, its references first of all.
        while (added.Count > 0 || letIn.Count == 0)
        {
            added.ForEach(ReadOther);
            var patterns = IgnoreRules.None.With(_mentions.Patterns);
            added =
            [
                .. others.Where(other =>
                    !letIn.Contains(other)
                    && (_mentions.Name(other.Path, Projects(other)) || other.AllFiles().Any(file => patterns.IsExcluded(file.Path)))
                ),
            ];
            letIn.UnionWith(added);
            if (added.Count == 0)
            {
                break;
            }
        }

        return [.. letIn.Select(other => other.Path)];
    }

    private static IEnumerable<string> Projects(ContextFolder folder) =>
        folder.Files.Where(file => ForeignProjects.IsProject(file.Path)).Select(file => file.Name);

    private void ReadOther(ContextFolder other)
    {
        foreach (var file in other.Files.Where(file => ForeignProjects.IsProject(file.Path)))
        {
            ReadProject(file.Path, [other.Path], isEvaluated: false);
        }

        ReadFolder(other, new HashSet<string>());
    }

    private void ReadFolder(ContextFolder folder, HashSet<string> others)
    {
        foreach (var file in folder.Files.Where(IsRead))
        {
            if (
                file.Name.EndsWith(".targets", StringComparison.OrdinalIgnoreCase)
                || file.Name.EndsWith(".props", StringComparison.OrdinalIgnoreCase)
            )
            {
                ReadProject(file.Path, _own, isEvaluated: true);
            }
            else
            {
                _mentions.AddText(Text(file.Path));
            }
        }

        foreach (var child in folder.Folders.Where(child => !others.Contains(child.Path)))
        {
            ReadFolder(child, others);
        }
    }

    private void ReadProject(string file, IReadOnlyCollection<string> folders, bool isEvaluated) =>
        _mentions.AddProject(Text(file), folders, isEvaluated);

    private string Text(string file)
    {
        var info = new FileInfo(Path.Combine(context, file.Replace('/', Path.DirectorySeparatorChar)));
        return info.Exists && info.Length <= LongestText ? File.ReadAllText(info.FullName) : "";
    }

    // What tools of a build take paths from.
    private static bool IsRead(ContextFile file) =>
        file.Link is null
        && (
            Path.GetExtension(file.Name).ToUpperInvariant()
                is ".PROPS"
                    or ".TARGETS"
                    or ".TASKS"
                    or ".PUBXML"
                    or ".RESX"
                    or ".PROTO"
                    or ".RULESET"
                    or ".RUNSETTINGS"
                    or ".RSP"
                    or ".NUSPEC"
                    or ".XSD"
                    or ".WSDL"
                    or ".TT"
                    or ".SH"
                    or ".PS1"
                    or ".CMD"
                    or ".BAT"
                    or ".PY"
            || file.Name is "Makefile" or "package.json" or "tsconfig.json"
            || file.Name.Contains(".config.", StringComparison.OrdinalIgnoreCase)
        );
}
