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
    public async Task A_secret_is_read_by_steps_restore_and_publish_and_what_looks_like_one_stays_nowhere()
    {
        var (variable, file) = (Guid.NewGuid().ToString("n"), Guid.NewGuid().ToString("n"));
        // What each planted secret begins with: in files on this machine, and in values of the command line and the environment.
        var (planted, typed) = ("planted" + Guid.NewGuid().ToString("n"), "typed" + Guid.NewGuid().ToString("n"));
        var web = await SingleWebAsync();
        web.Write("keys/deploy", file);
        foreach (var path in s_secretFiles)
        {
            web.Write(path, $"-----BEGIN PRIVATE KEY-----\n//example.com/:_authToken={planted}-{path}\n");
        }

        var outside = Path.Combine(Workspace.Folder, "outside.txt");
        await File.WriteAllTextAsync(outside, planted + "-outside");
        File.CreateSymbolicLink(Path.Combine(web.Root, "linked.txt"), outside);
        web.Insert(
            "SingleWeb.csproj",
            // The builder keeps a step whatever its secrets are, so this one is this run's own.
            $$"""
              <ItemGroup>
                <ContainerSecret Include="npm" Env="MULTISTAGE_TEST_TOKEN" />
                <ContainerSecret Include="deploy" Source="keys/deploy" />
                <ContainerStep Include="digest" Stage="builder"
                               Run="--mount=type=secret,id=npm sha256sum /run/secrets/npm > /digests; : {{Guid.NewGuid():n}}" />
              </ItemGroup>
              <PropertyGroup>
                <ReadSomewhere>$(DeployPassword)$(Store)$(Origin)$(Note)$(Proof)$(TEST_API_KEY)</ReadSomewhere>
              </PropertyGroup>
              <Target Name="ReadSecret" BeforeTargets="CollectPackageReferences;CoreCompile" Condition="Exists('/run/secrets/deploy')">
                <Exec Command="sha256sum /run/secrets/deploy >> /digests" />
              </Target>
            """
        );

        var publish = await web.DotnetAsync(
            web.PublishArguments(
                "-p:ContainerTarget=builder",
                "-v:diag",
                $"-p:DeployPassword={typed}-password",
                $"-p:Store=Server=db%3BPassword={typed}-connection",
                $"-p:Origin=https://user:{typed}-url@example.com/",
                $"-p:Note=ghp_{typed}",
                $"-p:Proof=-----BEGIN RSA PRIVATE KEY-----{typed}-pem"
            ),
            [new("MULTISTAGE_TEST_TOKEN", variable), new("TEST_API_KEY", $"{typed}-variable")]
        );

        publish.Succeeds();
        Assert.Contains(" on Docker ", publish.Output);
        Assert.Contains(" of the Dockerfile mounts a secret)", publish.Output);
        var image = $"{web.ImageName}:latest-builder";
        var digests = Encoding.UTF8.GetString((await Daemon.ContentsAsync(image, "/digests"))["digests"]);
        Assert.AreEqual(1, digests.Split(Hash(variable)).Length - 1, digests);
        Assert.IsGreaterThan(1, digests.Split(Hash(file)).Length - 1, digests);

        var archive = Path.Combine(Workspace.Folder, "builder.tar");
        await Daemon.DockerAsync("save", "--output", archive, image);
        foreach (var path in s_secretFiles.Append("keys/deploy").Append("linked.txt"))
        {
            File.Delete(Path.Combine(web.Root, path));
        }

        foreach (var secret in new[] { variable, file, planted, typed })
        {
            // At this verbosity MSBuild itself shows the properties of the command line.
            Assert.IsTrue(secret == typed || !(publish.Output + publish.ErrorOutput).Contains(secret, StringComparison.Ordinal));
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

    private static readonly string[] s_secretFiles =
    [
        ".env",
        ".env.production",
        "certs/site.pfx",
        "certs/site.p12",
        "certs/site.key",
        "certs/Site.PEM",
        "certs/site.p8",
        "certs/site.ppk",
        "certs/site.jks",
        "certs/site.keystore",
        "certs/site.kdbx",
        "infra/terraform.tfstate",
        "infra/terraform.tfstate.backup",
        "infra/prod.kubeconfig",
        "infra/kubeconfig",
        "ssh/id_rsa",
        "ssh/id_ed25519",
        "ssh/id_deploy",
        "home/.netrc",
        "home/_netrc",
        "home/.npmrc",
        "home/.pgpass",
        "home/.htpasswd",
        "home/.vault-token",
        "home/.dockercfg",
        "home/.pypirc",
        "home/.git-credentials",
        "home/.aws/credentials",
        "home/.azure/tokens",
        "home/.ssh/config",
        "home/.docker/config",
        "home/.kube/config",
        ".git/config.local",
    ];

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
