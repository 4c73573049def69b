using System.Diagnostics;
using System.Formats.Tar;
using System.Security.Cryptography;
using System.Text;
using MultiStage.Build.Diagnostics;
using MultiStage.Build.EndToEnd.Harness;
using MultiStage.Build.Engines;
using MultiStage.Build.Engines.Archives;

namespace MultiStage.Build.EndToEnd.Engines;

/// <summary>An image in an archive is pushed without a daemon, so nobody else tries again, and nobody else notices silence.</summary>
[TestClass]
public sealed class FaultsOfARegistry : EngineTest
{
    private const string ManifestType = "application/vnd.oci.image.manifest.v1+json";

    private static readonly EngineOptions s_options = new()
    {
        FirstRetry = TimeSpan.FromMilliseconds(20),
        SilenceLimit = TimeSpan.FromSeconds(1),
    };

    [TestMethod]
    [DataRow("^HEAD .*/blobs/")]
    [DataRow("^POST .*/blobs/uploads/")]
    [DataRow("^PUT .*/blobs/uploads/")]
    [DataRow("^PUT .*/manifests/")]
    public async Task Are_tried_again_where_they_may_pass_and_are_one_error_where_they_stay(string request)
    {
        using var proxy = FaultProxy.Of(Registry.Open);
        var repository = Workspace.Next().ImageName;
        var store = new ArchiveStore(Archive(repository), Workspace.Folder, s_options);
        foreach (var fault in Enum.GetValues<Fault>())
        {
            var one = $"{repository}/{fault}".ToLowerInvariant();
            var name = $"127.0.0.1:{proxy.Port}/{one}:1";
            proxy.Break(request, fault);
            var clock = Stopwatch.StartNew();
            try
            {
                await store.PushAsync(name, new EventLog(), Token);
                Assert.StartsWith("^HEAD", request, $"{fault}: only what asks whether a blob is there can do without an answer.");
            }
            catch (MultiStageException e)
            {
                Assert.AreEqual(Codes.PushFailed, e.Diagnostic.Descriptor);
                Assert.DoesNotContain("docker login", e.Message);
                Assert.AreEqual(fault is Fault.Cut or Fault.Busy or Fault.Error, e.Message.Contains("(5 attempts)"), e.Message);
                Assert.IsNull(await Registry.Open.FindDigestAsync(one, "1"), $"{request}: {fault} moved a tag.");
            }

            Assert.IsLessThan(TimeSpan.FromSeconds(10), clock.Elapsed, $"{request}: {fault}");
            Assert.AreNotEqual(0, proxy.Faults, $"{request} is not a request of a push.");

            var again = $"{one}/again";
            var passes = fault is Fault.Cut or Fault.Busy or Fault.Error;
            proxy.Break(request, fault, times: passes ? 2 : 0);
            var digest = await store.PushAsync($"127.0.0.1:{proxy.Port}/{again}:1", new EventLog(), Token);
            Assert.AreEqual(digest, await Registry.Open.FindDigestAsync(again, "1"), $"{request}: {fault}");
        }
    }

    [TestMethod]
    public async Task That_is_not_there_is_named_and_one_that_wants_a_login_gets_the_command()
    {
        var store = new ArchiveStore(Archive("a"), Workspace.Folder, s_options);
        string address;
        using (var gone = FaultProxy.Of(Registry.Open))
        {
            address = $"127.0.0.1:{gone.Port}";
        }

        var absent = await Assert.ThrowsExactlyAsync<MultiStageException>(() => store.PushAsync($"{address}/a:1", new EventLog(), Token));
        Assert.AreEqual(
            $"'{address}/a:1' could not be pushed: the connection broke: Connection refused (5 attempts). "
                + $"Publish again when {address} answers: what it has already is not sent again",
            absent.Message
        );
        var locked = Registry.Guarded.Address;
        var refused = await Assert.ThrowsExactlyAsync<MultiStageException>(() => store.PushAsync($"{locked}/a:1", new EventLog(), Token));
        Assert.Contains($"401 authentication required. Log in: docker login {locked}", refused.Message);
    }

    private ImageArchive Archive(string content)
    {
        using var layer = new MemoryStream();
        using (var tar = new TarWriter(layer, leaveOpen: true))
        {
            tar.WriteEntry(
                new PaxTarEntry(TarEntryType.RegularFile, "a") { DataStream = new MemoryStream(Encoding.UTF8.GetBytes(content)) }
            );
        }

        var config = Encoding.UTF8.GetBytes(
            $$$"""{"os":"linux","architecture":"amd64","rootfs":{"type":"layers","diff_ids":["{{{Digest(layer.ToArray())}}}"]}}"""
        );
        var manifest =
            $$$"""{"schemaVersion":2,"mediaType":"{{{ManifestType}}}","config":{{{Descriptor("config.v1+json", config)}}},"""
            + $"\"layers\":[{Descriptor("layer.v1.tar", layer.ToArray())}]}}";
        var path = Path.Combine(Directory.CreateDirectory(Workspace.Folder).FullName, "image.tar");
        using var archive = new TarWriter(File.Create(path));
        foreach (var blob in new[] { config, layer.ToArray() })
        {
            archive.WriteEntry(
                new PaxTarEntry(TarEntryType.RegularFile, $"blobs/{Digest(blob).Replace(':', '/')}") { DataStream = new MemoryStream(blob) }
            );
        }

        return new(path, manifest, ManifestType, Digest(Encoding.UTF8.GetBytes(manifest)), Encoding.UTF8.GetString(config));
    }

    private static string Descriptor(string type, byte[] blob) =>
        $$"""{"mediaType":"application/vnd.oci.image.{{type}}","digest":"{{Digest(blob)}}","size":{{blob.Length}}}""";

    private static string Digest(byte[] blob) => "sha256:" + Convert.ToHexStringLower(SHA256.HashData(blob));
}
