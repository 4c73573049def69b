using System.Formats.Tar;
using System.Security.Cryptography;
using MultiStage.Build.Context;
using MultiStage.Build.Diagnostics;
using MultiStage.Build.Dockerfiles.Reading;
using MultiStage.Build.Engines;

namespace MultiStage.Build.Tests.Context;

[TestClass]
public sealed class ContextTarTests
{
    private const string Dockerfile = "FROM scratch\nCOPY . /\n";

    [TestMethod]
    public async Task The_Dockerfile_comes_first_and_the_files_in_ordinal_order()
    {
        using var folder = new TempFolder();
        Write(folder, "b", "a/z", "a/B", "a-b", "Z");
        var (sent, entries) = await SendAsync(new(Dockerfile, new(folder.Path, IgnoreRules.None)));
        Assert.AreEqual(new ContextSize(5, 11), sent);
        CollectionAssert.AreEqual(
            new[] { ".multistage.Dockerfile", "Z", "a/", "a/B", "a/z", "a-b", "b" },
            entries.ConvertAll(entry => entry.Name)
        );
        Assert.AreEqual(TarEntryFormat.Ustar, entries[0].Format);
    }

    [TestMethod]
    public async Task Equal_contents_make_equal_bytes_whatever_their_times_and_owners()
    {
        var hashes = new List<string>();
        for (var copy = 0; copy < 2; copy++)
        {
            using var folder = new TempFolder();
            Write(folder, "a", "b/c", new string('l', 120));
            File.SetLastWriteTimeUtc(folder["a"], new DateTime(1999 + copy, 2, 3, 0, 0, 0, DateTimeKind.Utc));
            using var tar = new MemoryStream();
            await new ContextTar(new(folder.Path, IgnoreRules.None), new(Dockerfile, null, []), ContextReader.BuildKit).WriteAsync(
                tar,
                CancellationToken.None
            );
            hashes.Add(Convert.ToHexString(SHA256.HashData(tar.ToArray())));
        }

        Assert.AreEqual(hashes[0], hashes[1]);
    }

    [TestMethod]
    public async Task What_Windows_sends_can_be_run()
    {
        using var folder = new TempFolder();
        Write(folder, "run.sh", "a/b");
        var (_, here) = await SendAsync(new(Dockerfile, new(folder.Path, IgnoreRules.None) { Host = HostSystem.Linux }));
        var (_, windows) = await SendAsync(
            new(Dockerfile, new(folder.Path, IgnoreRules.Parse("a\\c", HostSystem.Windows)) { Host = HostSystem.Windows })
        );
        CollectionAssert.AreEqual(here.ConvertAll(entry => entry.Name), windows.ConvertAll(entry => entry.Name));
        const UnixFileMode Executable = (UnixFileMode)0b111_101_101;
        Assert.AreEqual(Executable, windows.Single(entry => entry.Name == "run.sh").Mode);
        Assert.AreNotEqual(Executable, here.Single(entry => entry.Name == "run.sh").Mode);
    }

    [TestMethod]
    public async Task Files_keep_their_times_where_a_hand_written_stage_may_look_at_them()
    {
        using var folder = new TempFolder();
        Write(folder, "a");
        var time = new DateTime(2020, 2, 3, 4, 5, 6, DateTimeKind.Utc);
        File.SetLastWriteTimeUtc(folder["a"], time);
        var (_, entries) = await SendAsync(new(Dockerfile, new(folder.Path, IgnoreRules.None) { KeepsFileTimes = true }));
        Assert.AreEqual(new DateTimeOffset(time), entries.Single(entry => entry.Name == "a").ModificationTime);
    }

    [TestMethod]
    public async Task An_excluded_folder_comes_along_only_for_what_in_it_is_included()
    {
        using var folder = new TempFolder();
        Write(folder, "docs/a/keep.md", "docs/a/drop.txt", "docs/b/drop.txt", "src/x");
        var (_, entries) = await SendAsync(new(Dockerfile, new(folder.Path, IgnoreRules.Parse("docs\n!**/*.md"))));
        CollectionAssert.AreEqual(
            new[] { "docs/", "docs/a/", "docs/a/keep.md", "src/", "src/x" },
            entries.Skip(1).Select(entry => entry.Name).ToArray()
        );
    }

    [TestMethod]
    public async Task The_Dockerfiles_name_is_none_that_the_context_has()
    {
        using var folder = new TempFolder();
        Write(folder, ".multistage.Dockerfile");
        var (_, entries) = await SendAsync(new(Dockerfile, new(folder.Path, IgnoreRules.None)));
        CollectionAssert.AreEqual(new[] { ".multistage.Dockerfile_", ".multistage.Dockerfile" }, entries.ConvertAll(entry => entry.Name));
    }

    [TestMethod]
    public async Task A_Dockerfile_of_the_context_is_sent_once_under_its_own_name()
    {
        using var folder = new TempFolder();
        Write(folder, "a/Dockerfile", "b");
        var request = new BuildRequest(Dockerfile, new(folder.Path, IgnoreRules.None)) { DockerfilePath = "a/Dockerfile" };
        CollectionAssert.AreEqual(new[] { "a/Dockerfile", "a/", "b" }, (await SendAsync(request)).Entries.ConvertAll(entry => entry.Name));
    }

    [TestMethod]
    public async Task A_copy_of_everything_leaves_a_Dockerfile_from_elsewhere_out_but_not_where_a_link_would_break_that()
    {
        using var folder = new TempFolder();
        Write(folder, "a");
        var request = new BuildRequest(Dockerfile, new(folder.Path, IgnoreRules.None));
        Assert.AreEqual(
            "FROM scratch\nCOPY --exclude=.multistage.Dockerfile . /\n",
            await DockerfileAsync(request, ContextReader.BuildKitWithExclude)
        );
        Assert.AreEqual(Dockerfile, await DockerfileAsync(request, ContextReader.BuildKit));
        File.CreateSymbolicLink(folder["link"], "nowhere");
        Assert.AreEqual(Dockerfile, await DockerfileAsync(request, ContextReader.BuildKitWithExclude));
    }

    [TestMethod]
    public async Task A_file_that_vanishes_while_the_context_is_sent_is_named()
    {
        using var folder = new TempFolder();
        Write(folder, "a", "b");
        using var tar = new OnceWritten(1024, () => File.Delete(folder["b"]));
        var failure = await Assert.ThrowsExactlyAsync<MultiStageException>(() =>
            SendAsync(new(Dockerfile, new(folder.Path, IgnoreRules.None)), tar)
        );
        Assert.AreEqual(Codes.ContextUnreadable, failure.Diagnostic.Descriptor);
        Assert.AreEqual("'b' could not be sent with the build context: it was there a moment ago and is gone", failure.Message);
    }

    [TestMethod]
    public async Task A_file_cut_short_while_it_is_read_is_an_error_and_one_that_grows_is_sent_as_it_was()
    {
        using var growing = new MemoryStream();
        growing.Write("12345"u8);
        growing.Position = 0;
        await using var exact = new ExactLengthStream(growing);
        growing.SetLength(9);
        using var copy = new MemoryStream();
        await exact.CopyToAsync(copy);
        Assert.AreEqual(5, copy.Length);

        using var shrinking = new MemoryStream(new byte[5]);
        await using var cut = new ExactLengthStream(shrinking);
        shrinking.SetLength(3);
        await Assert.ThrowsExactlyAsync<EndOfStreamException>(() => cut.CopyToAsync(Stream.Null));
    }

    private static void Write(TempFolder folder, params string[] files)
    {
        foreach (var file in files)
        {
            folder.Write(file, file);
        }
    }

    private static async Task<string> DockerfileAsync(BuildRequest request, ContextReader reader)
    {
        using var tar = new MemoryStream();
        await new ContextTar(
            request.Context,
            new(request.Dockerfile, request.DockerfilePath, RootCopies.Of(request.Dockerfile)),
            reader
        ).WriteAsync(tar, CancellationToken.None);
        tar.Position = 0;
        await using var entries = new TarReader(tar);
        using var text = new StreamReader((await entries.GetNextEntryAsync())!.DataStream!);
        return await text.ReadToEndAsync();
    }

    private static async Task<(ContextSize Sent, List<TarEntry> Entries)> SendAsync(BuildRequest request, MemoryStream? destination = null)
    {
        using var tar = destination ?? new MemoryStream();
        var sent = await new ContextTar(
            request.Context,
            new(request.Dockerfile, request.DockerfilePath, RootCopies.Of(request.Dockerfile)),
            ContextReader.BuildKit
        ).WriteAsync(tar, CancellationToken.None);
        tar.Position = 0;
        var entries = new List<TarEntry>();
        await using var reader = new TarReader(tar);
        while (await reader.GetNextEntryAsync(copyData: true) is { } entry)
        {
            entries.Add(entry);
        }

        return (sent, entries);
    }

    private sealed class OnceWritten(long bytes, Action action) : MemoryStream
    {
        private Action? _action = action;

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (Length > bytes)
            {
                Interlocked.Exchange(ref _action, null)?.Invoke();
            }

            return base.WriteAsync(buffer, cancellationToken);
        }
    }
}
