using System.Collections.Immutable;
using MultiStage.Build.Diagnostics;
using MultiStage.Build.Measurement.Files;
using MultiStage.Build.Measurement.Layers;

namespace MultiStage.Build.Tests.Measurement;

[TestClass]
public sealed class SizeBreakdownTests
{
    private static readonly FileOrigin s_app = new(OriginKind.App, "Web", "1.0.0");
    private static readonly FileOrigin s_skia = new(OriginKind.Package, "SkiaSharp", "2.88.9");

    private static readonly SizeBreakdown s_breakdown = new(
        "sha256:1",
        "/app",
        [
            new("/app/Web.dll", 100, FileKind.Managed, s_app) { Layer = 5 },
            new("/app/de/Web.resources.dll", 10, FileKind.Resource, s_app) { Culture = "de" },
            new("/app/runtimes/win-x64/native/libSkiaSharp.dll", 1000, FileKind.Native, s_skia) { Layer = 4, Rid = "win-x64" },
            new("/app/\"Ümläut\n<a>", 1, FileKind.Other, s_app),
        ]
    )
    {
        Wasted = [new("/app/old", 7, 4, 5, WasteKind.Overwritten), new("/etc/motd", 9, 0, 5, WasteKind.Deleted)],
        Gaps = [new("One file.", 5), new("Another.", null)],
    };

    [TestMethod]
    public void It_reads_back_as_it_was_written()
    {
        var text = BreakdownJson.Write(s_breakdown);
        var read = BreakdownJson.Read(text, "breakdown.json");

        Assert.AreEqual(text, BreakdownJson.Write(read));
        CollectionAssert.AreEqual(s_breakdown.Files, read.Files);
        CollectionAssert.AreEqual(s_breakdown.Wasted, read.Wasted);
        CollectionAssert.AreEqual(s_breakdown.Gaps, read.Gaps);
        Assert.AreEqual(s_breakdown with { Files = read.Files, Wasted = read.Wasted, Gaps = read.Gaps }, read);
        Assert.Contains("""    ["/app/Web.dll",100,"managed",0,5]""", text);
    }

    [TestMethod]
    public void What_is_not_known_reads_back_as_not_known()
    {
        var read = BreakdownJson.Read(
            BreakdownJson.Write(s_breakdown with { Wasted = [], WasteUnknownBecause = "nobody looked" }),
            "breakdown.json"
        );
        Assert.AreEqual("nobody looked", read.WasteUnknownBecause);
        Assert.IsNull(read.WastedBytes);
    }

    [TestMethod]
    public void A_hundred_thousand_files_stay_small()
    {
        var many = s_breakdown with
        {
            Files =
            [
                .. Enumerable
                    .Range(0, 100_000)
                    .Select(i => new AppFile($"/app/wwwroot/img/{i:d6}.png", i, FileKind.Static, s_app) { Layer = 5 }),
            ],
        };
        Assert.IsLessThan(8_000_000, BreakdownJson.Write(many).Length);
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("{}")]
    [DataRow("null")]
    public void A_damaged_file_is_not_read(string text) => Fails(text);

    [TestMethod]
    public void A_file_that_was_cut_or_edited_is_not_read()
    {
        var text = BreakdownJson.Write(s_breakdown);
        Fails(text[..^40]);
        Fails(text.Replace("breakdown/1", "breakdown/2", StringComparison.Ordinal));
        Fails(text.Replace("\"managed\"", "\"magic\"", StringComparison.Ordinal));
        Fails(text.Replace("\"managed\",0", "\"managed\",9", StringComparison.Ordinal));
        Fails(text.Replace(",\"managed\",0,5]", "]", StringComparison.Ordinal));
    }

    [TestMethod]
    public void It_adds_up_by_origin_and_by_folder()
    {
        CollectionAssert.AreEqual(new[] { new OriginSize(s_skia, 1000, 1), new OriginSize(s_app, 111, 3) }, s_breakdown.ByOrigin());
        var folders = s_breakdown.ByFolder().ToImmutableDictionary(folder => folder.Path);
        Assert.AreEqual(new FolderSize("/", 1111, 4), folders["/"]);
        Assert.AreEqual(new FolderSize("/app", 1111, 4), folders["/app"]);
        Assert.AreEqual(new FolderSize("/app/runtimes", 1000, 1), folders["/app/runtimes"]);
        Assert.AreEqual((16, 1111), (s_breakdown.WastedBytes, s_breakdown.Bytes));
    }

    [TestMethod]
    public void A_pattern_that_may_reach_beyond_what_was_looked_at_has_no_sum()
    {
        Assert.AreEqual(1000, s_breakdown.BytesOf("/app/runtimes/**"));
        Assert.AreEqual(0, s_breakdown.BytesOf("/app/wwwroot/**"));
        Assert.IsNull(s_breakdown.BytesOf("/**/*.dll"));
        Assert.AreEqual(1110, (s_breakdown with { Folder = "/" }).BytesOf("/**/*.dll"));
    }

    private static void Fails(string text) =>
        Assert.AreEqual(
            Codes.PipelineFileUnusable,
            Assert.ThrowsExactly<MultiStageException>(() => BreakdownJson.Read(text, "obj/breakdown.json")).Diagnostic.Descriptor
        );
}
