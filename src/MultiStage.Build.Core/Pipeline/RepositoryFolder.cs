namespace MultiStage.Build.Pipeline;

/// <summary>The folder that paths in reports are relative to.</summary>
/// <param name="Path">Its absolute path.</param>
internal sealed record RepositoryFolder(string Path)
{
    /// <summary>Finds the root of the Git repository that a file is in.</summary>
    /// <param name="file">The file's absolute path.</param>
    /// <returns>The root; the file's own folder where it is in no repository.</returns>
    public static RepositoryFolder Of(string file)
    {
        var own = System.IO.Path.GetDirectoryName(file)!;
        for (var folder = own; folder is not null; folder = System.IO.Path.GetDirectoryName(folder))
        {
            // A worktree and a submodule have a file of that name.
            if (Directory.Exists(System.IO.Path.Combine(folder, ".git")) || File.Exists(System.IO.Path.Combine(folder, ".git")))
            {
                return new(folder);
            }
        }

        return new(own);
    }

    /// <summary>Writes a path relative to the repository.</summary>
    /// <param name="path">An absolute path.</param>
    /// <returns>The path with forward slashes; as it is where it lies elsewhere.</returns>
    public string Relative(string path)
    {
        var relative = System.IO.Path.GetRelativePath(Path, path).Replace('\\', '/');
        return relative.StartsWith("../", StringComparison.Ordinal) || System.IO.Path.IsPathRooted(relative)
            ? path.Replace('\\', '/')
            : relative;
    }

    /// <summary>Writes a path relative to the repository, for a command line.</summary>
    /// <param name="path">An absolute path.</param>
    /// <returns>The path, in quotes where it has blanks.</returns>
    public string Quoted(string path) =>
        Relative(path) is var relative && relative.Contains(' ', StringComparison.Ordinal) ? $"\"{relative}\"" : relative;
}
