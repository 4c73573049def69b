using System.Collections.Immutable;
using System.Text.Json;

namespace MultiStage.Build.Pipeline.Exploring;

/// <summary>
/// What the last restore of a project and of those it references wrote into their <c>obj</c> folders. A variant's own restore replaces
/// these files; afterwards, however it ended, they are what they were.
/// </summary>
internal sealed class RestoredFiles : IDisposable
{
    private static readonly string[] s_patterns =
    [
        "project.assets.json",
        "project.nuget.cache",
        "*.nuget.dgspec.json",
        "*.nuget.g.props",
        "*.nuget.g.targets",
    ];

    private readonly ImmutableArray<string> _folders;
    private readonly Dictionary<string, (byte[] Bytes, DateTime Time)> _files;

    private RestoredFiles(ImmutableArray<string> folders)
    {
        _folders = folders;
        _files = Present().ToDictionary(file => file, file => (File.ReadAllBytes(file), File.GetLastWriteTimeUtc(file)));
    }

    /// <param name="projectFile">The project's absolute path.</param>
    /// <param name="folder">The project's own folder of such files, absolute.</param>
    /// <returns>The files; disposed of, they are put back.</returns>
    public static RestoredFiles Remember(string projectFile, string folder)
    {
        var graph = Path.Combine(folder, Path.GetFileName(projectFile) + ".nuget.dgspec.json");
        return new([
            .. Folders(graph).Append(Path.GetFullPath(folder)).Select(Path.TrimEndingDirectorySeparator).Distinct(StringComparer.Ordinal),
        ]);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var added in Present().Where(file => !_files.ContainsKey(file)).ToList())
        {
            File.Delete(added);
        }

        foreach (var (file, (bytes, time)) in _files)
        {
            if (!File.Exists(file) || !File.ReadAllBytes(file).AsSpan().SequenceEqual(bytes))
            {
                File.WriteAllBytes(file, bytes);
            }

            File.SetLastWriteTimeUtc(file, time);
        }
    }

    private IEnumerable<string> Present() =>
        _folders.Where(Directory.Exists).SelectMany(folder => s_patterns.SelectMany(pattern => Directory.EnumerateFiles(folder, pattern)));

    // Each project of a restore graph says where it is restored to.
    private static ImmutableArray<string> Folders(string graph)
    {
        if (!File.Exists(graph))
        {
            return [];
        }

        try
        {
            using var json = JsonDocument.Parse(File.ReadAllText(graph));
            return
            [
                .. json
                    .RootElement.GetProperty("projects")
                    .EnumerateObject()
                    .Select(project => project.Value.GetProperty("restore").GetProperty("outputPath").GetString())
                    .OfType<string>(),
            ];
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            // Another tool's file of the same name: the project's own folder is known without it.
            return [];
        }
    }
}
