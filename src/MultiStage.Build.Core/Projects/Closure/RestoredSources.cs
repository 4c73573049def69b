using System.Text.Json;

namespace MultiStage.Build.Projects.Closure;

/// <summary>The addresses that the packages of a closure came from on this machine. A restore leaves a list of packages below <c>obj</c>,
/// and NuGet leaves a file with the address beside each package.</summary>
internal static class RestoredSources
{
    /// <summary>Reads what the last restore left.</summary>
    /// <returns>The addresses; none where nothing was restored.</returns>
    public static HashSet<string> Of(ClosureFacts closure) =>
        closure
            .Projects.SelectMany(project => project.OutputFolders)
            .Select(folder => Path.Combine(closure.Context, folder, "project.assets.json"))
            .Where(File.Exists)
            .SelectMany(Packages)
            .Distinct(StringComparer.Ordinal)
            .Select(Source)
            .OfType<string>()
            .ToHashSet(StringComparer.OrdinalIgnoreCase);

    private static List<string> Packages(string assets)
    {
        using var json = JsonDocument.Parse(File.ReadAllBytes(assets));
        var folders = Members(json.RootElement, "packageFolders").Select(folder => folder.Name).ToList();
        return
        [
            .. from library in Members(json.RootElement, "libraries")
            where library.Value.GetProperty("type").GetString() == "package"
            from folder in folders
            select Path.Combine(folder, library.Value.GetProperty("path").GetString()!, ".nupkg.metadata"),
        ];
    }

    private static JsonElement.ObjectEnumerator Members(JsonElement root, string name) =>
        root.TryGetProperty(name, out var members) ? members.EnumerateObject() : default;

    private static string? Source(string metadata)
    {
        if (!File.Exists(metadata))
        {
            return null;
        }

        using var json = JsonDocument.Parse(File.ReadAllBytes(metadata));
        return json.RootElement.TryGetProperty("source", out var source) ? source.GetString() : null;
    }
}
