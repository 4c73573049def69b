using System.Collections.Immutable;
using MultiStage.Build.Context;

namespace MultiStage.Build.Projects.Sources;

/// <summary>
/// Chooses what a stage copies of a context that other stages build projects of, too: a changed test must not publish the app again. All
/// that belongs to no project is copied.
/// </summary>
internal sealed class SourceFolders(ContextFolder root, Func<string, bool> isSent)
{
    /// <summary>Chooses what a closure's stage copies.</summary>
    /// <param name="own">The folders of its projects.</param>
    /// <param name="others">The folders of projects that other stages build, and this one does not.</param>
    /// <returns>Files, and folders with a slash at the end; the context itself is <c>./</c>.</returns>
    public ImmutableArray<string> For(IReadOnlyCollection<string> own, IReadOnlyCollection<string> others)
    {
        var apart = others.Where(other => !own.Any(folder => ContextPath.IsBelow(other, folder))).ToHashSet(StringComparer.Ordinal);
        return [.. Below(root, apart)];
    }

    private IEnumerable<string> Below(ContextFolder folder, HashSet<string> apart)
    {
        if (apart.Contains(folder.Path) || !folder.AllFiles().Any(file => isSent(file.Path)))
        {
            return [];
        }

        return apart.Any(other => ContextPath.IsBelow(folder.Path, other))
            ? folder
                .Files.Where(file => isSent(file.Path))
                .Select(file => file.Path)
                .Concat(folder.Folders.SelectMany(child => Below(child, apart)))
            : [folder.Path.Length == 0 ? "./" : folder.Path + "/"];
    }
}
