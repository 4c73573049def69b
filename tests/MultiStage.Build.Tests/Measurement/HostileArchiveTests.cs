using System.Formats.Tar;
using System.Security.Cryptography;
using System.Text;
using CsCheck;
using MultiStage.Build.Diagnostics;
using MultiStage.Build.Images;
using MultiStage.Build.Measurement;
using MultiStage.Build.Measurement.Archives;
using static MultiStage.Build.Tests.Measurement.TestArchive;

namespace MultiStage.Build.Tests.Measurement;

/// <summary>An archive may be anybody's: whatever is in it, it is measured, or refused in one sentence, in little memory.</summary>
[TestClass]
public sealed class HostileArchiveTests
{
    [TestMethod]
    public async Task An_index_that_leads_to_itself_is_followed_once()
    {
        var index = """{"manifests":[{"digest":"sha256:a"},{"digest":"sha256:a"}]}""";
        Assert.Contains("there is no image in it", await RefusalAsync(Tar(Json("index.json", index), Json("blobs/sha256/a", index))));
    }

    [TestMethod]
    public async Task An_index_of_too_many_manifests_is_refused()
    {
        var names = Enumerable.Range(0, 1500).Select(i => $"{i:x8}").ToList();
        var index = $$"""{"manifests":[{{string.Join(',', names.Select(name => $$"""{"digest":"sha256:{{name}}"}"""))}}]}""";
        Assert.Contains(
            "more than 1000 manifests",
            await RefusalAsync(Tar([Json("index.json", index), .. names.Select(name => Json($"blobs/sha256/{name}", "{}"))]))
        );
    }

    [TestMethod]
    public async Task A_path_of_a_hundred_thousand_levels_is_refused_and_takes_no_memory()
    {
        var layer = Tar(File(string.Concat(Enumerable.Repeat("a/", 100_000)) + "b", 1));
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Contains("Linux has none of more than 4096", await RefusalAsync(Of(layer)));
        Assert.IsLessThan(50_000_000, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [TestMethod]
    public async Task A_layer_of_more_folders_than_memory_holds_is_refused()
    {
        var deep = string.Concat(Enumerable.Repeat("/a", 1900));
        var layer = Tar([.. Enumerable.Range(0, 3000).Select(i => File($"{i:x4}{deep}", 0))]);
        Assert.Contains("4 million files and folders", await RefusalAsync(Of(layer)));
    }

    [TestMethod]
    public async Task Content_that_is_not_what_its_digest_says_is_refused()
    {
        var layer = Tar(File("a", 1));
        var damaged = (byte[])layer.Clone();
        damaged[^1] = 1;
        Assert.Contains("is damaged", await RefusalAsync(Of(damaged, Digest(layer))));
        await MeasureAsync(Of(layer));
    }

    [TestMethod]
    [DataRow("GNU.sparse.realsize", "99999999999999999999")]
    [DataRow("GNU.sparse.realsize", "-1")]
    public async Task A_size_that_is_no_size_is_refused(string name, string size) =>
        Assert.Contains(
            "no known size",
            await RefusalAsync(Of(Tar(new PaxTarEntry(TarEntryType.RegularFile, "a", [KeyValuePair.Create(name, size)]))))
        );

    [TestMethod]
    public async Task Sizes_whose_sum_is_too_large_are_refused()
    {
        var huge = KeyValuePair.Create("GNU.sparse.realsize", "9000000000000000000");
        Assert.IsNotNull(
            await RefusalAsync(
                Of(Tar(new PaxTarEntry(TarEntryType.RegularFile, "a", [huge]), new PaxTarEntry(TarEntryType.RegularFile, "b", [huge])))
            )
        );
    }

    // What was found so far stays found: the damage is made anew from the archive each time.
    [TestMethod]
    public void Any_damage_is_measured_or_refused() =>
        Gen.Select(Gen.Int[0, 1 << 20], Gen.Byte, Gen.Int[0, 4])
            .Array[1, 12]
            .Sample(
                edits =>
                {
                    var archive = Of(Tar(File("a", "{}"u8.ToArray()), Link(TarEntryType.SymbolicLink, "b", "a"), File("c/.wh.d", 0)));
                    foreach (var (place, value, how) in edits)
                    {
                        var at = place % archive.Length;
                        archive = how switch
                        {
                            0 => archive[..at],
                            1 => [.. archive[..at], .. archive[at..], .. archive[..Math.Min(512, archive.Length)]],
                            2 => [.. archive[..at], value, .. archive[at..]],
                            _ => [.. archive[..at], value, .. archive[(at + 1)..]],
                        };
                        if (archive.Length == 0)
                        {
                            return;
                        }
                    }

                    try
                    {
                        MeasureAsync(archive).GetAwaiter().GetResult();
                    }
                    catch (MultiStageException)
                    {
                        // One sentence is all that it may be.
                    }
                },
                iter: 3000,
                threads: 1
            );

    private static TarEntry Json(string name, string text) => File(name, Encoding.UTF8.GetBytes(text));

    private static string Digest(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));

    private static byte[] Of(byte[] layer, string? digest = null)
    {
        var path = $"blobs/sha256/{digest ?? Digest(layer)}";
        return Tar(File(path, layer), File("config.json", Configuration(1)), File("manifest.json", Manifest("config.json", [path])));
    }

    private static async Task<string> RefusalAsync(byte[] archive) =>
        (await Assert.ThrowsExactlyAsync<MultiStageException>(() => MeasureAsync(archive))).Message;

    private static Task<(MeasuredImage Measured, string? Name)> MeasureAsync(byte[] archive) =>
        ArchiveMeasurer.MeasureAsync(
            new("a.tar", "ContainerArchive", _ => Task.FromResult<Stream>(new MemoryStream(archive))),
            Platform.Parse("linux/arm64"),
            WalkFor.Files | WalkFor.Digests,
            CancellationToken.None
        );
}
