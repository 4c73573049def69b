using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using MultiStage.Build.EndToEnd.Harness;

namespace MultiStage.Build.EndToEnd;

[TestClass]
public sealed class Secrets : EndToEndTest
{
    [TestMethod]
    public async Task A_secret_is_read_by_steps_restore_and_publish_and_stays_nowhere()
    {
        var (variable, file) = (Guid.NewGuid().ToString("n"), Guid.NewGuid().ToString("n"));
        // BuildKit takes a step from its cache whatever the secret holds now, so the step has to be new.
        var digests = $"/digests-{SuiteRun.Id}";
        var web = await SingleWebAsync();
        web.Write("keys/deploy", file);
        web.Insert(
            "SingleWeb.csproj",
            $$"""
              <ItemGroup>
                <ContainerSecret Include="npm" Env="MULTISTAGE_TEST_TOKEN" />
                <ContainerSecret Include="deploy" Source="keys/deploy" />
                <ContainerStep Include="digest" Stage="builder" Run="--mount=type=secret,id=npm sha256sum /run/secrets/npm > {{digests}}" />
              </ItemGroup>
              <Target Name="ReadSecret" BeforeTargets="CollectPackageReferences;CoreCompile" Condition="Exists('/run/secrets/deploy')">
                <Exec Command="sha256sum /run/secrets/deploy >> {{digests}}" />
              </Target>
            """
        );

        var publish = await web.DotnetAsync(
            web.PublishArguments("-p:ContainerTarget=builder", "-v:diag"),
            [new("MULTISTAGE_TEST_TOKEN", variable)]
        );

        publish.Succeeds();
        Assert.Contains(" on Docker ", publish.Output);
        Assert.Contains(" of the Dockerfile mounts a secret)", publish.Output);
        var image = $"{web.ImageName}:latest-builder";
        var read = Encoding.UTF8.GetString((await Daemon.ContentsAsync(image, digests))[digests[1..]]);
        Assert.AreEqual(1, read.Split(Hash(variable)).Length - 1, read);
        Assert.IsGreaterThan(1, read.Split(Hash(file)).Length - 1, read);

        var archive = Path.Combine(Workspace.Folder, "builder.tar");
        await Daemon.DockerAsync("save", "--output", archive, image);
        File.Delete(Path.Combine(web.Root, "keys", "deploy"));
        foreach (var secret in new[] { variable, file })
        {
            Assert.DoesNotContain(secret, publish.Output + publish.ErrorOutput);
            Assert.DoesNotContain(secret, await Daemon.DockerAsync("image", "history", "--no-trunc", image));
            Assert.IsFalse(await HoldsAsync(archive, secret), "The image holds the secret.");
            foreach (var written in Directory.EnumerateFiles(web.Root, "*", SearchOption.AllDirectories))
            {
                Assert.IsFalse(await HoldsAsync(written, secret), $"{written} holds the secret.");
            }
        }
    }

    [TestMethod]
    public async Task Without_buildx_one_error_says_how_to_get_it()
    {
        var web = await SingleWebAsync();
        var publish = await web.DotnetAsync(
            web.PublishArguments("-p:ContainerBuildEngine=buildx"),
            [new("PATH", Path.GetFullPath("../../..", RuntimeEnvironment.GetRuntimeDirectory()))]
        );
        Assert.Contains("docker-buildx-plugin", publish.FailsWith("MULTISTAGE3040").Text);
    }

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    // As the file is, and as what it unpacks to.
    internal static async Task<bool> HoldsAsync(string file, string secret)
    {
        var bytes = await File.ReadAllBytesAsync(file);
        var searched = Encoding.UTF8.GetBytes(secret);
        if (bytes.AsSpan().IndexOf(searched) >= 0)
        {
            return true;
        }

        if (!bytes.AsSpan().StartsWith((ReadOnlySpan<byte>)[0x1f, 0x8b]))
        {
            return false;
        }

        using var unpacked = new MemoryStream();
        await using var packed = new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress);
        await packed.CopyToAsync(unpacked);
        return unpacked.ToArray().AsSpan().IndexOf(searched) >= 0;
    }
}
