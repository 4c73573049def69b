using System.Collections.Immutable;
using MultiStage.Build.Context;
using MultiStage.Build.Projects.Evaluation;

namespace MultiStage.Build.Projects.Closure;

/// <summary>
/// Finds the files that property functions such as <c>System.IO.File::ReadAllText</c> may read. They go around MSBuild's file system, so
/// that every file counts that the text names: beside the import, and from the projects' folders upwards.
/// </summary>
internal static class FunctionReads
{
    /// <summary>Finds the files.</summary>
    /// <param name="imports">The project files and imports of the repository, absolute.</param>
    /// <param name="projectFolders">The projects' folders, absolute.</param>
    /// <returns>The files, absolute; none where no such function is called.</returns>
    public static ImmutableArray<string> Of(ImmutableArray<string> imports, IEnumerable<string> projectFolders)
    {
        var scans = imports
            .Where(File.Exists)
            .Select(import => (Folder: Path.GetDirectoryName(import)!, Scan: ImportScan.Of(import)))
            .ToList();
        if (!scans.Any(scan => scan.Scan.Unforeseeable is not null))
        {
            return [];
        }

        var names = scans.SelectMany(scan => scan.Scan.Files).Where(name => name.Length > 1).Distinct(StringComparer.Ordinal).ToList();
        return
        [
            .. scans
                .Select(scan => scan.Folder)
                .Concat(projectFolders.SelectMany(folder => ContextPath.Ancestors(folder)))
                .Distinct(StringComparer.Ordinal)
                .SelectMany(folder => names.Select(name => Path.Combine(folder, name)))
                .Where(File.Exists)
                .Select(Path.GetFullPath)
                .Distinct(StringComparer.Ordinal),
        ];
    }
}
