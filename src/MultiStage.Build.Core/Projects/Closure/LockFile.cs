using System.Collections.Immutable;
using System.Text.Json;

namespace MultiStage.Build.Projects.Closure;

/// <summary>
/// A file that pins the packages of a project:
/// https://learn.microsoft.com/nuget/consume-packages/package-references-in-project-files#locking-dependencies.
/// </summary>
/// <param name="Project">The project's path, relative to the context.</param>
/// <param name="RuntimeIdentifiers">The runtime identifiers that it was made for, sorted; none where the project names none.</param>
/// <param name="Floating">The packages that the project asks for by a floating version such as <c>1.*</c>, sorted.</param>
internal sealed record LockFile(string Project, ImmutableArray<string> RuntimeIdentifiers, ImmutableArray<string> Floating)
{
    /// <summary>Finds the file that a restore of a project reads.</summary>
    /// <param name="project">The project's absolute path.</param>
    /// <param name="configured">The file that <c>NuGetLockFilePath</c> names, absolute; null for NuGet's own choice.</param>
    /// <returns>The file's absolute path; null where there is none.</returns>
    internal static string? Find(string project, string? configured)
    {
        var folder = Path.GetDirectoryName(project)!;
        // Beside another project, a project's file has the project's name in its own.
        string[] candidates = configured is not null
            ? [configured]
            :
            [
                Path.Combine(folder, $"packages.{Path.GetFileNameWithoutExtension(project).Replace(' ', '_')}.lock.json"),
                Path.Combine(folder, "packages.lock.json"),
            ];
        return candidates.FirstOrDefault(File.Exists);
    }

    /// <param name="path">Its absolute path.</param>
    /// <param name="project">The project's path, relative to the context.</param>
    /// <returns>What it was made for; null where it is damaged, which NuGet itself reports.</returns>
    internal static LockFile? Read(string path, string project)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            var targets = document.RootElement.GetProperty("dependencies").EnumerateObject().ToList();
            return new LockFile(
                project,
                Sorted(targets.Select(target => target.Name.Split('/')).Where(parts => parts.Length == 2).Select(parts => parts[1])),
                Sorted(targets.SelectMany(target => target.Value.EnumerateObject()).Where(IsFloating).Select(package => package.Name))
            );
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return null;
        }
    }

    private static bool IsFloating(JsonProperty package) =>
        package.Value.TryGetProperty("requested", out var requested) && requested.GetString()!.Contains('*', StringComparison.Ordinal);

    private static ImmutableArray<string> Sorted(IEnumerable<string> names) =>
        [.. names.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
}
