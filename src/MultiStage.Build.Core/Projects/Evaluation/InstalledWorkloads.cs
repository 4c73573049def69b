namespace MultiStage.Build.Projects.Evaluation;

/// <summary>The workloads of the .NET SDK that are installed: an evaluation takes in other files with them, and asks MSBuild's file system
/// for none of it.</summary>
internal static class InstalledWorkloads
{
    /// <summary>The folders that have a record of what is installed.</summary>
    /// <param name="sdkFolder">The folder that the SDKs are in, such as <c>/usr/share/dotnet</c>.</param>
    /// <returns>That folder, and the user's own, which holds them where the first may not be written.</returns>
    public static IEnumerable<string> Folders(string sdkFolder)
    {
        var home = Environment.GetEnvironmentVariable("DOTNET_CLI_HOME") is { Length: > 0 } chosen
            ? chosen
            : Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        return [sdkFolder, Path.Combine(home, ".dotnet")];
    }

    /// <summary>Reads the records.</summary>
    /// <returns>Each record's path and the hash of its content, in a fixed order.</returns>
    public static IEnumerable<string> In(IEnumerable<string> folders) =>
        folders
            .Select(folder => Path.Combine(folder, "metadata", "workloads"))
            .Where(Directory.Exists)
            .SelectMany(folder =>
                Directory.EnumerateFiles(
                    folder,
                    "*",
                    new EnumerationOptions
                    {
                        RecurseSubdirectories = true,
                        IgnoreInaccessible = true,
                        AttributesToSkip = 0,
                    }
                )
            )
            .Order(StringComparer.Ordinal)
            .Select(file => $"{file}={FileHash.OrEmpty(file)}");
}
