using System.Formats.Tar;
using System.Text.Json.Nodes;
using MultiStage.Build.EndToEnd.Harness;

namespace MultiStage.Build.EndToEnd;

/// <summary>One image for amd64 and arm64. Nothing here runs arm64 code, and nothing has to.</summary>
[TestClass]
public sealed class SeveralPlatforms : EndToEndTest
{
    private static Registry Registry => Registry.Open;

    [TestMethod]
    public async Task One_tag_has_an_image_for_each_platform_and_one_that_breaks_its_budget_stops_all()
    {
        var web = await SingleWebAsync();
        web.SetProperty("ContainerRuntimeIdentifiers", "linux-x64;linux-arm64");
        var baseImage = await PushBaseAsync();
        web.SetProperty("ContainerBaseImage", baseImage);
        web.SetProperty("ContainerSizeBudget", "900MB");
        web.SetProperty("ContainerVerify", "true");
        string[] registry = [$"-p:ContainerRegistry={Registry.Address}", "-p:ContainerImageTags=\"1;latest\""];
        var summary = Path.Combine(Workspace.Folder, "summary.md");

        var published = (
            await web.DotnetAsync(web.PublishArguments(registry), [new("GITHUB_ACTIONS", "true"), new("GITHUB_STEP_SUMMARY", summary)])
        ).Succeeds();

        Assert.Contains("2 platforms, the worst first", published.Output);
        Assert.HasCount(2, (await File.ReadAllTextAsync(summary)).Split("2 platforms, the worst first"));
        Assert.Contains("on linux/amd64 alone", published.Output);
        var index = await Registry.ManifestAsync(web.ImageName, "1");
        CollectionAssert.AreEquivalent(
            (string[])["amd64", "arm64"],
            index["manifests"]!.AsArray().Select(entry => (string)entry!["platform"]!["architecture"]!).ToArray()
        );
        foreach (var entry in index["manifests"]!.AsArray())
        {
            var image = await Registry.ConfigurationAsync(web.ImageName, (string)entry!["digest"]!);
            Assert.AreEqual((string)entry["platform"]!["architecture"]!, (string)image["architecture"]!);
            Assert.AreEqual("/app/", (string)image["config"]!["WorkingDir"]!);
        }

        CollectionAssert.AreEquivalent((string[])["1", "latest"], (await Registry.TagsAsync(web.ImageName)).ToArray());
        Assert.AreEqual("", await Daemon.DockerAsync("image", "ls", "--quiet", $"{Registry.Address}/{web.ImageName}"));
        Assert.AreEqual("", await Daemon.DockerAsync("image", "ls", "--quiet", "multistage-index"));

        // The base image for arm64 is small here, so only a limit of its own can stop it.
        web.Insert(
            "SingleWeb.csproj",
            $"""
            <ItemGroup>
              <ContainerPlatformBudget Include="linux-arm64" ContainerSizeBudget="1kB" />
              <ContainerLabel Include="test" Value="{web.ImageName}" />
            </ItemGroup>
            """
        );
        web.EditFile("Program.cs", text => text + "\n// changed\n");
        var digest = await Registry.FindDigestAsync(web.ImageName, "1");
        var broken = (await web.PublishAsync(registry)).FailsWith("MULTISTAGE4001").Text;
        Assert.AreEqual("", await Daemon.DockerAsync("image", "ls", "--quiet", "--filter", $"label=test={web.ImageName}"));
        Assert.AreEqual("10.0", await Daemon.DockerAsync("image", "ls", "--format", "{{.Tag}}", baseImage.Split(":10.0")[0]));
        Assert.Contains("(linux/arm64)", broken);
        Assert.AreEqual(digest, await Registry.FindDigestAsync(web.ImageName, "1"));
    }

    [TestMethod]
    [DataRow("docker")]
    [DataRow("buildx")]
    public async Task Stages_of_every_platform_go_into_one_archive_and_one_name_of_the_containerd_store(string engine)
    {
        var project = await StagesAsync();
        await ContainerdStore.LoadAsync("busybox:latest");
        var archive = Path.Combine(Workspace.Folder, "image.tar");
        KeyValuePair<string, string?>[] containerd = [new("DOCKER_HOST", ContainerdStore.Host)];
        string[] arguments =
        [
            .. project.PublishArguments($"-p:ContainerBuildEngine={engine}", "-p:ContainerRuntimeIdentifiers=\"linux-x64;linux-arm64\""),
        ];

        var saved = await project.DotnetAsync(
            [.. arguments, $"-p:ContainerArchiveOutputPath={archive}", "-getProperty:GeneratedImageIndex"],
            containerd
        );
        Assert.HasCount(2, JsonNode.Parse(saved.Succeeds().Output)!["manifests"]!.AsArray());
        CollectionAssert.AreEquivalent((string[])["amd64", "arm64"], Architectures(archive));

        (await project.DotnetAsync(arguments, containerd)).Succeeds();
        await ContainerdStore.DockerAsync("image", "save", "--output", archive, $"{project.ImageName}:latest");
        CollectionAssert.AreEquivalent((string[])["amd64", "arm64"], Architectures(archive));
        await ContainerdStore.DockerAsync("image", "rm", $"{project.ImageName}:latest");
    }

    [TestMethod]
    public async Task A_cache_is_kept_in_a_folder_and_the_image_says_how_it_was_made()
    {
        var project = await StagesAsync();
        await ContainerdStore.LoadAsync("busybox:latest");
        project.Insert(
            "greeter.proj",
            """
            <PropertyGroup><ContainerProvenance>max</ContainerProvenance></PropertyGroup>
              <ItemGroup>
                <ContainerCacheFrom Include="type=local,src=cache" Condition="Exists('cache')" />
                <ContainerCacheTo Include="type=local,dest=cache,mode=max" />
              </ItemGroup>
            """
        );
        string[] arguments = project.PublishArguments($"-p:ContainerRegistry={Registry.Address}");
        KeyValuePair<string, string?>[] containerd = [new("DOCKER_HOST", ContainerdStore.Host)];

        for (var publish = 0; publish < 2; publish++)
        {
            var result = (await project.DotnetAsync(arguments, containerd)).Succeeds();
            Assert.Contains("ContainerProvenance asks for an attestation", result.Output);
            Assert.IsTrue(File.Exists(Path.Combine(project.ProjectFolder, "cache", "index.json")));
        }

        var manifests = (await Registry.ManifestAsync(project.ImageName, "latest"))["manifests"]!.AsArray();
        Assert.AreEqual("amd64", (string)manifests[0]!["platform"]!["architecture"]!);
        var attestation = await Registry.ManifestAsync(project.ImageName, (string)manifests[1]!["digest"]!);
        Assert.StartsWith("https://slsa.dev/provenance/", (string)attestation["layers"]![0]!["annotations"]!["in-toto.io/predicate-type"]!);

        // The other daemon's store has no room for either, which is told before anything is built.
        Assert.Contains(
            "ContainerCacheTo exports",
            (await project.PublishAsync("-p:ContainerProvenance=")).FailsWith("MULTISTAGE3053").Text
        );
    }

    [TestMethod]
    public async Task A_step_on_a_foreign_platform_and_a_store_that_holds_one_are_errors_before_anything_is_built()
    {
        var project = await StagesAsync();
        string[] platforms = ["-p:ContainerRuntimeIdentifiers=\"linux-x64;linux-arm64\""];

        var single = (await project.PublishAsync(platforms)).FailsWith("MULTISTAGE3051");
        Assert.Contains("ContainerArchiveOutputPath", single.Text);

        project.EditFile("greeter.proj", text => text.Replace("OnBuildPlatform=\"true\"", "", StringComparison.Ordinal));
        var foreign = await project.PublishAsync([.. platforms, $"-p:ContainerArchiveOutputPath={Workspace.Folder}/never.tar"]);
        var error = foreign.FailsWith("MULTISTAGE3050");
        Assert.Contains("linux/arm64 too, and the stage 'tools' would run 'echo", error.Text);
        Assert.DoesNotContain("Building", foreign.Output);
    }

    private async Task<TestProject> StagesAsync()
    {
        var project = await Standalone.CopyAsync(Workspace, "Walkthrough", "greeter.proj");
        var text = await File.ReadAllTextAsync(project.ProjectFile);
        project.Write(
            "greeter.proj",
            text[..(text.IndexOf('>', StringComparison.Ordinal) + 1)]
                + """

                  <ItemGroup>
                    <ContainerStage Include="tools" BaseImage="busybox:latest" OnBuildPlatform="true" />
                    <ContainerStep Include="arch" Stage="tools" Arg="TARGETARCH" />
                    <ContainerStep Include="make" Stage="tools" Run="--network=none echo $TARGETARCH > /arch" />
                    <ContainerStage Include="final" BaseImage="scratch" />
                    <ContainerStep Include="take" Stage="final" Copy="/arch" From="tools" Destination="/arch" />
                  </ItemGroup>
                </Project>
                """
        );
        return project;
    }

    // An index of .NET's own base image for this machine, and of a file system for arm64 that was assembled here.
    [TestMethod]
    public async Task Without_a_daemon_the_SDK_makes_each_image_and_they_are_pushed_and_saved_as_one_index()
    {
        var web = await SingleWebAsync();
        web.SetProperty("ContainerRuntimeIdentifiers", "linux-x64;linux-arm64");
        var baseImage = await PushBaseAsync();
        web.SetProperty("ContainerBaseImage", baseImage);
        Task<CommandResult> PublishAsync(params string[] arguments) =>
            web.DotnetAsync(
                web.PublishArguments(arguments),
                [new("DOCKER_HOST", NoDaemon.Nowhere), new("DOTNET_CONTAINER_INSECURE_REGISTRIES", Registry.Address)]
            );
        string[] registry = [$"-p:ContainerRegistry={Registry.Address}", "-p:ContainerImageTags=\"1;latest\""];

        var broken = (await PublishAsync([.. registry, "-p:ContainerSizeBudget=1MB"])).FailsWith("MULTISTAGE4001").Text;
        Assert.Contains("(linux/amd64)", broken);
        Assert.IsNull(await Registry.FindDigestAsync(web.ImageName, "1"));
        (await PublishAsync(registry)).Succeeds();
        var archive = Path.Combine(web.Root, "image.tar");
        (await PublishAsync($"-p:ContainerArchiveOutputPath={archive}")).Succeeds();
        var theirs = $"{web.ImageName}/theirs";
        // By itself the SDK restores for no platform that is not listed here.
        web.SetProperty("RuntimeIdentifiers", "linux-x64;linux-arm64");
        (await PublishAsync([.. registry, "-t:PublishContainer", "-p:PublishMultiStage=false", $"-p:ContainerRepository={theirs}"])).Succeeds();

        CollectionAssert.AreEquivalent((string[])["amd64", "arm64"], Architectures(archive));
        Assert.AreEqual(await Registry.FindDigestAsync(web.ImageName, "1"), await Registry.FindDigestAsync(web.ImageName, "latest"));
        var configurations = await ConfigurationsAsync(theirs);
        foreach (var (architecture, ours) in await ConfigurationsAsync(web.ImageName))
        {
            // Where it makes several, the SDK ends a label's value at its first colon.
            var labels = configurations[architecture]["Labels"]!.AsObject();
            Assert.StartsWith((string)labels["org.opencontainers.image.base.name"]!, baseImage);
            labels["org.opencontainers.image.base.name"] = baseImage;
            Assert.AreEqual(NoDaemon.WithoutTimes(configurations[architecture]), NoDaemon.WithoutTimes(ours));
        }
    }

    private static async Task<Dictionary<string, JsonNode>> ConfigurationsAsync(string repository)
    {
        var found = new Dictionary<string, JsonNode>(StringComparer.Ordinal);
        foreach (var entry in (await Registry.ManifestAsync(repository, "1"))["manifests"]!.AsArray())
        {
            var image = await Registry.ConfigurationAsync(repository, (string)entry!["digest"]!);
            found.Add((string)image["architecture"]!, image["config"]!);
        }

        return found;
    }

    private async Task<string> PushBaseAsync()
    {
        var folder = Path.Combine(Workspace.Folder, "base");
        Directory.CreateDirectory(folder);
        await File.WriteAllTextAsync(Path.Combine(folder, "passwd"), "app:x:1654:1654::/home/app:/bin/sh\n");
        await File.WriteAllTextAsync(
            Path.Combine(folder, "Dockerfile"),
            "FROM scratch\nCOPY passwd /etc/passwd\nENV APP_UID=1654 ASPNETCORE_HTTP_PORTS=8080\n"
        );
        var repository = $"{Daemon.ImagePrefix}{SuiteRun.Id}-base";
        var name = $"{Registry.Address}/{repository}";
        await Daemon.DockerAsync("build", "--quiet", "--platform=linux/arm64", "--tag", $"{name}:arm64", folder);
        await Daemon.DockerAsync("tag", "mcr.microsoft.com/dotnet/aspnet:10.0", $"{name}:amd64");
        foreach (var architecture in (string[])["arm64", "amd64"])
        {
            await Daemon.DockerAsync("push", "--quiet", $"{name}:{architecture}");
            await Daemon.DockerAsync("image", "rm", $"{name}:{architecture}");
        }

        await Registry.PutIndexAsync(repository, "10.0", "amd64", "arm64");
        return $"{name}:10.0";
    }

    private static string[] Architectures(string archive)
    {
        var files = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        using var reader = new TarReader(File.OpenRead(archive));
        while (reader.GetNextEntry() is { } entry)
        {
            using var content = new MemoryStream();
            entry.DataStream?.CopyTo(content);
            files[entry.Name] = content.ToArray();
        }

        JsonNode Json(string name) => JsonNode.Parse(files[name])!;
        var index = Json("index.json")["manifests"]![0]!;
        return
        [
            .. Json($"blobs/{((string)index["digest"]!).Replace(':', '/')}")["manifests"]!
                .AsArray()
                .Select(entry => (string)entry!["platform"]!["architecture"]!),
        ];
    }
}
