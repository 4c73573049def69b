using System.Collections.Immutable;
using System.Xml;
using System.Xml.Linq;
using MultiStage.Build.Diagnostics;

namespace MultiStage.Build.Projects.Container;

/// <summary>A property or item that a file sets.</summary>
/// <param name="Name">Its name, as it is written.</param>
/// <param name="IsShared">Whether the file is one that several projects import by themselves.</param>
internal sealed record WrittenName(string Name, SourceLocation Place, bool IsShared)
{
    private static readonly string[] s_sharedFiles = ["Directory.Build.props", "Directory.Build.targets"];

    private const string ThisFolder = "$(MSBuildThisFileDirectory)";

    /// <summary>Reads the names in a project file, in what it imports by a path without properties, and in the Directory.Build files that
    /// apply to it.</summary>
    /// <param name="projectFile">The project's absolute path.</param>
    /// <returns>The names. A file that cannot be read has none: MSBuild itself says so.</returns>
    public static ImmutableArray<WrittenName> Read(string projectFile)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var shared = s_sharedFiles.Select(name => Above(projectFile, name)).OfType<string>();
        return [.. Read(projectFile, false, seen), .. shared.SelectMany(file => Read(file, true, seen))];
    }

    private static IEnumerable<WrittenName> Read(string file, bool isShared, HashSet<string> seen)
    {
        if (!seen.Add(file) || Document(file)?.Root is not { } root)
        {
            return [];
        }

        // What a package or an SDK brings has an absolute path, and the project cannot fix it.
        var imported = root.Descendants()
            .Where(element => element.Name.LocalName == "Import" && element.Attribute("Sdk") is null)
            .Select(element => (element.Attribute("Project")?.Value ?? "").Replace(ThisFolder, "", StringComparison.OrdinalIgnoreCase))
            .Where(path => path.Length > 0 && !path.AsSpan().ContainsAny("$*") && !Path.IsPathRooted(path))
            .Select(path => Path.GetFullPath(path.Replace('\\', '/'), Path.GetDirectoryName(file)!));
        return root.Descendants()
            .Where(element => element.Parent?.Name.LocalName is "PropertyGroup" or "ItemGroup")
            .Select(element => new WrittenName(element.Name.LocalName, SourceLocator.PlaceOf(file, element), isShared))
            .Concat(imported.SelectMany(path => Read(path, isShared, seen)));
    }

    private static string? Above(string projectFile, string name)
    {
        for (var folder = Path.GetDirectoryName(projectFile); folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (Path.Combine(folder, name) is var file && File.Exists(file))
            {
                return file;
            }
        }

        return null;
    }

    private static XDocument? Document(string file)
    {
        try
        {
            return File.Exists(file) ? XDocument.Load(file, LoadOptions.SetLineInfo) : null;
        }
        catch (Exception exception) when (exception is XmlException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
