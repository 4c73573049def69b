namespace MultiStage.Build.Context;

/// <summary>Paths inside a build context: relative to it, with forward slashes, the context itself being the empty path.</summary>
public static class ContextPath
{
    private static readonly StringComparison FileSystemComparison =
        OperatingSystem.IsWindows() || OperatingSystem.IsMacOS() ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;

    /// <summary>Whether <paramref name="path"/> is <paramref name="folder"/> or lies below it.</summary>
    /// <param name="folder">An absolute path.</param>
    /// <param name="path">An absolute path.</param>
    /// <returns>Whether it does; text alone decides, no link is followed.</returns>
    public static bool Contains(string folder, string path)
    {
        folder = Path.TrimEndingDirectorySeparator(folder);
        return path.StartsWith(folder, FileSystemComparison)
            && (path.Length == folder.Length
                || Path.EndsInDirectorySeparator(folder)
                || path[folder.Length] == Path.DirectorySeparatorChar
                || path[folder.Length] == Path.AltDirectorySeparatorChar);
    }

    /// <summary>Makes an absolute path relative to the context.</summary>
    /// <param name="context">The context's absolute path.</param>
    /// <param name="path">An absolute path below it.</param>
    /// <returns>The relative path.</returns>
    public static string Relative(string context, string path)
    {
        var relative = Path.GetRelativePath(context, path).Replace('\\', '/');
        return relative == "." ? "" : relative.TrimEnd('/');
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
    /// <returns>Whether it does.</returns>
    public static bool IsBelow(string folder, string path) =>
        folder.Length == 0
        || (path.StartsWith(folder, StringComparison.Ordinal) && (path.Length == folder.Length || path[folder.Length] == '/'));

    /// <summary>The deepest of some folders that a path is or lies below.</summary>
    /// <param name="path">A relative path.</param>
    /// <param name="folders">Relative paths.</param>
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
