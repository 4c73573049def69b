using System.Collections.Immutable;
using System.Xml;
using System.Xml.Linq;
using MultiStage.Build.Context;
using MultiStage.Build.Diagnostics;

namespace MultiStage.Build.Projects.Closure;

/// <summary>Finds the files beside project files and imports that a restore reads, by the rules of NuGet and of the .NET host.</summary>
/// <remarks>
/// NuGet.Configuration is not used: it merges the files of this machine and its user, which the container does not have, and the package
/// would have to carry it, since a task cannot rely on the version that an SDK has loaded.
/// </remarks>
internal sealed class RestoreInputs
{
    private static readonly string[] s_configurationNames = ["nuget.config", "NuGet.config", "NuGet.Config"];

    private readonly string _context;

    /// <summary>Searches the folders of the projects and those above them, up to the context.</summary>
    /// <param name="context">The build context's absolute path.</param>
    /// <param name="named">Files and folders that properties of a restore name, absolute: configuration, package sources, lock
    /// files.</param>
    public RestoreInputs(string context, ImmutableArray<ClosureProject> projects, ImmutableArray<string> named = default)
    {
        named = named.IsDefault ? [] : named;
        _context = context;
        var projectFolders = projects.Select(p => Absolute(p.Folder)).Distinct(StringComparer.Ordinal).ToList();
        var folders = projectFolders.SelectMany(folder => ContextPath.Ancestors(folder, context)).Distinct(StringComparer.Ordinal).ToList();
        var configurations = folders.SelectMany(ConfigurationFiles).ToList();
        RequireNamesOfLinux(configurations.Select(file => ContextPath.Relative(context, file)));
        LocalFeeds =
        [
            .. projectFolders
                .SelectMany(folder => LocalFeedsOf(ConfigurationsAbove(folder)))
                .Concat(LocalFeedsOf(named.Where(IsConfiguration)))
                .Concat(named.Where(Directory.Exists))
                .Distinct(StringComparer.Ordinal)
                .Select(feed => ContextPath.Relative(context, feed)),
        ];
        Files =
        [
            .. configurations
                .Concat(folders.SelectMany(ToolManifests).Where(File.Exists))
                .Concat(projects.Select(project => LockFile.Find(Absolute(project.Path), configured: null)).OfType<string>())
                .Concat(named.Where(File.Exists))
                .Select(file => ContextPath.Relative(context, file)),
        ];
    }

    /// <summary>The files, relative to the context.</summary>
    public ImmutableArray<string> Files { get; }

    /// <summary>The folders that NuGet configuration names as package sources, relative to the context.</summary>
    public ImmutableArray<string> LocalFeeds { get; }

    // Where `dotnet new tool-manifest` has written it up to .NET 9 and since .NET 10.
    private static IEnumerable<string> ToolManifests(string folder) =>
        [Path.Combine(folder, ".config", "dotnet-tools.json"), Path.Combine(folder, "dotnet-tools.json")];

    /// <summary>The NuGet and .NET SDK configuration that lies in a folder.</summary>
    /// <param name="folder">The folder's absolute path.</param>
    /// <returns>The files' absolute paths.</returns>
    public static IEnumerable<string> ConfigurationFiles(string folder)
    {
        try
        {
            var files = Directory.EnumerateFiles(folder).ToList();
            var configuration = files.Where(IsNuGetConfiguration).OrderBy(Rank).ThenBy(file => file, StringComparer.Ordinal).Take(1);
            return configuration
                .Concat(files.Where(file => Path.GetFileName(file) == "global.json"))
                .Order(StringComparer.Ordinal)
                .ToList();
        }
        catch (Exception exception) when (exception is UnauthorizedAccessException or DirectoryNotFoundException)
        {
            return [];
        }
    }

    /// <summary>Refuses NuGet configuration that this machine reads and the container would not.</summary>
    /// <exception cref="MultiStageException"><see cref="Codes.ConfigurationNameNotLinux"/>.</exception>
    internal static void RequireNamesOfLinux(IEnumerable<string> files)
    {
        if (files.FirstOrDefault(file => HasNuGetName(file) && Rank(file) < 0) is { } file)
        {
            throw Codes.ConfigurationNameNotLinux.Error(file);
        }
    }

    // Where file names have a casing, NuGet reads one file of a folder, the first of these. Elsewhere it reads the file in any casing.
    private static int Rank(string file) => Array.IndexOf(s_configurationNames, Path.GetFileName(file));

    private static bool IsNuGetConfiguration(string file) => HasNuGetName(file) && (Rank(file) >= 0 || !OperatingSystem.IsLinux());

    private static bool HasNuGetName(string file) => Path.GetFileName(file).Equals("nuget.config", StringComparison.OrdinalIgnoreCase);

    private IEnumerable<string> ConfigurationsAbove(string folder) =>
        ContextPath.Ancestors(folder, _context).SelectMany(ConfigurationFiles).Where(IsNuGetConfiguration);

    // RestoreConfigFile may have any name.
    private static bool IsConfiguration(string file) => File.Exists(file) && Load(file)?.Root?.Name.LocalName == "configuration";

    // NuGet reads every configuration from a project's folder upwards; a nearer one may take back what an outer one says.
    private IEnumerable<string> LocalFeedsOf(IEnumerable<string> configurations)
    {
        HashSet<string> disabled = new(StringComparer.OrdinalIgnoreCase),
            enabled = new(StringComparer.OrdinalIgnoreCase);
        var isCleared = false;
        foreach (var configuration in configurations)
        {
            var root = Load(configuration)?.Root;
            foreach (var (key, value) in Added(root, "disabledPackageSources"))
            {
                (bool.TryParse(value, out var isDisabled) && isDisabled && !enabled.Contains(key) ? disabled : enabled).Add(key);
            }

            foreach (
                var feed in Added(root, "packageSources")
                    .Where(source => !isCleared && !disabled.Contains(source.Key))
                    .Select(source => source.Value)
                    .Concat(Added(root, "fallbackPackageFolders").Select(folder => folder.Value))
            )
            {
                if (LocalFeed(feed, configuration) is { } folder)
                {
                    yield return folder;
                }
            }

            isCleared |= root?.Elements("packageSources").Elements("clear").Any() ?? false;
        }
    }

    private string? LocalFeed(string value, string configuration)
    {
        var isUri = Uri.TryCreate(value, UriKind.Absolute, out var uri);
        if (isUri && !uri!.IsFile)
        {
            return null;
        }

        var path = isUri ? uri!.LocalPath : value.Replace('\\', Path.DirectorySeparatorChar);
        var feed = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path, Path.GetDirectoryName(configuration)!));
        return !Directory.Exists(feed) ? null
            : ContextPath.Contains(_context, feed) ? feed
            : throw Codes.InputOutsideContext.ErrorAbout(
                "ContainerBuildContext",
                feed,
                configuration,
                _context,
                ContextPath.CommonFolder([feed, configuration])
            );
    }

    private static XDocument? Load(string configuration)
    {
        try
        {
            return XDocument.Load(configuration);
        }
        catch (XmlException)
        {
            // NuGet itself reports a malformed file, with a better message, before this runs.
            return null;
        }
    }

    private static IEnumerable<(string Key, string Value)> Added(XElement? root, string section) =>
        (root?.Elements(section).Elements("add") ?? [])
            .Select(add =>
                (Key: add.Attribute("key")?.Value ?? "", Value: Environment.ExpandEnvironmentVariables(add.Attribute("value")?.Value ?? ""))
            )
            .Where(add => !string.IsNullOrWhiteSpace(add.Value));

    private string Absolute(string relative) =>
        relative.Length == 0 ? _context : Path.Combine(_context, relative.Replace('/', Path.DirectorySeparatorChar));
}
