using System.Xml;
using System.Xml.Linq;
using MultiStage.Build.Context;
using MultiStage.Build.Diagnostics;

namespace MultiStage.Build.Projects.Closure;

/// <summary>
/// The package sources that only this user's own NuGet configuration names, and no container sees. Source:
/// https://learn.microsoft.com/nuget/consume-packages/configuring-nuget-behavior
/// </summary>
internal static class UserSources
{
    /// <summary>Whether an error of NuGet says that a package or a version of it was not found.</summary>
    public static bool Misses(string code) => code is "NU1100" or "NU1101" or "NU1102" or "NU1103";

    /// <summary>Says which sources a restore in the container does without.</summary>
    /// <param name="context">The build context's absolute path.</param>
    /// <param name="files">The user's configuration; by default the files that NuGet reads on this machine.</param>
    /// <param name="defaultSource">The source that the container's own configuration has; by default NuGet's.</param>
    /// <returns>The diagnostic; null where there are none.</returns>
    public static Diagnostic? Missing(string context, IEnumerable<string>? files = null, string? defaultSource = null)
    {
        defaultSource ??= DefaultSource.Find();
        var own = RestoreInputs.ConfigurationFiles(context).Select(Load).OfType<XElement>().ToList();
        // With this, the repository's configuration keeps them out on this machine, too.
        if (own.SelectMany(root => root.Elements("packageSources")).Any(sources => sources.Elements("clear").Any()))
        {
            return null;
        }

        var known = own.SelectMany(SourcesOf)
            .Select(source => source.Address)
            .Append(defaultSource)
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var file in files ?? Files())
        {
            var missing = Load(file) is { } root ? SourcesOf(root).Where(source => !known.Contains(source.Address)).ToList() : [];
            if (missing.Count > 0)
            {
                return Codes.SourcesOfTheUser.With(file, string.Join(", ", missing.Select(source => source.Name)));
            }
        }

        return null;
    }

    private static IEnumerable<(string Name, string Address)> SourcesOf(XElement root)
    {
        var disabled = root.Elements("disabledPackageSources")
            .Elements("add")
            .Where(add => (string?)add.Attribute("value") is { } value && value.Equals("true", StringComparison.OrdinalIgnoreCase))
            .Select(add => (string?)add.Attribute("key"))
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        return root.Elements("packageSources")
            .Elements("add")
            .Select(add => ((string?)add.Attribute("key") ?? "", (string?)add.Attribute("value") ?? ""))
            .Where(source => !disabled.Contains(source.Item1));
    }

    /// <summary>The files of the user's own configuration that NuGet reads on this machine.</summary>
    /// <returns>Their absolute paths.</returns>
    internal static IEnumerable<string> Files()
    {
        var home = Environment.GetEnvironmentVariable("DOTNET_CLI_HOME") is { Length: > 0 } cli
            ? cli
            : Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        var folder = HostSystem.This.IsWindows
            ? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData), "NuGet")
            : Path.Combine(home, ".nuget", "NuGet");
        string[] folders = [folder, Path.Combine(folder, "config")];
        return folders
            .Where(Directory.Exists)
            .SelectMany(existing =>
                Directory
                    .EnumerateFiles(existing, "*.config", new EnumerationOptions { MatchCasing = MatchCasing.CaseInsensitive })
                    .Order(StringComparer.Ordinal)
            );
    }

    private static XElement? Load(string file)
    {
        try
        {
            return XDocument.Load(file).Root;
        }
        catch (Exception exception) when (exception is XmlException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
