namespace MultiStage.Build.EndToEnd.Harness;

/// <summary>What the tests of one run share, and what is removed when the last of them has ended.</summary>
[TestClass]
public static class SuiteRun
{
    /// <summary>Unique to this run, so that two runs on one daemon stay out of each other's way.</summary>
    public static string Id { get; } = Guid.NewGuid().ToString("n")[..12];

    /// <summary>The folder that everything of this run is in, outside every repository.</summary>
    public static string Folder { get; } = RealPath(Directory.CreateTempSubdirectory("multistage-e2e-").FullName);

    /// <summary>The packages folder of this run: the user's own is neither trusted nor touched.</summary>
    public static string Packages => Path.Combine(Folder, "packages");

    /// <summary>The root of the repository under test.</summary>
    public static string Repository { get; } = FindRepository();

    /// <summary>Where the logs of failed tests are kept.</summary>
    public static string KeptLogs => Path.Combine(Repository, "artifacts", "end-to-end");

    [AssemblyCleanup]
    public static async Task RemoveEverything()
    {
        // Not at the end of each test: tests that publish the same files share an image, which one must not take from the other.
        await Daemon.RemoveImagesOfThisRunAsync();
        await ContainerdStore.RemoveImagesOfThisRunAsync();
        Directory.Delete(Folder, recursive: true);
    }

    private static string FindRepository()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "MultiStage.Build.sln")))
        {
            folder = Path.GetDirectoryName(folder)
                ?? throw new InvalidOperationException("The tests do not run from within their repository.");
        }

        return folder;
    }

    // A temporary folder may be reached through a link (it is on macOS), which MSBuild and NuGet resolve differently.
    private static string RealPath(string path)
    {
        var resolved = Path.GetPathRoot(path)!;
        foreach (var part in Path.GetRelativePath(resolved, path).Split(Path.DirectorySeparatorChar))
        {
            var next = new DirectoryInfo(Path.Combine(resolved, part));
            resolved = next.ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? next.FullName;
        }

        return resolved;
    }
}
