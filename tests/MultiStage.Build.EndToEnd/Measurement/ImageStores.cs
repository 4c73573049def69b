using MultiStage.Build.EndToEnd.Engines;
using MultiStage.Build.EndToEnd.Harness;
using MultiStage.Build.Images;
using MultiStage.Build.Measurement;
using MultiStage.Build.Measurement.Archives;

namespace MultiStage.Build.EndToEnd.Measurement;

/// <summary>One image, wherever it is kept: in a daemon's overlay2 store, in one's containerd store, and in an archive. The daemons
/// themselves tell three different sizes of it.</summary>
[TestClass]
public sealed class ImageStores : EngineTest
{
    [TestMethod]
    public async Task An_image_takes_the_same_bytes_in_every_store_and_in_an_archive()
    {
        var image = await AwkwardImage.GetAsync();
        await ContainerdStore.LoadAsync(image.Base);
        await ContainerdStore.DockerAsync("load", "--quiet", "--input", image.Archive);
        await using var overlay = await ConnectAsync();
        await using var containerd = await ContainerdStore.ConnectAsync(Token);
        Assert.AreNotEqual(
            overlay.HistorySizesAreExact,
            containerd.HistorySizesAreExact,
            "Both daemons keep images in the same way; this test needs both ways."
        );

        var here = await ImageMeasurer.WalkAsync(overlay, image.Name, image.Base, WalkFor.Files, Token);
        var there = await ImageMeasurer.WalkAsync(containerd, image.Name, image.Base, WalkFor.Files, Token);
        AssertSame(here, there);
        Assert.AreEqual(here.Sizes.Base, there.Sizes.Base);

        // An archive does not say what is the base image's.
        var (archived, name) = await ArchiveMeasurer.MeasureAsync(ArchiveSource.OfFile(image.Archive), null, WalkFor.Files, Token);
        Assert.AreEqual(image.Name, name?.Split('/')[^1]);
        AssertSame(await ImageMeasurer.WalkAsync(containerd, image.Name, null, WalkFor.Files, Token), archived);
        CollectionAssert.AreEqual(here.Sizes.Layers.Select(layer => layer with { IsBase = false }).ToArray(), archived.Sizes.Layers);
    }

    [TestMethod]
    public async Task What_is_attested_of_an_image_is_no_part_of_it()
    {
        await ContainerdStore.LoadAsync("busybox");
        await using var containerd = await ContainerdStore.ConnectAsync(Token);
        var plain = await BuildAsync("plain", "FROM busybox\nCOPY two /two\n", "--provenance=false");
        var attested = await BuildAsync("attested", "FROM busybox\nCOPY two /two\n", "--provenance=mode=max");

        var archive = Path.Combine(Workspace.Folder, "attested.tar");
        await ContainerdStore.DockerAsync("save", "--output", archive, attested);
        Assert.Contains("attestation-manifest", await File.ReadAllTextAsync(archive), "There is nothing that could be counted.");
        var expected = await ImageMeasurer.WalkAsync(containerd, plain, "busybox", WalkFor.Files, Token);
        Assert.AreEqual(3, expected.Sizes.AppBytes);
        CollectionAssert.AreEqual(
            expected.Sizes.Layers,
            (await ImageMeasurer.MeasureAsync(containerd, plain, "busybox", Token)).Layers,
            "What the history tells was believed."
        );
        AssertSame(expected, await ImageMeasurer.WalkAsync(containerd, attested, "busybox", WalkFor.Files, Token));
    }

    [TestMethod]
    public async Task Each_platform_of_an_image_is_measured_by_itself()
    {
        var image = await BuildAsync(
            "platforms",
            "FROM scratch\nARG TARGETARCH\nCOPY $TARGETARCH /file\n",
            "--platform=linux/amd64,linux/arm64",
            "--provenance=mode=max"
        );
        await using var containerd = await ContainerdStore.ConnectAsync(Token);

        foreach (var architecture in (string[])["amd64", "arm64"])
        {
            var (measured, _) = await ArchiveMeasurer.MeasureAsync(
                ArchiveSource.OfImage(containerd, image),
                Platform.Parse($"linux/{architecture}"),
                WalkFor.Files,
                Token
            );
            Assert.AreEqual(Platform.Parse($"linux/{architecture}"), measured.Sizes.Platform);
            Assert.AreEqual(architecture == "amd64" ? 1000 : 2000, measured.Sizes.Total);
        }
    }

    private static void AssertSame(MeasuredImage expected, MeasuredImage actual)
    {
        CollectionAssert.AreEqual(expected.Sizes.Layers, actual.Sizes.Layers);
        Assert.IsTrue(expected.Sizes.Exact && actual.Sizes.Exact);
        CollectionAssert.AreEqual(expected.Breakdown!.Files, actual.Breakdown!.Files);
        CollectionAssert.AreEqual(expected.Breakdown.Wasted, actual.Breakdown.Wasted);
        CollectionAssert.AreEqual(expected.Breakdown.Gaps, actual.Breakdown.Gaps);
    }

    private async Task<string> BuildAsync(string tag, string dockerfile, params string[] options)
    {
        var folder = Folder("two");
        await File.WriteAllTextAsync(Path.Combine(folder, "Dockerfile"), dockerfile);
        await File.WriteAllBytesAsync(Path.Combine(folder, "amd64"), new byte[1000]);
        await File.WriteAllBytesAsync(Path.Combine(folder, "arm64"), new byte[2000]);
        var name = $"{Daemon.ImagePrefix}{SuiteRun.Id}-{tag}:1";
        await ContainerdStore.DockerAsync(["buildx", "build", "--quiet", "--builder", "default", .. options, "--tag", name, folder]);
        return name;
    }
}
