using MultiStage.Build.Context;
using MultiStage.Build.Diagnostics;

namespace MultiStage.Build.Projects.Closure;

/// <summary>Finds the folder that is the build context.</summary>
internal static class ContextLocator
{
    /// <summary>Finds the build context of a closure.</summary>
    /// <param name="configured">The value of <c>ContainerBuildContext</c>, absolute; empty for the default.</param>
    /// <param name="project">The published project's absolute path.</param>
    /// <param name="inputs">Absolute paths of all that the closure reads from repositories.</param>
    /// <exception cref="MultiStageException"><see cref="Codes.ContextUnusable"/>.</exception>
    /// <returns>The folder's absolute path: the one configured, else the repository's root, else the closest folder that holds every input
    /// and the configuration above them.</returns>
    public static string Locate(string configured, string project, IEnumerable<string> inputs)
    {
        if (configured.Length == 0)
        {
            return RepositoryRoot(project) ?? ContextPath.CommonFolder([project, .. inputs, .. ConfigurationAbove(project)]);
        }

        var folder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(configured));
        if (!Directory.Exists(folder))
        {
            throw Unusable(configured, "does not exist");
        }

        return ContextPath.Contains(folder, project) ? folder : throw Unusable(configured, $"does not hold the project '{project}'");
    }

    /// <summary>Finds the build context of stages that are not made of a .NET project.</summary>
    /// <param name="configured">The value of <c>ContainerBuildContext</c>, absolute; empty for the default.</param>
    /// <param name="written">The same as it is written, for the message.</param>
    /// <param name="project">The project's absolute path.</param>
    /// <param name="dockerfile">The existing Dockerfile's absolute path; null where items describe the stages.</param>
    /// <exception cref="MultiStageException"><see cref="Codes.ContextUnusable"/>.</exception>
    /// <returns>The folder's absolute path: the one configured, else the Dockerfile's, else the project's.</returns>
    public static string LocateStages(string configured, string written, string project, string? dockerfile)
    {
        if (configured.Length == 0)
        {
            return Path.GetDirectoryName(dockerfile ?? project)!;
        }

        var folder = Path.TrimEndingDirectorySeparator(configured);
        return Directory.Exists(folder) ? folder : throw Unusable(written, "does not exist");
    }

    private static MultiStageException Unusable(string configured, string why) =>
        Codes.ContextUnusable.ErrorAbout("ContainerBuildContext", configured, why);

    // Without a repository nothing marks the root, so NuGet and SDK configuration counts as an input, up to what is the user's or the
    // machine's own.
    private static IEnumerable<string> ConfigurationAbove(string project)
    {
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        return ContextPath
            .Ancestors(Path.GetDirectoryName(project)!)
            .TakeWhile(folder => Path.GetDirectoryName(folder) is not null && (home.Length == 0 || !ContextPath.Contains(folder, home)))
            .SelectMany(RestoreInputs.ConfigurationFiles);
    }

    // In a linked work tree and in a submodule .git is a file.
    private static string? RepositoryRoot(string project) =>
        ContextPath.Ancestors(Path.GetDirectoryName(project)!).FirstOrDefault(folder => Path.Exists(Path.Combine(folder, ".git")));
}
