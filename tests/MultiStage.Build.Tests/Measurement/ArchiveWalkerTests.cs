using System.Formats.Tar;
using System.Globalization;
using System.Text;
using CsCheck;
using MultiStage.Build.Images;
using MultiStage.Build.Measurement.Archives;
using MultiStage.Build.Measurement.Layers;
using static MultiStage.Build.Tests.Measurement.TestArchive;

namespace MultiStage.Build.Tests.Measurement;

[TestClass]
public sealed class ArchiveWalkerTests
{
    public required TestContext TestContext { get; init; }

    [TestMethod]
    public async Task Files_and_symlink_targets_count_and_nothing_else_does()
    {
        var layer = Tar(
            new PaxTarEntry(TarEntryType.Directory, "app/"),
            File("app/a", 1000),
            File("app/empty", 0),
            new UstarTarEntry(TarEntryType.RegularFile, "app/ustar") { DataStream = new MemoryStream(new byte[30]) },
            new V7TarEntry(TarEntryType.V7RegularFile, "app/v7") { DataStream = new MemoryStream(new byte[4]) },
            Link(TarEntryType.HardLink, "app/hard", "app/a"),
            Link(TarEntryType.SymbolicLink, "app/soft", "12345"),
            Link(TarEntryType.SymbolicLink, "app/umlaut", "ü🐳"),
            new PaxTarEntry(TarEntryType.CharacterDevice, "dev/null") { DeviceMajor = 1, DeviceMinor = 3 },
            new PaxTarEntry(TarEntryType.Fifo, "run/pipe")
        );
        Assert.AreEqual(1000 + 30 + 4 + 5 + 6, await MeasureAsync(layer));
    }

    [TestMethod]
    public async Task Whiteouts_count_nothing_whatever_they_hold() =>
        Assert.AreEqual(
            7,
            await MeasureAsync(
                Tar(
                    File("a/.wh.gone", 0),
                    File("a/.wh..wh..opq", 0),
                    File(".wh.top", 9),
                    File(".wh..wh.plnk/12.34", 50),
                    File("a/x.wh.kept", 7)
                )
            )
        );

    [TestMethod]
    public async Task Long_names_and_targets_count_whole()
    {
        var target = new string('t', 300);
        Assert.AreEqual(
            300 + 11,
            await MeasureAsync(
                Tar(
                    Link(TarEntryType.SymbolicLink, new string('n', 250), target),
                    new GnuTarEntry(TarEntryType.RegularFile, string.Join('/', Enumerable.Repeat("folder", 40)))
                    {
                        DataStream = new MemoryStream(new byte[11]),
                    }
                )
            )
        );
    }

    [TestMethod]
    public async Task A_packed_sparse_file_counts_what_it_is_unpacked()
    {
        var packed = new PaxTarEntry(
            TarEntryType.RegularFile,
            "GNUSparseFile.0/disk",
            new Dictionary<string, string>
            {
                ["GNU.sparse.major"] = "1",
                ["GNU.sparse.minor"] = "0",
                ["GNU.sparse.name"] = "disk",
                ["GNU.sparse.realsize"] = "1048576",
            }
        )
        {
            DataStream = new MemoryStream(Encoding.ASCII.GetBytes("1\n0\n5\n".PadRight(512, '\0') + "hello")),
        };
        Assert.AreEqual(1_048_576, await MeasureAsync(Tar(packed)));
    }

    [TestMethod]
    public async Task A_size_that_only_a_pax_record_can_hold_is_read()
    {
        // 9 GB of zeros that nobody stores: a ustar header holds 8 GiB at most.
        await using var tar = new OneWayStream(PaxHeader(9_000_000_000), 9_000_000_000 + 2048 - 9_000_000_000 % 512);
        Assert.AreEqual(new LayerTarSize(9_000_000_000, true), await LayerTar.MeasureAsync(tar, null, TestContext.CancellationToken));
    }

    [TestMethod]
    public async Task A_symlink_target_that_is_not_text_makes_the_size_inexact()
    {
        var tar = Tar(new UstarTarEntry(TarEntryType.SymbolicLink, "link") { LinkName = "xx" });
        // The target's field begins at byte 157, the checksum's six digits at 148.
        var sum = Convert.ToInt32(Encoding.ASCII.GetString(tar, 148, 6), 8) - 'x' + 0xFF;
        tar[157] = 0xFF;
        Encoding.ASCII.GetBytes(Convert.ToString(sum, 8).PadLeft(6, '0')).CopyTo(tar, 148);
        Assert.IsFalse((await LayerTar.MeasureAsync(new MemoryStream(tar), null, TestContext.CancellationToken)).Exact);
    }

    [TestMethod]
    public async Task Layers_come_in_the_manifests_order_with_the_history_of_the_configuration()
    {
        var image = (
            await ArchiveWalker.WalkAsync(
                Oci(Tar(File("a", 1)), Gzip(Tar(File("b", 20))), new byte[1024]),
                WalkFor.Sizes,
                TestContext.CancellationToken
            )
        ).Single();
        Assert.AreEqual(Platform.Parse("linux/arm64"), image.Platform);
        CollectionAssert.AreEqual(new[] { "sha256:l0", "sha256:l1", "sha256:l2" }, image.DiffIds.ToArray());
        CollectionAssert.AreEqual(new long[] { 1, 20, 0 }, image.LayerBytes.ToArray());
        CollectionAssert.AreEqual(
            new bool?[] { false, true, false, true, false, true },
            image.History.Select(entry => entry.MadeLayer).ToArray()
        );
        Assert.IsTrue(image.Exact);
    }

    [TestMethod]
    public async Task A_layer_whose_first_file_looks_like_JSON_is_a_layer() =>
        Assert.AreEqual(5, await MeasureAsync(Tar(File("{\"a\":1}", 5))));

    [TestMethod]
    public async Task The_layout_before_Docker_25_is_read_with_its_links()
    {
        using var archive = new OneWayStream(
            Tar(
                File("aa/VERSION", "1.0"u8.ToArray()),
                File("aa/json", "{}"u8.ToArray()),
                File("aa/layer.tar", Tar(File("a", 5))),
                Link(TarEntryType.SymbolicLink, "bb/layer.tar", "../aa/layer.tar"),
                File("c.json", Configuration(2)),
                File("manifest.json", Manifest("c.json", ["aa/layer.tar", "bb/layer.tar"]))
            )
        );
        var image = (await ArchiveWalker.WalkAsync(archive, WalkFor.Sizes, TestContext.CancellationToken)).Single();
        CollectionAssert.AreEqual(new long[] { 5, 5 }, image.LayerBytes.ToArray());
    }

    [TestMethod]
    public async Task A_layer_that_cannot_be_read_fails_and_is_named()
    {
        await FailsAsync(Oci([0x28, 0xB5, 0x2F, 0xFD, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF]), "it ends too early");
        await FailsAsync(Oci(Array.Empty<byte>()), "the layer blobs/sha256/l0 is empty");
        await FailsAsync(Oci("nonsense"u8.ToArray()), "the layer blobs/sha256/l0 is not a tar archive");
    }

    [TestMethod]
    public async Task An_archive_that_is_cut_short_fails()
    {
        await FailsAsync(new MemoryStream(new byte[1024]), "the archive has no manifest.json and no index.json");
        await FailsAsync(new MemoryStream(Tar(File("manifest.json", Manifest("c.json", ["l"])))), "the archive has no c.json");
        await FailsAsync(
            new MemoryStream(Tar(File("manifest.json", Manifest("c.json", ["l"])), File("c.json", Configuration(1)))),
            "the archive has no layer l"
        );
        await FailsAsync(
            new MemoryStream(
                Tar(File("manifest.json", Manifest("c.json", ["l"])), File("c.json", Configuration(2)), File("l", new byte[1024]))
            ),
            "the archive has 1 layers and its configuration 2"
        );
        await FailsAsync(
            new MemoryStream(Tar(File("manifest.json", "[{}]"u8.ToArray()))),
            "the archive's manifest or configuration is malformed"
        );
    }

    [TestMethod]
    public void Any_tree_measures_as_what_was_put_in() =>
        Gen.Select(Gen.Int[0, 3], Gen.Int[0, 5000])
            .Array[0, 20]
            .Array[1, 4]
            .SampleAsync(
                async layers =>
                {
                    var stored = layers
                        .Select((layer, i) => (i & 1) == 0 ? Tar([.. layer.Select(ToEntry)]) : Gzip(Tar([.. layer.Select(ToEntry)])))
                        .ToArray();
                    var image = (await ArchiveWalker.WalkAsync(Oci(stored), WalkFor.Sizes, CancellationToken.None)).Single();
                    return image.LayerBytes.SequenceEqual(
                        layers.Select(layer =>
                            layer.Sum(item =>
                                item.Item1 == 0 ? (long)item.Item2
                                : item.Item1 == 1 ? item.Item2 % 90 + 1
                                : 0
                            )
                        )
                    );
                },
                iter: 50
            )
            .GetAwaiter()
            .GetResult();

    private static TarEntry ToEntry((int Kind, int Size) item, int index) =>
        item.Kind switch
        {
            0 => File($"f{index}", item.Size),
            1 => Link(TarEntryType.SymbolicLink, $"s{index}", new string('x', item.Size % 90 + 1)),
            2 => Link(TarEntryType.HardLink, $"h{index}", "f0"),
            _ => new PaxTarEntry(TarEntryType.Directory, $"d{index}/"),
        };

    // A record of the same length takes the place of one that TarWriter lets us choose, so no other byte changes.
    private static byte[] PaxHeader(long size)
    {
        const string Chosen = "comment=123456789012";
        var tar = Tar(new PaxTarEntry(TarEntryType.RegularFile, "big", new Dictionary<string, string> { ["comment"] = "123456789012" }));
        var record = "size=" + size.ToString("D" + (Chosen.Length - "size=".Length), CultureInfo.InvariantCulture);
        var text = Encoding.Latin1.GetString(tar).Replace(Chosen, record, StringComparison.Ordinal);
        return Encoding.Latin1.GetBytes(text)[..^1024];
    }

    private async Task<long> MeasureAsync(byte[] layer) =>
        (await ArchiveWalker.WalkAsync(Oci(layer), WalkFor.Sizes, TestContext.CancellationToken)).Single().LayerBytes.Single();

    private async Task FailsAsync(Stream archive, string message)
    {
        var failure = await Assert.ThrowsExactlyAsync<InvalidDataException>(() =>
            ArchiveWalker.WalkAsync(archive, WalkFor.Sizes, TestContext.CancellationToken)
        );
        Assert.AreEqual(message, failure.Message);
    }
}
