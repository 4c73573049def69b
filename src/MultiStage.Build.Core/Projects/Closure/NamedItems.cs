using MultiStage.Build.Context;
using MultiStage.Build.Projects.Evaluation;

namespace MultiStage.Build.Projects.Closure;

/// <summary>Finds among the files that a project's items name those that do not come with the project's folder.</summary>
/// <param name="folder">The project's folder, absolute.</param>
internal sealed class NamedItems(string folder, FileQueries queries)
{
    private readonly Dictionary<string, bool> _foreign = new(StringComparer.Ordinal);

    /// <summary>Whether a file has to be asked for: it lies elsewhere, or below another project's folder, or has a name that is kept
    /// out.</summary>
    /// <param name="path">The file's absolute path.</param>
    /// <param name="isRead">Whether builds read it; of others only those elsewhere count, which somebody has named on purpose.</param>
    /// <returns>Whether it has to be; a file that is not there has not.</returns>
    public bool MustBeNamed(string path, bool isRead) =>
        (
            ContextPath.Contains(folder, path)
                ? isRead && (LeftOutNames.NeedsNaming(path[folder.Length..]) || IsForeign(Path.GetDirectoryName(path)!))
                : true
        ) && queries.FileExists(path);

    private bool IsForeign(string below)
    {
        if (below.Length <= folder.Length)
        {
            return false;
        }

        if (!_foreign.TryGetValue(below, out var foreign))
        {
            foreign =
                IsForeign(Path.GetDirectoryName(below)!)
                || (
                    queries.DirectoryExists(below)
                    && queries.List(new(below, "*.*proj", Recursive: false, EntryKinds.Files)).Any(ForeignProjects.IsProject)
                );
            _foreign.Add(below, foreign);
        }

        return foreign;
    }
}
