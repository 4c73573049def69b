namespace MultiStage.Build.Context;

/// <summary>Paths inside a build context: relative to it, with forward slashes, the context itself being the empty path.</summary>
public static class ContextPath
{
    /// <summary>Whether <paramref name="path"/> is <paramref name="folder"/> or lies below it.</summary>
    /// <param name="folder">An absolute path.</param>
    /// <param name="path">An absolute path.</param>
    /// <param name="host">The system that the paths are of; by default this one.</param>
    /// <returns>Whether it does; text alone decides, no link is followed.</returns>
    public static bool Contains(string folder, string path, HostSystem? host = null)
    {
        host ??= HostSystem.This;
        var (above, below) = (host.WithSlashes(folder).TrimEnd('/'), host.WithSlashes(path));
        return below.StartsWith(above, host.Comparison) && (below.Length == above.Length || below[above.Length] == '/');
    }

    /// <summary>Makes an absolute path relative to the context.</summary>
    /// <param name="context">The context's absolute path.</param>
    /// <param name="path">An absolute path below it.</param>
    /// <param name="host">The system that the paths are of; by default this one.</param>
    /// <returns>The relative path, with the casing of the absolute one.</returns>
    public static string Relative(string context, string path, HostSystem? host = null)
    {
        host ??= HostSystem.This;
        var relative = Contains(context, path, host)
            ? host.WithSlashes(path)[host.WithSlashes(context).TrimEnd('/').Length..]
            : host.WithSlashes(Path.GetRelativePath(context, path));
        return GoPath.Clean("./" + relative.TrimStart('/')) is var clean and not "." ? clean : "";
    }

    /// <summary>The folder that a relative path lies in.</summary>
    /// <param name="path">A relative path.</param>
    /// <returns>The folder, empty for the context itself.</returns>
    public static string Parent(string path)
    {
        var slash = path.LastIndexOf('/');
        return slash < 0 ? "" : path[..slash];
    }

    /// <summary>Whether a relative path is a folder or lies below it.</summary>
    /// <param name="folder">A relative path; empty is the context, which holds everything.</param>
    /// <param name="path">A relative path.</param>
    public static bool IsBelow(string folder, string path) =>
        folder.Length == 0
        || (path.StartsWith(folder, StringComparison.Ordinal) && (path.Length == folder.Length || path[folder.Length] == '/'));

    /// <summary>The deepest of some folders that a path is or lies below.</summary>
    /// <param name="path">A relative path.</param>
    /// <returns>The folder; null where none holds it.</returns>
    public static string? Nearest(string path, IEnumerable<string> folders) =>
        folders.Where(folder => IsBelow(folder, path)).MaxBy(folder => folder.Length);

    /// <summary>The deepest folder that holds every one of the paths.</summary>
    /// <param name="paths">Absolute paths of files; at least one.</param>
    /// <returns>The folder's absolute path.</returns>
    public static string CommonFolder(IEnumerable<string> paths)
    {
        string? common = null;
        foreach (var path in paths)
        {
            common ??= Path.GetDirectoryName(path)!;
            while (!Contains(common, path))
            {
                common = Path.GetDirectoryName(common)
                    ?? throw new ArgumentException($"'{path}' shares no folder with the others.", nameof(paths));
            }
        }

        return common ?? throw new ArgumentException("There is no path.", nameof(paths));
    }

    /// <summary>The folders from one folder up to another, both included, innermost first.</summary>
    /// <param name="folder">An absolute path.</param>
    /// <param name="root">The absolute path to end at; null for the file system's root.</param>
    /// <returns>The absolute paths.</returns>
    public static IEnumerable<string> Ancestors(string folder, string? root = null)
    {
        for (var current = Path.TrimEndingDirectorySeparator(folder); current is not null; current = Path.GetDirectoryName(current))
        {
            if (root is not null && !Contains(root, current))
            {
                yield break;
            }

            yield return current;
        }
    }
}
