using System.Collections.Immutable;
using System.Xml;
using System.Xml.Linq;

namespace MultiStage.Build.Facts;

/// <summary>Finds the files beside project files and imports that a restore reads, by the rules of NuGet and of the .NET host.</summary>
internal sealed class RestoreInputs
{
    private readonly string _context;

    /// <summary>Searches the folders of the projects and those above them, up to the context.</summary>
    /// <param name="context">The build context's absolute path.</param>
    /// <param name="projects">The closure's projects.</param>
    public RestoreInputs(string context, ImmutableArray<ClosureProject> projects)
    {
        _context = context;
        var projectFolders = projects.Select(p => Absolute(p.Folder)).Distinct(StringComparer.Ordinal).ToList();
        var folders = projectFolders.SelectMany(folder => ContextPath.Ancestors(folder, context)).Distinct(StringComparer.Ordinal).ToList();
        var configurations = folders.SelectMany(ConfigurationFiles).ToList();
        LocalFeeds = [.. configurations.Where(IsNuGetConfiguration).SelectMany(LocalFeedsOf).Select(feed => ContextPath.Relative(context, feed))];
        Files =
        [
            .. configurations
                .Concat(folders.Select(folder => Path.Combine(folder, ".config", "dotnet-tools.json")).Where(File.Exists))
                .Concat(projectFolders.SelectMany(LockFiles))
                .Select(file => ContextPath.Relative(context, file)),
        ];
    }

    /// <summary>The files, relative to the context.</summary>
    public ImmutableArray<string> Files { get; }

    /// <summary>The folders that NuGet configuration names as package sources, relative to the context.</summary>
    public ImmutableArray<string> LocalFeeds { get; }

    /// <summary>The NuGet and .NET SDK configuration that lies in a folder.</summary>
    /// <param name="folder">The folder's absolute path.</param>
    /// <returns>The files' absolute paths.</returns>
    public static IEnumerable<string> ConfigurationFiles(string folder)
    {
        // NuGet takes the file's name in any casing: https://learn.microsoft.com/nuget/consume-packages/configuring-nuget-behavior
        try
        {
            return Directory.EnumerateFiles(folder)
                .Where(file => IsNuGetConfiguration(file) || Path.GetFileName(file) == "global.json")
                .Order(StringComparer.Ordinal)
                .ToList();
        }
        catch (Exception exception) when (exception is UnauthorizedAccessException or DirectoryNotFoundException)
        {
            return [];
        }
    }

    // Beside another project, a project's lock file has the project's name in its own:
    // https://learn.microsoft.com/nuget/consume-packages/package-references-in-project-files#locking-dependencies
    private static IEnumerable<string> LockFiles(string folder) =>
        Directory.EnumerateFiles(folder, "packages.*lock.json");

    private static bool IsNuGetConfiguration(string file) =>
        Path.GetFileName(file).Equals("nuget.config", StringComparison.OrdinalIgnoreCase);

    private IEnumerable<string> LocalFeedsOf(string configuration)
    {
        foreach (var value in PackageSources(configuration))
        {
            var isUri = Uri.TryCreate(value, UriKind.Absolute, out var uri);
            if (isUri && !uri!.IsFile)
            {
                continue;
            }

            var path = isUri ? uri!.LocalPath : value.Replace('\\', Path.DirectorySeparatorChar);
            var feed = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path, Path.GetDirectoryName(configuration)!));
            if (!Directory.Exists(feed))
            {
                continue;
            }

            yield return ContextPath.Contains(_context, feed)
                ? feed
                : throw Diagnostics.InputOutsideContext.ErrorAbout("ContainerBuildContext", feed, configuration, _context, ContextPath.CommonFolder([feed, configuration]));
        }
    }

    private static IEnumerable<string> PackageSources(string configuration)
    {
        XDocument document;
        try
        {
            document = XDocument.Load(configuration);
        }
        catch (XmlException)
        {
            // NuGet itself reports a malformed file, with a better message, before this runs.
            return [];
        }

        return document.Descendants("packageSources").Elements("add")
            .Select(add => add.Attribute("value")?.Value)
            .Where(value => !string.IsNullOrWhiteSpace(value))
            .Select(value => Environment.ExpandEnvironmentVariables(value!));
    }

    private string Absolute(string relative) =>
        relative.Length == 0 ? _context : Path.Combine(_context, relative.Replace('/', Path.DirectorySeparatorChar));
}
