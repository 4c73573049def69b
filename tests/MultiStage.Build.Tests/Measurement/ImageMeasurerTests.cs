using MultiStage.Build.Diagnostics;
using MultiStage.Build.Images;
using MultiStage.Build.Measurement;
using static MultiStage.Build.Tests.Measurement.LayerSizesTests;
using static MultiStage.Build.Tests.Measurement.TestArchive;

namespace MultiStage.Build.Tests.Measurement;

[TestClass]
public sealed class ImageMeasurerTests
{
    private static readonly ImageDescription s_image = Image(
        ["sha256:l0", "sha256:l1"],
        ("COPY 0 / # buildkit", 100),
        ("ENV a=b", 0),
        ("COPY 1 / # buildkit", 20)
    );
    private static readonly ImageDescription s_base = Image(["sha256:l0"], ("COPY 0 / # buildkit", 100), ("ENV a=b", 0));

    public required TestContext TestContext { get; init; }

    [TestMethod]
    public async Task A_history_of_file_bytes_needs_no_archive()
    {
        var sizes = await MeasureAsync(new FakeImageSource(("id", s_image), ("base:1", s_base)), "base:1");
        Assert.AreEqual(s_image.Id, sizes.ImageId);
        Assert.AreEqual(Platform.Parse("linux/amd64"), sizes.Platform);
        Assert.AreEqual(new ImageBase("base:1", 100, 1), sizes.Base);
        Assert.AreEqual(120, sizes.Total);
        Assert.AreEqual(20, sizes.AppBytes);
        Assert.AreEqual("COPY 1 /", sizes.AppLayers.Single().CreatedBy);
        // BuildKit leaves symlink targets out of what it tells the daemon.
        Assert.IsFalse(sizes.Exact);
    }

    [TestMethod]
    [DataRow(null)]
    [DataRow(" ")]
    [DataRow("scratch")]
    public async Task Without_a_base_image_everything_is_the_apps(string? reference)
    {
        var sizes = await MeasureAsync(new FakeImageSource(("id", s_image)), reference);
        Assert.IsNull(sizes.Base);
        Assert.AreEqual(120, sizes.AppBytes);
    }

    [TestMethod]
    public async Task A_base_image_that_is_not_there_is_not_taken_for_nothing()
    {
        var sizes = await MeasureAsync(new FakeImageSource(("id", s_image)), "base:1");
        Assert.AreEqual(new ImageBase("base:1", null, null), sizes.Base);
        Assert.AreEqual(120, sizes.Total);
        Assert.IsNull(sizes.AppBytes);
    }

    [TestMethod]
    public async Task Sizes_that_are_disk_usage_are_not_believed()
    {
        var source = new FakeImageSource(("id", s_image), ("base:1", s_base))
        {
            HistorySizesAreExact = false,
            Archive = () => Oci(Tar(File("a", 7)), Gzip(Tar(File("b", 3)))),
        };
        var sizes = await MeasureAsync(source, "base:1");
        Assert.AreEqual(new ImageBase("base:1", 7, 1), sizes.Base);
        Assert.AreEqual(new LayerSize("sha256:l1", "COPY 1 /", 3, IsBase: false), sizes.Layers[1]);
        Assert.AreEqual(10, sizes.Total);
        Assert.IsTrue(sizes.Exact);
    }

    [TestMethod]
    public async Task A_history_that_does_not_account_for_the_layers_is_not_believed_either()
    {
        var source = new FakeImageSource(("id", s_image with { History = [] }))
        {
            Archive = () => Oci(Tar(File("a", 7)), Tar(File("b", 3))),
        };
        Assert.AreEqual(10, (await MeasureAsync(source, null)).Total);
    }

    [TestMethod]
    public async Task An_exact_size_is_taken_from_the_archive_alone()
    {
        var source = new FakeImageSource(("id", s_image), ("base:1", s_base)) { Archive = () => Oci(Tar(File("a", 7)), Tar(File("b", 3))) };
        var sizes = await ImageMeasurer.MeasureExactlyAsync(source, "id", "base:1", TestContext.CancellationToken);
        Assert.AreEqual((10, 3, true), (sizes.Total, sizes.AppBytes, sizes.Exact));
    }

    [TestMethod]
    public async Task What_cannot_be_measured_is_an_error()
    {
        await FailsAsync(new FakeImageSource(), "The size of image id could not be measured: there is no such image");
        await FailsAsync(
            Inexact(() => Oci("x"u8.ToArray(), "x"u8.ToArray())),
            "The size of image id could not be measured: the layer blobs/sha256/l0 is not a tar archive"
        );
        await FailsAsync(Inexact(() => Oci(new byte[1024])), "The size of image id could not be measured: its archive holds another image");
        await FailsAsync(
            Inexact(() => throw new IOException("The daemon hung up.")),
            "The size of image id could not be measured: The daemon hung up"
        );
    }

    [TestMethod]
    public async Task An_archive_that_ends_too_early_is_an_error_at_any_length()
    {
        using var whole = new MemoryStream();
        await Oci(Tar(File("a", 700)), Gzip(Tar(File("b", 3)))).CopyToAsync(whole, TestContext.CancellationToken);
        var manifest = System.Text.Encoding.Latin1.GetString(whole.ToArray()).IndexOf("manifest.json", StringComparison.Ordinal);
        for (var length = 0; length <= manifest + 512; length += 97)
        {
            var cut = whole.ToArray()[..length];
            var failure = await Assert.ThrowsExactlyAsync<MultiStageException>(() =>
                MeasureAsync(Inexact(() => new OneWayStream(cut)), null)
            );
            Assert.AreEqual(Codes.NotMeasured, failure.Diagnostic.Descriptor);
        }
    }

    private static FakeImageSource Inexact(Func<Stream> archive) =>
        new(("id", s_image)) { HistorySizesAreExact = false, Archive = archive };

    private Task<ImageSizes> MeasureAsync(FakeImageSource source, string? reference) =>
        ImageMeasurer.MeasureAsync(source, "id", reference, TestContext.CancellationToken);

    private async Task FailsAsync(FakeImageSource source, string message)
    {
        var failure = await Assert.ThrowsExactlyAsync<MultiStageException>(() => MeasureAsync(source, null));
        Assert.AreEqual(Codes.NotMeasured, failure.Diagnostic.Descriptor);
        Assert.AreEqual(message, failure.Diagnostic.Message);
    }
}
