using System.Formats.Tar;
using System.Text.Json.Nodes;
using MultiStage.Build.Diagnostics;
using MultiStage.Build.EndToEnd.Harness;
using MultiStage.Build.Engines.Docker;
using MultiStage.Build.Engines.Progress;
using MultiStage.Build.Images;

namespace MultiStage.Build.EndToEnd.Engines;

// Where Docker's configuration lies is a variable of the whole process.
[TestClass]
[DoNotParallelize]
public sealed class DockerEngineDelivery : EngineTest
{
    private readonly string? _configuration = Environment.GetEnvironmentVariable("DOCKER_CONFIG");

    [TestCleanup]
    public void RestoreConfiguration() => Environment.SetEnvironmentVariable("DOCKER_CONFIG", _configuration);

    [TestMethod]
    public async Task A_push_gives_the_digest_that_the_registry_has()
    {
        await using var engine = await ConnectAsync();
        var (name, repository) = await TaggedAsync(engine, Registry.Open);
        var log = new EventLog();
        Assert.AreEqual(await engine.PushAsync(name, log, Token), await Registry.Open.FindDigestAsync(repository, "1"));
        Assert.AreEqual($"Pushing {name}", log.All<Notice>()[0].Text);
        Assert.IsTrue(
            log.All<Notice>().Skip(1).All(notice => notice.IsDetail && notice.Text.EndsWith(" layers", StringComparison.Ordinal))
        );
    }

    [TestMethod]
    public async Task A_guarded_registry_takes_and_gives_images_with_the_login_of_Dockers_configuration()
    {
        Registry.Guarded.WriteLogin(Configure());
        await using var engine = await ConnectAsync();
        var (name, repository) = await TaggedAsync(engine, Registry.Guarded);
        var digest = await engine.PushAsync(name, new EventLog(), Token);
        Assert.AreEqual(digest, await Registry.Guarded.FindDigestAsync(repository, "1"));

        var id = await Daemon.ImageIdAsync(name);
        await Daemon.DockerAsync("image", "rm", name);
        await engine.EnsureAsync(name, null, new EventLog(), Token);
        Assert.AreEqual(id, await Daemon.ImageIdAsync(name));
        await Daemon.DockerAsync("image", "rm", name);
        await engine.EnsureAsync($"{name[..^2]}@{digest}", Platform.Of("linux", engine.Info.Architecture), new EventLog(), Token);

        // BuildKit does not log in over the Engine API; what is there it takes.
        await BuildAsync(engine, Request($"FROM {name[..^2]}@{digest}\nLABEL x=y\n", Folder()));
        await Daemon.DockerAsync("image", "rm", $"{name[..^2]}@{digest}");
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public async Task The_registry_tells_what_a_pushed_image_takes_to_pull(bool isGuarded)
    {
        var registry = isGuarded ? Registry.Guarded : Registry.Open;
        registry.WriteLogin(Configure());
        await using var engine = await ConnectAsync();
        var (name, repository) = await TaggedAsync(engine, registry);
        var digest = await engine.PushAsync(name, new EventLog(), Token);

        Assert.AreEqual(
            await registry.PullSizeAsync(repository, "1"),
            await engine.PullSizeAsync(name, digest, Platform.Of("linux", engine.Info.Architecture), Token)
        );

        Configure();
        await using var stranger = await ConnectAsync();
        var refused = await Assert.ThrowsExactlyAsync<MultiStageException>(() =>
            stranger.PullSizeAsync(name, isGuarded ? digest : "sha256:" + new string('0', 64), Platform.Parse("linux/amd64"), Token)
        );
        Assert.AreSame(Codes.PullSizeUnknown, refused.Diagnostic.Descriptor);
        Assert.Contains(isGuarded ? "401" : "404", refused.Message);
    }

    [TestMethod]
    public async Task Without_a_login_a_guarded_registry_refuses_in_its_own_words()
    {
        Configure();
        await using var engine = await ConnectAsync();
        var (name, _) = await TaggedAsync(engine, Registry.Guarded);
        var push = await Assert.ThrowsExactlyAsync<MultiStageException>(() => engine.PushAsync(name, new EventLog(), Token));
        Assert.StartsWith($"'{name}' could not be pushed: ", push.Message);
        Assert.Contains("no basic auth credentials. Log in: docker login ", push.Message);

        var missing = $"{Registry.Guarded.Address}/nothing/here:1";
        var pull = await Assert.ThrowsExactlyAsync<MultiStageException>(() => engine.EnsureAsync(missing, null, new EventLog(), Token));
        Assert.AreSame(Codes.BaseImageUnavailable, pull.Diagnostic.Descriptor);
        Assert.Contains("no basic auth credentials", pull.Message);
    }

    [TestMethod]
    public async Task A_wrong_password_appears_in_no_message()
    {
        File.WriteAllText(
            Path.Combine(Configure(), "config.json"),
            new JsonObject
            {
                ["auths"] = new JsonObject
                {
                    [Registry.Guarded.Address] = new JsonObject { ["username"] = "somebody", ["password"] = "opensesame" },
                },
            }.ToJsonString()
        );
        await using var engine = await ConnectAsync();
        var (name, _) = await TaggedAsync(engine, Registry.Guarded);
        var failure = await Assert.ThrowsExactlyAsync<MultiStageException>(() => engine.PushAsync(name, new EventLog(), Token));
        Assert.DoesNotContain("opensesame", failure.ToString());
        Assert.DoesNotContain("somebody", failure.ToString());
    }

    [TestMethod]
    public async Task A_missing_base_image_is_told_with_the_registrys_answer()
    {
        await using var engine = await ConnectAsync();
        var name = $"{Registry.Open.Address}/{Workspace.Next().ImageName}:1";
        var failure = await Assert.ThrowsExactlyAsync<MultiStageException>(() => engine.EnsureAsync(name, null, new EventLog(), Token));
        Assert.StartsWith($"The base image '{name}' is not on the daemon and could not be pulled: ", failure.Message);
        Assert.IsTrue(
            failure.Message.EndsWith("not found", StringComparison.Ordinal)
                || failure.Message.Contains("manifest unknown", StringComparison.Ordinal),
            failure.Message
        );
    }

    [TestMethod]
    [DataRow("scratch")]
    [DataRow("busybox")]
    [DataRow("docker.io/library/busybox:latest")]
    public async Task What_is_there_is_not_pulled(string name)
    {
        await using var engine = await ConnectAsync();
        var log = new EventLog();
        await engine.EnsureAsync(name, Platform.Of("linux", engine.Info.Architecture), log, Token);
        Assert.IsEmpty(log.All<BuildEvent>());
    }

    [TestMethod]
    public async Task An_archive_holds_the_image_and_its_names()
    {
        await using var engine = await ConnectAsync();
        var (name, _) = await TaggedAsync(engine, Registry.Open);
        var other = name + "-other";
        await engine.TagAsync(await Daemon.ImageIdAsync(name), other, Token);
        await using var archive = await engine.SaveAsync([name, other], Token);
        var manifest = await ManifestAsync(archive);
        CollectionAssert.AreEquivalent(
            new[] { name, other },
            manifest[0]!["RepoTags"]!.AsArray().Select(tag => tag!.GetValue<string>()).ToArray()
        );
        await using var unnamed = await engine.OpenArchiveAsync(await Daemon.ImageIdAsync(name), Token);
        Assert.HasCount(1, (await ManifestAsync(unnamed))[0]!["Layers"]!.AsArray());
    }

    private string Configure()
    {
        var folder = Folder();
        Environment.SetEnvironmentVariable("DOCKER_CONFIG", folder);
        return folder;
    }

    private async Task<(string Name, string Repository)> TaggedAsync(DockerEngine engine, Registry registry)
    {
        var repository = Workspace.Next().ImageName;
        var name = $"{registry.Address}/{repository}:1";

        // A layer of its own: these tests remove and pull it again.
        var id = await BuildAsync(engine, Request($"FROM scratch\nCOPY {repository} /\n", Folder(repository)));
        await engine.TagAsync(id, name, Token);
        return (name, repository);
    }

    private static async Task<JsonArray> ManifestAsync(Stream archive)
    {
        await using var tar = new TarReader(archive);
        while (await tar.GetNextEntryAsync() is { } entry)
        {
            if (entry.Name == "manifest.json")
            {
                return (await JsonNode.ParseAsync(entry.DataStream!))!.AsArray();
            }
        }

        throw new AssertFailedException("The archive has no manifest.json.");
    }
}
