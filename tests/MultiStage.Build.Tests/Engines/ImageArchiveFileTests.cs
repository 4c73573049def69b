using System.IO.Compression;
using MultiStage.Build.Diagnostics;
using MultiStage.Build.Engines;

namespace MultiStage.Build.Tests.Engines;

[TestClass]
public sealed class ImageArchiveFileTests
{
    [TestMethod]
    public async Task An_archive_is_compressed_where_its_name_says_so()
    {
        using var folder = new TempFolder();
        await ImageArchiveFile.WriteAsync(folder["new/a.tar"], new MemoryStream("content"u8.ToArray()), CancellationToken.None);
        await ImageArchiveFile.WriteAsync(folder["new/a.tar.gz"], new MemoryStream("content"u8.ToArray()), CancellationToken.None);
        Assert.AreEqual("content", await File.ReadAllTextAsync(folder["new/a.tar"]));
        using var reader = new StreamReader(new GZipStream(File.OpenRead(folder["new/a.tar.gz"]), CompressionMode.Decompress));
        Assert.AreEqual("content", await reader.ReadToEndAsync());
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

    private sealed class BrokenStream : MemoryStream
    {
        public override Task CopyToAsync(Stream destination, int bufferSize, CancellationToken cancellationToken) =>
            throw new IOException("the daemon went away");
    }
}
