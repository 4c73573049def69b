using System.Buffers.Binary;
using System.Formats.Tar;
using System.Text;
using MultiStage.Build.Images;
using MultiStage.Build.Measurement;
using MultiStage.Build.Measurement.Files;
using MultiStage.Build.Measurement.Layers;

namespace MultiStage.Build.Tests.Measurement;

/// <summary>Files of an app and what they come from.</summary>
[TestClass]
public sealed class AttributionTests
{
    private const string Dependencies = """
        {
          "runtimeTarget": { "name": ".NETCoreApp,Version=v10.0/linux-x64" },
          "targets": {
            ".NETCoreApp,Version=v10.0": {},
            ".NETCoreApp,Version=v10.0/linux-x64": {
              "Web/1.2.0": { "runtime": { "Web.dll": {} }, "resources": { "de/Web.resources.dll": { "locale": "de" } } },
              "Catalog/1.0.0": { "runtime": { "Catalog.dll": {} } },
              "Humanizer.Core.de/2.14.1": { "resources": { "lib/net6.0/de/Humanizer.resources.dll": { "locale": "de" } } },
              "Newtonsoft.Json/13.0.3": { "runtime": { "lib/net6.0/Newtonsoft.Json.dll": {} } },
              "SkiaSharp/2.88.9": { "native": { "runtimes/linux-x64/native/libSkiaSharp.so": {} },
                "runtimeTargets": { "runtimes/win-x64/native/libSkiaSharp.dll": { "rid": "win-x64", "assetType": "native" }, "runtimes/win/lib/net6.0/A.dll": { "rid": "win", "assetType": "runtime" } } },
              "Moved/1.0.0": { "runtime": { "lib/x.dll": { "localPath": "elsewhere/x.dll" } } },
              "runtimepack.Microsoft.NETCore.App.Runtime.linux-x64/10.0.1": { "runtime": { "System.Private.CoreLib.dll": {} }, "native": { "libcoreclr.so": {} } }
            }
          },
          "libraries": {
            "Web/1.2.0": { "type": "project" }, "Catalog/1.0.0": { "type": "project" }, "Humanizer.Core.de/2.14.1": { "type": "package" },
            "Newtonsoft.Json/13.0.3": { "type": "package" }, "SkiaSharp/2.88.9": { "type": "package" }, "Moved/1.0.0": { "type": "package" },
            "runtimepack.Microsoft.NETCore.App.Runtime.linux-x64/10.0.1": { "type": "runtimepack" }
          }
        }
        """;

    public required TestContext TestContext { get; init; }

    [TestMethod]
    public void A_runtime_pack_of_another_name_is_one_by_its_own() =>
        Assert.AreEqual(
            new FileOrigin(OriginKind.Runtime, "Own.Runtime", "1.0.0"),
            DependencyFile
                .Parse(
                    "Web",
                    Encoding.UTF8.GetBytes(
                        """
                        { "runtimeTarget": { "name": "t" }, "targets": { "t": { "Own.Runtime/1.0.0": { "runtime": { "A.dll": {} } } } }, "libraries": { "Own.Runtime/1.0.0": { "type": "runtimepack" } } }
                        """
                    )
                )
                ?.Find("A.dll")
                ?.Origin
        );

    [TestMethod]
    [DataRow("Web.dll", "App Web 1.2.0", FileKind.Managed)]
    [DataRow("Web", "App Web 1.2.0", FileKind.Native)]
    [DataRow("Web.pdb", "App Web 1.2.0", FileKind.Symbols)]
    [DataRow("Web.deps.json", "App Web 1.2.0", FileKind.Other)]
    [DataRow("appsettings.json", "App Web 1.2.0", FileKind.Other)]
    [DataRow("de/Web.resources.dll", "App Web 1.2.0 de", FileKind.Resource)]
    [DataRow("Catalog.dll", "Project Catalog 1.0.0", FileKind.Managed)]
    [DataRow("Catalog.pdb", "Project Catalog 1.0.0", FileKind.Symbols)]
    [DataRow("de/Humanizer.resources.dll", "Package Humanizer.Core.de 2.14.1 de", FileKind.Resource)]
    [DataRow("Newtonsoft.Json.dll", "Package Newtonsoft.Json 13.0.3", FileKind.Managed)]
    [DataRow("Newtonsoft.Json.xml", "Package Newtonsoft.Json 13.0.3", FileKind.Other)]
    [DataRow("libSkiaSharp.so", "Package SkiaSharp 2.88.9", FileKind.Native)]
    [DataRow("runtimes/win-x64/native/libSkiaSharp.dll", "Package SkiaSharp 2.88.9 win-x64", FileKind.Native)]
    [DataRow("runtimes/win/lib/net6.0/A.dll", "Package SkiaSharp 2.88.9 win", FileKind.Managed)]
    [DataRow("runtimes/osx/native/other.dylib", "App Web 1.2.0 osx", FileKind.Native)]
    [DataRow("elsewhere/x.dll", "Package Moved 1.0.0", FileKind.Managed)]
    [DataRow("libcoreclr.so", "Runtime Microsoft.NETCore.App.Runtime.linux-x64 10.0.1", FileKind.Native)]
    [DataRow("wwwroot/app.js", "App Web 1.2.0", FileKind.Static)]
    [DataRow("wwwroot/_content/Catalog/site.css", "Project Catalog 1.0.0", FileKind.Static)]
    [DataRow("wwwroot/_content/Unheard/site.css", "App Web 1.2.0", FileKind.Static)]
    internal void A_file_comes_from_what_the_dependency_file_says(string path, string origin, FileKind kind)
    {
        var attribution = FileAttribution.Of([
            ("/app/Web.deps.json", new FileContent { Dependencies = Encoding.UTF8.GetBytes(Dependencies) }),
        ]);
        var file = attribution.Attribute("/app/" + path, 1, 3, FileAttribution.Unnamed);
        Assert.AreEqual(origin, $"{file.Origin.Kind} {file.Origin.Name} {file.Origin.Version} {file.Culture}{file.Rid}".TrimEnd());
        Assert.AreEqual((kind, 3), (file.Kind, file.Layer));
    }

    [TestMethod]
    public void What_no_dependency_file_is_above_comes_from_what_is_given()
    {
        var attribution = FileAttribution.Of([("/app/Web.deps.json", new FileContent { Dependencies = "{}"u8.ToArray() })]);
        Assert.AreEqual(FileAttribution.Unnamed, attribution.Attribute("/app/Web.dll", 1, null, FileAttribution.Unnamed).Origin);
    }

    [TestMethod]
    public async Task A_single_file_bundle_is_taken_apart()
    {
        var content = await ProbeAsync(Bundle(("Web.dll", 500, 0), ("Newtonsoft.Json.dll", 9000, 300)));
        Assert.IsTrue(content!.Parts!.IsBundle);
        var parts = FileAttribution.Parts("/app/Web", 400_000, content).ToList();
        Assert.AreEqual(
            "/app/Web/Web.dll 500, /app/Web/Newtonsoft.Json.dll 300, /app/Web/(host) 399200",
            string.Join(", ", parts.Select(part => $"{part.Path} {part.Bytes}"))
        );
        var attribution = FileAttribution.Of([("/app/Web", content)]);
        Assert.AreEqual(
            "Newtonsoft.Json",
            attribution.Attribute("/app/Web/Newtonsoft.Json.dll", 300, null, FileAttribution.Unnamed).Origin.Name
        );
        Assert.AreEqual(
            (OriginKind.Runtime, FileKind.Native),
            (
                attribution.Attribute("/app/Web/(host)", 1, null, FileAttribution.Unnamed).Origin.Kind,
                attribution.Attribute("/app/Web/(host)", 1, null, FileAttribution.Unnamed).Kind
            )
        );
        Assert.AreEqual(OriginKind.App, attribution.Attribute("/app/appsettings.json", 1, null, FileAttribution.Unnamed).Origin.Kind);
    }

    [TestMethod]
    public async Task A_native_program_that_a_dependency_file_names_is_its_packages_as_a_whole()
    {
        var program = await System.IO.File.ReadAllBytesAsync(Environment.ProcessPath!, TestContext.CancellationToken);
        var native = await ProbeAsync(program.Length < 100_000 ? [.. program, .. new byte[100_000]] : program);
        var sizes = new ImageSizes(
            "sha256:0",
            Platform.Parse("linux/amd64"),
            null,
            [new LayerSize("sha256:1", "COPY app/ .", 400_000, IsBase: false)],
            Exact: true
        );

        var breakdown = BreakdownBuilder.OfFolder(
            sizes,
            "/app",
            [
                new("/app/Newtonsoft.Json.dll", 100_000, null, native),
                new("/app/Web.deps.json", 10, null, new FileContent { Dependencies = Encoding.UTF8.GetBytes(Dependencies) }),
            ]
        );

        Assert.AreEqual(
            "/app/Newtonsoft.Json.dll Newtonsoft.Json, /app/Web.deps.json Web",
            string.Join(", ", breakdown.Files.Select(file => $"{file.Path} {file.Origin.Name}"))
        );
        Assert.IsEmpty(breakdown.Gaps);
    }

    [TestMethod]
    public async Task A_native_program_is_taken_apart_by_its_sections()
    {
        // This very runtime is one.
        var program = await System.IO.File.ReadAllBytesAsync(Environment.ProcessPath!, TestContext.CancellationToken);
        var parts = (await ProbeAsync(program.Length < 100_000 ? [.. program, .. new byte[100_000]] : program))!.Parts!;
        Assert.IsFalse(parts.IsBundle);
        Assert.Contains(".text", parts.Parts.Select(part => part.Name));
        Assert.IsLessThanOrEqualTo(program.LongLength, parts.Parts.Sum(part => part.Bytes));
    }

    [TestMethod]
    public async Task What_only_looks_like_a_program_is_a_file()
    {
        Assert.IsNull(await ProbeAsync([0x7f, (byte)'E', (byte)'L', (byte)'F', .. new byte[200_000]]));
        Assert.IsNull(await ProbeAsync(new byte[200_000]));
        var broken = Bundle(("Web.dll", 500, 0));
        Assert.IsNull(await ProbeAsync(broken[..^20]));
    }

    private static byte[] Bundle(params (string Path, long Size, long Compressed)[] files)
    {
        var mark = Convert.FromHexString("8b1202b96a612038727b930214d7a03213f5b9e6efae3318ee3b2dce24b36aae");
        var text = Encoding.UTF8.GetBytes(Dependencies);
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        writer.Write([0x7f, (byte)'E', (byte)'L', (byte)'F', .. new byte[150_000]]);
        var header = stream.Position;
        writer.Write(0L);
        writer.Write(mark);
        var dependencies = stream.Position;
        writer.Write(text);
        var manifest = stream.Position;
        writer.Write(6u);
        writer.Write(0u);
        writer.Write(files.Length);
        writer.Write("a-bundle-id");
        foreach (var number in new[] { dependencies, text.Length, 0, 0, 0 })
        {
            writer.Write(number);
        }

        foreach (var (path, size, compressed) in files)
        {
            foreach (var number in new[] { 0, size, compressed })
            {
                writer.Write(number);
            }

            writer.Write((byte)1);
            writer.Write(path);
        }
        var bytes = stream.ToArray();
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan((int)header), manifest);
        return bytes;
    }

    private async Task<FileContent?> ProbeAsync(byte[] content) =>
        await FileProbe.ReadAsync(
            "/app/Web",
            new PaxTarEntry(TarEntryType.RegularFile, "app/Web") { DataStream = new MemoryStream(content) },
            TestContext.CancellationToken
        );
}
