using System.Security.Cryptography;

namespace MultiStage.Build.Tests.Targets;

/// <summary>What a publish gave.</summary>
/// <param name="Succeeded">Whether it did.</param>
/// <param name="Files">The published files, a line with name and hash for each; empty where it failed.</param>
/// <param name="Output">What it said.</param>
internal sealed record Published(bool Succeeded, string Files, string Output);

/// <summary>
/// The builder's folder without the builder: for each publish it is made anew with the sources and what their restore wrote, as a layer of
/// an
/// image would be, while the cache stays.
/// </summary>
internal sealed class BuilderFolder : IDisposable
{
    private readonly TargetProject _app = new("", "Microsoft.NET.Sdk");
    private readonly TempFolder _elsewhere = new();
    private readonly Dictionary<string, string> _import;

    public BuilderFolder()
    {
        _import = Directory
            .EnumerateFiles(Path.Combine(_app.Folder, "obj"))
            .ToDictionary(file => Path.GetRelativePath(_app.Root, file), File.ReadAllText, StringComparer.Ordinal);
        // The compiler takes no blank in the path.
        Cache = Directory.CreateTempSubdirectory("multistage-cache-").FullName;
    }

    /// <summary>The folder in which compilers' outputs are kept.</summary>
    public string Cache { get; }

    /// <summary>Publishes <c>src/App/App.csproj</c>.</summary>
    /// <param name="files">All source files, with their times.</param>
    /// <param name="configuration">The configuration.</param>
    /// <param name="cached">Whether compilers' outputs are taken from the cache and kept in it.</param>
    public Published Publish(IReadOnlyDictionary<string, SourceFile> files, string configuration, bool cached)
    {
        Fill(files);
        Restore(files, configuration);
        var output = _elsewhere["publish"];
        if (Directory.Exists(output))
        {
            Directory.Delete(output, recursive: true);
        }

        var run = MSBuildRun.Of(
            _app.Root,
            [
                .. Arguments(configuration),
                "-t:Publish",
                $"-p:PublishDir={output}/",
                $"-p:MultiStagePackagesFolder={_elsewhere["packages"]}",
                "-p:UseSharedCompilation=true",
                .. cached
                    ? [$"-p:MultiStageCompileCache={Cache}", $"-p:MSBuildUserExtensionsPath={_elsewhere["extensions"]}"]
                    : Array.Empty<string>(),
            ],
            [new("SOURCE_DATE_EPOCH", "1700000000")]
        );
        return run.ExitCode != 0
            ? new(false, "", run.Output)
            : new(true, string.Join('\n', Files(output).Select(file => $"{Path.GetRelativePath(output, file)} {Hash(file)}")), run.Output);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _app.Dispose();
        _elsewhere.Dispose();
        Directory.Delete(Cache, recursive: true);
    }

    private void Fill(IReadOnlyDictionary<string, SourceFile> files)
    {
        Directory.Delete(_app.Root, recursive: true);
        foreach (var (path, text) in _import)
        {
            _app.Write(path, text);
        }

        foreach (var (path, file) in files)
        {
            File.SetLastWriteTimeUtc(_app.Write(path, file.Text), file.Time);
        }
    }

    // What restore wrote is a layer of its own, which is there as long as what it read is the same.
    private void Restore(IReadOnlyDictionary<string, SourceFile> files, string configuration)
    {
        var read = string.Concat(
            files
                .Where(file => Path.GetExtension(file.Key) is ".csproj" or ".props")
                .OrderBy(file => file.Key, StringComparer.Ordinal)
                .Select(file => file.Key + file.Value.Text)
        );
        var layer = _elsewhere[
            $"restored-{configuration}-{Convert.ToHexString(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(read)))[..8]}"
        ];
        if (!Directory.Exists(layer))
        {
            MSBuildRun.Of(_app.Root, [.. Arguments(configuration), "-t:Restore"]).Succeeded();
            Copy(_app.Root, layer);
        }

        Copy(layer, _app.Root);
    }

    private static void Copy(string from, string to)
    {
        foreach (var file in Files(from).Where(file => Path.GetFileName(Path.GetDirectoryName(file)) == "obj"))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target, overwrite: true);
        }
    }

    private static string[] Arguments(string configuration) =>
        [.. TargetProject.WithTasks("src/App/App.csproj"), "-v:m", "-p:_IsPublishing=true", $"-p:Configuration={configuration}"];

    private static IEnumerable<string> Files(string folder) =>
        Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal);

    private static string Hash(string file) => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file)));
}
