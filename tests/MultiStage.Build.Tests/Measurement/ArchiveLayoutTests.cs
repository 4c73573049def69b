using System.Security.Cryptography;
using System.Text.Json;
using MultiStage.Build.Diagnostics;
using MultiStage.Build.Images;
using MultiStage.Build.Measurement;
using MultiStage.Build.Measurement.Archives;
using ZstdSharp;
using static MultiStage.Build.Tests.Measurement.TestArchive;

namespace MultiStage.Build.Tests.Measurement;

/// <summary>Archives of every layout and compression, with several platforms and with attestations.</summary>
[TestClass]
public sealed class ArchiveLayoutTests
{
    private static readonly byte[] s_layer = Tar(File("app/a", 1000), File("app/b", 24));

    public required TestContext TestContext { get; init; }

    [TestMethod]
    public async Task A_layer_counts_the_same_however_it_is_compressed()
    {
        foreach (var stored in new[] { s_layer, Gzip(s_layer), Zstandard(s_layer) })
        {
            var image = (await WalkAsync(Index(("amd64", [stored])))).Single();
            CollectionAssert.AreEqual(new long[] { 1024 }, image.LayerBytes.ToArray());
            Assert.AreEqual(stored == s_layer ? null : new CompressedSize(stored.Length, IsEstimate: false), image.Compressed);
        }
    }

    [TestMethod]
    public async Task An_archive_counts_the_same_however_it_is_compressed()
    {
        var archive = Index(("amd64", [Zstandard(s_layer)]));
        foreach (var stored in new[] { archive, Gzip(archive), Zstandard(archive) })
        {
            Assert.AreEqual(1024, (await WalkAsync(stored)).Single().LayerBytes.Single());
        }
    }

    [TestMethod]
    public async Task Each_platform_is_an_image_by_itself_and_an_attestation_is_none()
    {
        var images = await WalkAsync(Index(("amd64", [s_layer]), ("arm64", [s_layer, Tar(File("more", 7))])));
        Assert.AreEqual(
            "linux/amd64 1024, linux/arm64 1031",
            string.Join(", ", images.Select(image => $"{image.Platform} {image.LayerBytes.Sum()}"))
        );
        Assert.AreEqual("web:1", images[0].Name);
        Assert.StartsWith("sha256:", images[0].Id);
    }

    [TestMethod]
    public async Task The_platform_that_is_asked_for_is_measured_or_said_to_be_missing()
    {
        var archive = Index(("amd64", [s_layer]), ("arm64", [s_layer, Tar(File("more", 7))]));
        Assert.AreEqual(1031, (await MeasureAsync(archive, "linux/arm64")).Sizes.Total);
        var failure = await Assert.ThrowsExactlyAsync<MultiStageException>(() => MeasureAsync(archive, "linux/s390x"));
        Assert.AreEqual(
            "The archive 'web.tar' cannot be measured: it has no image for linux/s390x, only for linux/amd64, linux/arm64; "
                + "RuntimeIdentifier chooses among them.",
            failure.Diagnostic.Message
        );
        Assert.AreEqual((Codes.ArchiveUnusable, "ContainerArchive"), (failure.Diagnostic.Descriptor, failure.Diagnostic.About));
    }

    [TestMethod]
    public async Task A_variant_that_Docker_leaves_out_is_the_same_platform()
    {
        var archive = Index(("amd64", [s_layer]), ("arm64/v8", [s_layer, Tar(File("more", 7))]));
        Assert.AreEqual(Platform.Parse("linux/arm64"), (await MeasureAsync(archive, "linux/arm64")).Sizes.Platform);
    }

    [TestMethod]
    public async Task Without_a_platform_none_is_picked_among_several_that_are_not_this_machine_s()
    {
        Assert.AreEqual(Platform.Parse("linux/s390x"), (await MeasureAsync(Index(("s390x", [s_layer])), null)).Sizes.Platform);
        var failure = await Assert.ThrowsExactlyAsync<MultiStageException>(() =>
            MeasureAsync(Index(("s390x", [s_layer]), ("ppc64le", [s_layer])), null)
        );
        Assert.Contains($"it has no image for {Platform.OfThisMachine}, only for linux/s390x, linux/ppc64le", failure.Diagnostic.Message);
    }

    [TestMethod]
    public async Task What_is_no_archive_is_one_error()
    {
        foreach (
            var damaged in new[]
            {
                [],
                "not a tar"u8.ToArray(),
                s_layer,
                Index(("amd64", [s_layer]))[..2000],
                Gzip(Index(("amd64", [s_layer])))[..200],
                Tar(File("index.json", "[]"u8.ToArray())),
            }
        )
        {
            var failure = await Assert.ThrowsExactlyAsync<MultiStageException>(() => MeasureAsync(damaged, null));
            Assert.AreEqual(Codes.ArchiveUnusable, failure.Diagnostic.Descriptor);
        }
    }

    [TestMethod]
    public async Task A_pull_size_is_estimated_where_the_archive_does_not_say_it()
    {
        var random = Tar(File("a", RandomNumberGenerator.GetBytes(200_000)));
        var image = (
            await ArchiveWalker.WalkAsync(
                new MemoryStream(Index(("amd64", [random, Gzip(s_layer)]))),
                WalkFor.Compression,
                TestContext.CancellationToken
            )
        ).Single();
        Assert.IsTrue(image.Compressed!.IsEstimate);
        Assert.IsLessThan(2000, Math.Abs(image.Compressed.Bytes - 200_000 - Gzip(s_layer).Length));
        Assert.AreEqual(200_000, image.LayerBytes[0]);
    }

    private static byte[] Zstandard(byte[] content)
    {
        using var compressor = new Compressor();
        return compressor.Wrap(content).ToArray();
    }

    // The layout of the OCI (image-layout.md): an index that leads to an index of platforms, as BuildKit writes it.
    private static byte[] Index(params (string Architecture, byte[][] Layers)[] platforms)
    {
        var blobs = new Dictionary<string, byte[]>();
        object Add(byte[] content, string? architecture = null, Dictionary<string, string>? annotations = null)
        {
            var digest = Convert.ToHexStringLower(SHA256.HashData(content));
            blobs[digest] = content;
            return new
            {
                digest = $"sha256:{digest}",
                size = content.Length,
                platform = architecture is null ? null : new { os = architecture == "unknown" ? "unknown" : "linux", architecture },
                annotations,
            };
        }

        object Image((string Architecture, byte[][] Layers) platform)
        {
            var parts = platform.Architecture.Split('/');
            var config = Json(
                new
                {
                    os = "linux",
                    architecture = parts[0],
                    variant = parts.ElementAtOrDefault(1) ?? "",
                    rootfs = new { diff_ids = platform.Layers.Select((_, i) => $"sha256:{platform.Architecture}{i}") },
                }
            );
            return Add(Json(new { config = Add(config), layers = platform.Layers.Select(layer => Add(layer)) }), platform.Architecture);
        }

        var attestation = Add(
            Json(new { config = Add(Json(new { })), layers = Array.Empty<object>() }),
            "unknown",
            new() { ["vnd.docker.reference.type"] = "attestation-manifest" }
        );
        var inner = Add(
            Json(new { manifests = platforms.Select(Image).Append(attestation) }),
            annotations: new() { ["io.containerd.image.name"] = "web:1" }
        );
        return Tar([
            .. blobs.Select(blob => File($"blobs/sha256/{blob.Key}", blob.Value)),
            File("index.json", Json(new { manifests = new[] { inner } })),
        ]);
    }

    private static byte[] Json(object value) => JsonSerializer.SerializeToUtf8Bytes(value);

    private async Task<System.Collections.Immutable.ImmutableArray<ArchivedImage>> WalkAsync(byte[] archive) =>
        await ArchiveWalker.WalkAsync(new OneWayStream(archive), WalkFor.Sizes, TestContext.CancellationToken);

    private async Task<MeasuredImage> MeasureAsync(byte[] archive, string? platform) =>
        (
            await ArchiveMeasurer.MeasureAsync(
                new ArchiveSource("web.tar", "ContainerArchive", _ => Task.FromResult<Stream>(new MemoryStream(archive))),
                platform is null ? null : Platform.Parse(platform),
                WalkFor.Files,
                TestContext.CancellationToken
            )
        ).Measured;
}
