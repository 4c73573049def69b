using System.Collections.Immutable;
using MultiStage.Build.Context;

namespace MultiStage.Build.Projects.Closure;

/// <summary>Finds the folders below a closure's projects that belong to projects outside it, such as tests nested in an app's
/// folder.</summary>
internal static class ForeignProjects
{
    private static readonly EnumerationOptions Search = new() { AttributesToSkip = FileAttributes.ReparsePoint };

    /// <summary>Finds them.</summary>
    /// <param name="context">The build context's absolute path.</param>
    /// <returns>The folders, relative to the context; none lies below another unless a closure's folder lies between them.</returns>
    public static IEnumerable<string> Below(string context, ImmutableArray<ClosureProject> projects)
    {
        var own = projects.Select(p => p.Folder).ToHashSet(StringComparer.Ordinal);
        var outputs = projects.SelectMany(p => p.OutputFolders).ToHashSet(StringComparer.Ordinal);
        return projects
            .Select(p => p.Folder)
            .Distinct(StringComparer.Ordinal)
            .SelectMany(folder => Children(context, folder, own, outputs));
    }

    private static IEnumerable<string> Children(string context, string folder, HashSet<string> own, HashSet<string> outputs)
    {
        foreach (var child in Directory.EnumerateDirectories(Path.Combine(context, folder), "*", Search))
        {
            var relative = ContextPath.Relative(context, child);
            if (own.Contains(relative) || outputs.Contains(relative) || Path.GetFileName(child) is ".git" or "node_modules")
            {
                continue;
            }

            if (Directory.EnumerateFiles(child, "*.*proj", Search).Any(IsProject))
            {
                yield return relative;
            }
            else
            {
                foreach (var deeper in Children(context, relative, own, outputs))
                {
                    yield return deeper;
                }
            }
        }
    }

    /// <summary>Whether a file is a project's. A shared project has no build of its own; its files are other projects' items.</summary>
    public static bool IsProject(string file) =>
        Path.GetExtension(file) is ".csproj" or ".fsproj" or ".vbproj" or ".sqlproj" or ".esproj" or ".wixproj" or ".vcxproj" or ".proj";
}
