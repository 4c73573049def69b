namespace MultiStage.Build.Tests;

/// <summary>Where this repository lies, for tests that read its sources.</summary>
internal static class RepositoryRoot
{
    private static readonly Lazy<string> s_path = new(Find);

    /// <summary>Its absolute path.</summary>
    public static string Path => s_path.Value;

    /// <summary>Joins a path to it.</summary>
    /// <param name="parts">The path below it.</param>
    /// <returns>The absolute path.</returns>
    public static string Combine(params string[] parts) => System.IO.Path.Combine([Path, .. parts]);

    // Not from the compiler's CallerFilePath: deterministic builds map the source paths.
    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "MultiStage.Build.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"No folder above '{AppContext.BaseDirectory}' holds MultiStage.Build.sln.");
    }
}
