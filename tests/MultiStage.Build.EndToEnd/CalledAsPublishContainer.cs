using System.Text.Json.Nodes;
using MultiStage.Build.EndToEnd.Harness;

namespace MultiStage.Build.EndToEnd;

/// <summary>Tools call PublishContainer. Where the project asks for it, that is the whole pipeline, and nothing of the SDK's pushes
/// anything.</summary>
[TestClass]
public sealed class CalledAsPublishContainer : EndToEndTest
{
    [TestMethod]
    public async Task The_command_line_of_azd_pushes_with_its_login_and_gets_the_ports()
    {
        var web = (await SingleWebAsync()).SetProperty("PublishMultiStage", "true");
        var nobody = Directory.CreateDirectory(Path.Combine(Workspace.Folder, "nobody")).FullName;

        var publish = (
            await web.DotnetAsync(
                [
                    "publish",
                    web.ProjectFile,
                    "-r",
                    "linux-x64",
                    "-c",
                    "Release",
                    "/t:PublishContainer",
                    $"-p:ContainerRepository={web.ImageName}",
                    "-p:ContainerImageTag=azd",
                    $"-p:ContainerRegistry={Registry.Guarded.Address}",
                    "-getItem:GeneratedContainer",
                    "--getProperty:GeneratedContainerConfiguration",
                    "-getProperty:GeneratedContainerManifest",
                    "-getProperty:GeneratedContainerMediaType",
                ],
                [
                    new("DOCKER_CONFIG", nobody),
                    new("DOTNET_CONTAINER_REGISTRY_UNAME", Environment.GetEnvironmentVariable("MULTISTAGE_TEST_REGISTRY_USER")),
                    new("DOTNET_CONTAINER_REGISTRY_PWORD", Environment.GetEnvironmentVariable("MULTISTAGE_TEST_REGISTRY_PASSWORD")),
                ]
            )
        ).Succeeds();

        var told = JsonNode.Parse(publish.Output)!;
        var configuration = (string)told["Properties"]!["GeneratedContainerConfiguration"]!;
        Assert.IsNotNull(JsonNode.Parse(configuration)!["config"]!["ExposedPorts"]!["8080/tcp"], configuration);
        var container = told["Items"]!["GeneratedContainer"]![0]!;
        Assert.AreEqual(configuration, (string?)container["Configuration"]);
        Assert.AreEqual(await Registry.Guarded.FindDigestAsync(web.ImageName, "azd"), (string?)container["ManifestDigest"]);
        var manifest = (string)told["Properties"]!["GeneratedContainerManifest"]!;
        Assert.AreEqual(manifest, (string?)container["Manifest"]);
        Assert.AreEqual((string?)container["ImageId"], (string?)JsonNode.Parse(manifest)!["config"]!["digest"]);
        Assert.AreEqual((string?)told["Properties"]!["GeneratedContainerMediaType"], (string?)container["ManifestMediaType"]);
    }

    [TestMethod]
    public async Task The_command_line_of_Aspire_publishes_what_Publish_does_and_keeps_the_budget()
    {
        var web = (await SingleWebAsync()).SetProperty("PublishMultiStage", "true");
        // What an earlier publish on this machine has left is in no image.
        web.Write("bin/Release/net10.0/linux-x64/publish/stale.txt", "stale");
        web.Write("bin/Release/net10.0/publish/stale.txt", "stale");
        // An image of one commit is the same each time, its labels with the time too.
        await web.CommitAsync();
        Task<CommandResult> AspireAsync(params string[] others) =>
            web.DotnetAsync([
                "publish",
                web.ProjectFile,
                "--configuration",
                "Release",
                "/t:PublishContainer",
                $"--property:ContainerRepository={web.ImageName}",
                "--property:ContainerImageTag=aspire",
                "--property:LocalRegistry=Docker",
                "--property:RuntimeIdentifier=linux-x64",
                "--property:ContainerRuntimeIdentifier=linux-x64",
                .. others,
            ]);

        var broken = await AspireAsync("/p:ContainerSizeBudget=1MB");

        broken.FailsWith("MULTISTAGE4001");
        Assert.IsEmpty(await Daemon.TagsAsync(web.ImageName), broken.ToString());
        var kept = (await AspireAsync()).Succeeds();
        Assert.IsEmpty(kept.Warnings, kept.ToString());
        Assert.HasCount(
            1,
            kept.Lines.Where(line => line.Contains($"SingleWeb -> {web.ImageName}:aspire", StringComparison.Ordinal)),
            kept.ToString()
        );
        (await web.PublishAsync("-r", "linux-x64", "-p:ContainerImageTag=publish")).Succeeds();
        Assert.AreEqual(await Daemon.ImageIdAsync($"{web.ImageName}:publish"), await Daemon.ImageIdAsync($"{web.ImageName}:aspire"));
    }
}
