using System.Security.Cryptography;
using MultiStage.Build.Context;

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

    /// <summary>
    /// Publishes <c>src/App/App.csproj</c> as the generated Dockerfile does: restored from what the restore layer holds, published from what
    /// the context holds.
    /// </summary>
    /// <param name="files">All source files, with their times.</param>
    public Published Publish(IReadOnlyDictionary<string, SourceFile> files, string configuration)
    {
        Fill(files);
        _app.Generate("-restore", $"-p:Configuration={configuration}");
        var closure = _app.Facts.Closure;
        var rules = IgnoreRules.Parse(File.ReadAllText(Path.Combine(_app.PipelineFolder, "Dockerfile.dockerignore")));
        var sent = files.Where(file => !rules.IsExcluded(file.Key)).ToDictionary();
        var layer = closure.WhyRestoreAfterSources is null
            ? Restored(
                closure
                    .RestoreInputs.Select(file => KeyValuePair.Create(file, files[file]))
                    .Concat(closure.Placeholders.Select(file => KeyValuePair.Create(file, new SourceFile("", default))))
                    .ToDictionary(),
                configuration
            )
            : Restored(sent, configuration);
        Fill(sent);
        Copy(layer, _app.Root);
        return Published(
            configuration,
            [
                "-t:Publish",
                $"-p:MultiStagePackagesFolder={_elsewhere["packages"]}",
                $"-p:MultiStageCompileCache={Cache}",
                $"-p:MSBuildUserExtensionsPath={_elsewhere["extensions"]}",
            ],
            [new("SOURCE_DATE_EPOCH", "1700000000")]
        );
    }

    /// <summary>Publishes the same at the same place as a machine does that has all files.</summary>
    /// <param name="files">All source files, with their times.</param>
    public Published PublishOnHost(IReadOnlyDictionary<string, SourceFile> files, string configuration)
    {
        Fill(files);
        return Published(configuration, ["-restore", "-t:Publish"], []);
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
        Directory.CreateDirectory(Path.Combine(_app.Root, ".git"));
        foreach (var (path, text) in _import)
        {
            _app.Write(path, text);
        }

        foreach (var (path, file) in files)
        {
            File.SetLastWriteTimeUtc(_app.Write(path, file.Text), file.Time);
        }
    }

    // A layer of its own, which is there as long as what it is made from is the same.
    private string Restored(Dictionary<string, SourceFile> files, string configuration)
    {
        var read = string.Concat(files.OrderBy(file => file.Key, StringComparer.Ordinal).Select(file => file.Key + file.Value.Text));
        var layer = _elsewhere[
            $"restored-{configuration}-{Convert.ToHexString(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(read)))[..8]}"
        ];
        if (!Directory.Exists(layer))
        {
            Fill(files);
            MSBuildRun.Of(_app.Root, [.. Arguments(configuration), "-t:Restore"]).Succeeded();
            Copy(_app.Root, layer);
        }

        return layer;
    }

    private Published Published(string configuration, string[] arguments, KeyValuePair<string, string>[] environment)
    {
        var output = _elsewhere["publish"];
        if (Directory.Exists(output))
        {
            Directory.Delete(output, recursive: true);
        }

        var run = MSBuildRun.Of(
            _app.Root,
            [.. Arguments(configuration), $"-p:PublishDir={output}/", "-p:UseSharedCompilation=true", .. arguments],
            environment
        );
        return run.ExitCode != 0
            ? new(false, "", run.Output)
            : new(true, string.Join('\n', Files(output).Select(file => $"{Path.GetRelativePath(output, file)} {Hash(file)}")), run.Output);
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
