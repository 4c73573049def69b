using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using MultiStage.Build.Diagnostics;
using MultiStage.Build.Engines;

namespace MultiStage.Build.Tests.Engines;

[TestClass]
public sealed class ImageArchiveFileTests
{
    private static readonly byte[] s_layer = "a layer"u8.ToArray();

    private static readonly string s_digest = Convert.ToHexStringLower(SHA256.HashData(s_layer));

    [TestMethod]
    public async Task An_archive_is_compressed_where_its_name_says_so()
    {
        using var folder = new TempFolder();
        var archive = Archive(s_layer);
        await ImageArchiveFile.WriteAsync(folder["new/a.tar"], new MemoryStream(archive), CancellationToken.None);
        await ImageArchiveFile.WriteAsync(folder["new/a.tar.gz"], new MemoryStream(archive), CancellationToken.None);
        CollectionAssert.AreEqual(archive, await File.ReadAllBytesAsync(folder["new/a.tar"]));
        await using var unpacked = new GZipStream(File.OpenRead(folder["new/a.tar.gz"]), CompressionMode.Decompress);
        using var content = new MemoryStream();
        await unpacked.CopyToAsync(content);
        CollectionAssert.AreEqual(archive, content.ToArray());
    }

    [TestMethod]
    public async Task An_archive_that_breaks_off_leaves_nothing_behind()
    {
        using var folder = new TempFolder();
        var failure = await Assert.ThrowsExactlyAsync<MultiStageException>(() =>
            ImageArchiveFile.WriteAsync(folder["a.tar"], new BrokenStream(), CancellationToken.None)
        );
        Assert.AreEqual(Codes.SaveFailed, failure.Diagnostic.Descriptor);
        Assert.AreEqual($"The archive '{folder["a.tar"]}' could not be written: the daemon went away", failure.Message);
        Assert.IsEmpty(Directory.EnumerateFileSystemEntries(folder.Path));
    }

    [TestMethod]
    [DataRow(0, "whole")]
    [DataRow(512, "")]
    [DataRow(1024, "")]
    [DataRow(1700, "")]
    public async Task What_is_not_a_whole_archive_replaces_nothing(int length, string reason)
    {
        using var folder = new TempFolder();
        await File.WriteAllTextAsync(folder["a.tar"], "yesterday's");
        var failure = await Assert.ThrowsExactlyAsync<MultiStageException>(() =>
            ImageArchiveFile.WriteAsync(folder["a.tar"], new MemoryStream(Archive(s_layer)[..length]), CancellationToken.None)
        );
        Assert.AreEqual(Codes.SaveFailed, failure.Diagnostic.Descriptor);
        Assert.Contains(reason, failure.Message);
        Assert.AreEqual("yesterday's", await File.ReadAllTextAsync(folder["a.tar"]));
        Assert.HasCount(1, Directory.GetFileSystemEntries(folder.Path));
    }

    [TestMethod]
    public async Task A_layer_with_another_content_than_its_digest_replaces_nothing()
    {
        using var folder = new TempFolder();
        var failure = await Assert.ThrowsExactlyAsync<MultiStageException>(() =>
            ImageArchiveFile.WriteAsync(folder["a.tar"], new MemoryStream(Archive("another"u8.ToArray())), CancellationToken.None)
        );
        Assert.Contains("damaged on its way", failure.Message);
        Assert.IsEmpty(Directory.EnumerateFileSystemEntries(folder.Path));
    }

    [TestMethod]
    public async Task What_an_interrupted_run_left_goes_and_what_another_one_writes_stays()
    {
        using var folder = new TempFolder();
        await File.WriteAllTextAsync(folder["a.tar.0123.tmp"], "left behind");
        await File.WriteAllTextAsync(folder["b.tar.0123.tmp"], "of another archive");
        await using var written = TemporaryFile.Create(folder["a.tar"]);
        await ImageArchiveFile.WriteAsync(folder["a.tar"], new MemoryStream(Archive(s_layer)), CancellationToken.None);
        Assert.IsFalse(File.Exists(folder["a.tar.0123.tmp"]));
        Assert.IsTrue(File.Exists(folder["b.tar.0123.tmp"]));
        Assert.IsTrue(File.Exists(written.Content.Name));
    }

    // As `docker save` writes it.
    private static byte[] Archive(byte[] layer)
    {
        using var archive = new MemoryStream();
        using (var tar = new TarWriter(archive, leaveOpen: true))
        {
            Add($"blobs/sha256/{s_digest}", layer);
            Add("config.json", "{}"u8.ToArray());
            Add("manifest.json", Encoding.UTF8.GetBytes($$"""[{"Config":"config.json","Layers":["blobs/sha256/{{s_digest}}"]}]"""));

            void Add(string name, byte[] content) =>
                tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(content) });
        }

        return archive.ToArray();
    }

    private sealed class BrokenStream : MemoryStream
    {
        public override Task CopyToAsync(Stream destination, int bufferSize, CancellationToken cancellationToken) =>
            throw new IOException("the daemon went away");
    }
}
