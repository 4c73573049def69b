using System.Globalization;
using System.Security.Cryptography;
using MultiStage.Build.EndToEnd.Harness;

namespace MultiStage.Build.EndToEnd.Measurement;

/// <summary>
/// An image with everything that makes a size hard to tell, on a base image of several layers; built once for all tests that ask for it.
/// </summary>
/// <param name="Base">The base image's name.</param>
/// <param name="Name">The image's name.</param>
/// <param name="Archive">What <c>docker save</c> made of it.</param>
/// <param name="Layers">The image's layers, lowest first, as <c>tar</c> lists them.</param>
/// <param name="BaseLayers">How many of them are the base image's.</param>
/// <param name="Seen">What a container of the image sees.</param>
/// <param name="SeenInBase">What a container of the base image sees.</param>
internal sealed record AwkwardImage(
    string Base,
    string Name,
    string Archive,
    IReadOnlyList<IReadOnlyList<ListedEntry>> Layers,
    int BaseLayers,
    IReadOnlyList<SeenFile> Seen,
    IReadOnlyList<SeenFile> SeenInBase
)
{
    /// <summary>The files of the .NET app in it: its place below <c>/app/net</c>, what its dependency file says it comes from, and its
    /// bytes.</summary>
    public static readonly (string Path, string Origin, int Bytes)[] NetFiles =
    [
        ("app.dll", "App app 1.0.0", 2030),
        ("appsettings.json", "App app 1.0.0", 11),
        ("Alpha.dll", "Package Alpha 1.2.3", 10_010),
        ("Alpha.xml", "Package Alpha 1.2.3", 77),
        ("de/Alpha.resources.dll", "Package Alpha 1.2.3", 301),
        ("runtimes/win-x64/native/alpha.dll", "Package Alpha 1.2.3", 5003),
        ("Lib.dll", "Project Lib 1.0.0", 707),
    ];

    // What it comes from and where a package keeps it, as publish writes it.
    private const string Dependencies = """
        {
          "runtimeTarget": { "name": ".NETCoreApp,Version=v10.0" },
          "targets": { ".NETCoreApp,Version=v10.0": {
            "app/1.0.0": { "runtime": { "app.dll": {} } },
            "Lib/1.0.0": { "runtime": { "Lib.dll": {} } },
            "Alpha/1.2.3": {
              "runtime": { "lib/net8.0/Alpha.dll": {} },
              "resources": { "lib/net8.0/de/Alpha.resources.dll": { "locale": "de" } },
              "runtimeTargets": { "runtimes/win-x64/native/alpha.dll": { "rid": "win-x64", "assetType": "native" } }
            }
          } },
          "libraries": { "app/1.0.0": { "type": "project" }, "Lib/1.0.0": { "type": "project" }, "Alpha/1.2.3": { "type": "package" } }
        }
        """;

    private const string BaseDockerfile = """
        FROM busybox
        RUN mkdir -p /data/kept /data/gone/deep /data/opaque /data/links /data/turn && head -c 500 /dev/urandom > /data/kept/a && head -c 100000 /dev/urandom > /data/gone/deep/b
        RUN head -c 2000 /dev/urandom > /data/opaque/c && head -c 3000 /dev/urandom > /data/links/one && ln /data/links/one /data/links/two && ln -s ../kept/a /data/symlink
        RUN head -c 70000 /dev/urandom > /data/over && head -c 900 /dev/urandom > /data/own && head -c 40 /dev/urandom > /data/turn/inner && echo file > /data/turned
        RUN rm /data/own && chmod 600 /data/links/two
        """;

    private const string Dockerfile = """
        ARG BASE
        FROM $BASE
        WORKDIR /app
        RUN mkdir many && cd many && i=0 && while [ $i -lt 50000 ]; do echo $i > $i; i=$((i+1)); done
        RUN head -c 12345 /dev/urandom > one && ln one two && ln one three && ln -s one four && ln -s zum/Löwen/🐳 five && ln -s $(printf '%0120d' 7) six
        RUN rm -r many/1? many/2??? && chmod 600 many/3?? && echo changed > many/0
        RUN rm -r /data/gone /data/opaque && mkdir /data/opaque && echo new > /data/opaque/d
        RUN truncate -s 5000000 sparse && echo end >> sparse && mkfifo pipe && mknod zero c 1 5
        RUN chmod 600 /data/kept/a && chown 1000 one && chmod 644 /data/links/one && echo changed > /data/over
        RUN ln /data/over over && ln -sfn two four && rm six
        RUN rm -r /data/turn && head -c 20 /dev/urandom > /data/turn && rm /data/turned && mkdir /data/turned && head -c 30 /dev/urandom > /data/turned/inner
        RUN mkdir -p $(printf '%090d/%090d/%090d' 1 2 3) && echo deep > $(printf '%090d/%090d/%090d' 1 2 3)/ümläut && echo q > '{"a":1}' && echo b > ' with blanks ' && : > empty
        RUN true
        WORKDIR /app
        COPY --link net/ net/
        COPY net/Lib.dll /data/kept/
        ENTRYPOINT ["/bin/sh"]
        """;

    private static readonly Lazy<Task<AwkwardImage>> s_built = new(BuildAsync);

    /// <summary>The image, on the daemon.</summary>
    public static Task<AwkwardImage> GetAsync() => s_built.Value;

    /// <summary>The entries of the layers that are the app's.</summary>
    public IEnumerable<(ListedEntry Entry, int Layer)> AppEntries =>
        Layers.SelectMany((layer, i) => layer.Select(entry => (entry, i))).Where(pair => pair.i >= BaseLayers);

    /// <summary>What the app's layers hide, in bytes: what all layers hold and no container sees, without what the base image's own layers
    /// hide of each other.</summary>
    public long Wasted => Unseen(Layers, Seen) - OwnWaste;

    /// <summary>What the base image's layers hide of each other, in bytes.</summary>
    public long OwnWaste => Unseen(Layers.Take(BaseLayers), SeenInBase);

    /// <summary>Adds up a layer.</summary>
    /// <param name="layer">Its entries.</param>
    public static long BytesOf(IReadOnlyList<ListedEntry> layer) => layer.Where(entry => !entry.IsWhiteout).Sum(entry => entry.Bytes);

    private static long Unseen(IEnumerable<IReadOnlyList<ListedEntry>> layers, IReadOnlyList<SeenFile> seen) =>
        layers.Sum(BytesOf) - seen.Sum(file => file.Bytes);

    private static async Task<AwkwardImage> BuildAsync()
    {
        var (name, folder) = ($"{Daemon.ImagePrefix}{SuiteRun.Id}-awkward", Path.Combine(SuiteRun.Folder, "awkward"));
        foreach (var (path, _, bytes) in NetFiles)
        {
            await WriteAsync(Path.Combine(folder, "net", path), RandomNumberGenerator.GetBytes(bytes));
        }

        await File.WriteAllTextAsync(Path.Combine(folder, "net", "app.deps.json"), Dependencies);
        await File.WriteAllTextAsync(Path.Combine(folder, "base"), BaseDockerfile);
        await File.WriteAllTextAsync(Path.Combine(folder, "image"), Dockerfile);
        await Daemon.DockerAsync("build", "--quiet", "--file", Path.Combine(folder, "base"), "--tag", $"{name}:base", folder);
        await Daemon.DockerAsync(
            "build",
            "--quiet",
            "--file",
            Path.Combine(folder, "image"),
            "--build-arg",
            $"BASE={name}:base",
            "--tag",
            $"{name}:app",
            folder
        );

        var archive = Path.Combine(folder, "image.tar");
        await Daemon.DockerAsync("save", "--output", archive, $"{name}:app");
        var baseLayers = await Daemon.DockerAsync("image", "inspect", "--format", "{{len .RootFS.Layers}}", $"{name}:base");
        return new(
            $"{name}:base",
            $"{name}:app",
            archive,
            await ListedLayers.OfAsync(archive),
            int.Parse(baseLayers, CultureInfo.InvariantCulture),
            await SeenFile.OfAsync($"{name}:app"),
            await SeenFile.OfAsync($"{name}:base")
        );
    }

    private static Task WriteAsync(string path, byte[] bytes)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return File.WriteAllBytesAsync(path, bytes);
    }
}
