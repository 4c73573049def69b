using System.Text.Json.Nodes;
using MultiStage.Build.EndToEnd.Harness;

namespace MultiStage.Build.EndToEnd;

/// <summary>A machine without Docker: the .NET SDK makes the image, and all that comes after is the same.</summary>
[TestClass]
public sealed class NoDaemon : EndToEndTest
{
    internal const string Nowhere = "unix:///nowhere/docker.sock";

    [TestMethod]
    public async Task An_image_that_needs_a_daemon_is_one_error_that_says_what_was_tried_and_what_needs_it()
    {
        var web = await SingleWebAsync();

        var publish = await web.DotnetAsync(web.PublishArguments("-p:ContainerVerify=true"), [new("DOCKER_HOST", Nowhere)]);

        var error = publish.FailsWith("MULTISTAGE3001");
        Assert.Contains(Nowhere, error.Text);
        Assert.Contains("DOCKER_HOST", error.Text);
        Assert.Contains("GenerateMultiStageDockerfile", error.Text);
        Assert.Contains("ContainerVerify", error.Text);
    }

    [TestMethod]
    public async Task The_dockerfile_is_written_all_the_same()
    {
        var web = await SingleWebAsync();

        var generate = await web.DotnetAsync(
            ["msbuild", web.ProjectFile, "-restore", "-t:GenerateMultiStageDockerfile", "-p:Configuration=Release"],
            [new("DOCKER_HOST", Nowhere)]
        );

        generate.Succeeds();
        Assert.Contains("ENTRYPOINT", await File.ReadAllTextAsync(Path.Combine(web.Pipeline(), "Dockerfile")));
    }

    [TestMethod]
    public async Task The_image_is_measured_gated_saved_and_pushed_and_is_the_one_of_the_SDK()
    {
        var web = await SingleWebAsync();
        var baseImage = await PushBaseAsync(web);
        Task<CommandResult> PublishAsync(params string[] arguments) =>
            web.DotnetAsync(
                web.PublishArguments([$"-p:ContainerBaseImage={baseImage}", .. arguments]),
                [
                    new("DOCKER_HOST", Nowhere),
                    new("DOTNET_CONTAINER_INSECURE_REGISTRIES", Registry.Open.Address),
                    new("DOTNET_CONTAINER_REGISTRY_UNAME", Environment.GetEnvironmentVariable("MULTISTAGE_TEST_REGISTRY_USER")),
                    new("DOTNET_CONTAINER_REGISTRY_PWORD", Environment.GetEnvironmentVariable("MULTISTAGE_TEST_REGISTRY_PASSWORD")),
                ]
            );
        // What an earlier publish on this machine has left is in no image.
        web.Write("bin/Release/net10.0/linux-x64/publish/stale.txt", "stale");
        var archive = Path.Combine(web.Root, "image.tar.gz");

        (await PublishAsync("-p:ContainerAppSizeBudget=1kB", $"-p:ContainerArchiveOutputPath={archive}")).FailsWith("MULTISTAGE4004");
        Assert.IsFalse(File.Exists(archive), "An image that breaks its budget is not delivered.");
        var saved = (await PublishAsync("-p:ContainerAppSizeBudget=1MB", $"-p:ContainerArchiveOutputPath={archive}")).Succeeds();
        var pushed = (
            await PublishAsync(
                "-p:ContainerBuildEngine=sdk",
                $"-p:ContainerRegistry={Registry.Guarded.Address}",
                "-p:ContainerImageTags=\"one;two\"",
                "-getItem:GeneratedContainer"
            )
        ).Succeeds();

        Assert.HasCount(1, saved.Lines.Where(line => line.Contains("on this machine", StringComparison.Ordinal)), saved.ToString());
        Assert.Contains("No Docker daemon answers", saved.ToString());
        var container = JsonNode.Parse(pushed.Output)!["Items"]!["GeneratedContainer"]![0]!;
        foreach (var tag in (string[])["one", "two"])
        {
            Assert.AreEqual((string?)container["ManifestDigest"], await Registry.Guarded.FindDigestAsync(web.ImageName, tag));
        }

        var theirs = await OfTheSdkAsync(web, baseImage);
        var ours = JsonNode.Parse((string)container["Configuration"]!)!["config"]!;
        Assert.AreEqual(WithoutTimes(theirs), WithoutTimes(ours));
        await Daemon.DockerAsync("load", "--input", archive);
        Assert.DoesNotContain("stale", string.Join(' ', (await Daemon.ContentsAsync($"{web.ImageName}:latest", "/app")).Keys));
        Assert.AreEqual("Hello from a single project.", await (await Daemon.RunAsync($"{web.ImageName}:latest")).GetAsync("/"));
    }

    private static async Task<string> PushBaseAsync(TestProject web)
    {
        var image = $"{Registry.Open.Address}/{web.ImageName}/aspnet:10.0";
        await Daemon.DockerAsync("tag", "mcr.microsoft.com/dotnet/aspnet:10.0", image);
        await Daemon.DockerAsync("push", "--quiet", image);
        await Daemon.DockerAsync("rmi", image);
        return image;
    }

    private static async Task<JsonNode> OfTheSdkAsync(TestProject web, string baseImage)
    {
        var publish = await web.DotnetAsync(
            [
                "publish",
                web.ProjectFile,
                "-r",
                "linux-x64",
                "-t:PublishContainer",
                $"-p:ContainerBaseImage={baseImage}",
                $"-p:ContainerRepository={web.ImageName}",
                $"-p:ContainerArchiveOutputPath={Path.Combine(web.Root, "theirs.tar")}",
                "-getProperty:GeneratedContainerConfiguration",
            ],
            [new("DOTNET_CONTAINER_INSECURE_REGISTRIES", Registry.Open.Address)]
        );
        return JsonNode.Parse(publish.Succeeds().Output)!["config"]!;
    }

    internal static string WithoutTimes(JsonNode config)
    {
        var labels = config["Labels"]!.AsObject();
        foreach (var name in labels.Select(label => label.Key).Where(name => name.EndsWith(".created", StringComparison.Ordinal)).ToList())
        {
            labels.Remove(name);
        }

        return config.ToJsonString();
    }
}
