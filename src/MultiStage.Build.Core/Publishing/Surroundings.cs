namespace MultiStage.Build.Publishing;

/// <summary>What decides a build's result beside the files of its projects.</summary>
public static class Surroundings
{
    // They differ from step to step or from build to build and are no input of a build.
    private static readonly string[] NoInputs =
        ["HOSTNAME", "PWD", "OLDPWD", "SHLVL", "_", "SOURCE_DATE_EPOCH", "DOTNET_CLI_TELEMETRY_SESSIONID", "MSBUILD_STARTUP_DIRECTORY"];

    /// <summary>Lists it.</summary>
    /// <param name="properties">The global properties, by name.</param>
    /// <param name="environment">The environment variables, by name.</param>
    /// <param name="toolFolders">Folders of the SDK and others whose files take part; told by their names, sizes and times.</param>
    /// <returns>Lines in no order that are equal for equal surroundings.</returns>
    public static IReadOnlyCollection<string> List(
        IEnumerable<KeyValuePair<string, string>> properties, IEnumerable<KeyValuePair<string, string>> environment, IEnumerable<string> toolFolders) =>
    [
        .. properties.Select(property => $"property {property.Key}={property.Value}"),
        .. environment.Where(variable => !NoInputs.Contains(variable.Key, StringComparer.Ordinal)).Select(variable => $"variable {variable.Key}={variable.Value}"),
        .. toolFolders.Where(Directory.Exists)
            .SelectMany(folder => new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories))
            .Select(file => $"tool {file.FullName} {file.Length} {file.LastWriteTimeUtc.Ticks}"),
    ];

    /// <summary>Whether they give a property, by the command line or the environment.</summary>
    /// <param name="lines">The surroundings, as they were listed.</param>
    /// <param name="property">The property's name.</param>
    /// <returns>Whether they do.</returns>
    public static bool Give(IEnumerable<string> lines, string property) =>
        lines.Any(line => line.StartsWith($"property {property}=", StringComparison.OrdinalIgnoreCase) || line.StartsWith($"variable {property}=", StringComparison.OrdinalIgnoreCase));
}
