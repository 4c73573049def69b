using MultiStage.Build.Budgets;
using MultiStage.Build.EndToEnd.Harness;

namespace MultiStage.Build.EndToEnd;

[TestClass]
public sealed class Delivery : EndToEndTest
{
    [TestMethod]
    public async Task All_tags_are_pushed_to_the_registry()
    {
        var web = await SingleWebAsync();

        (await web.PublishAsync($"-p:ContainerRegistry={Registry.Open.Address}", "-p:ContainerImageTags=\"1.4.0;latest\"")).Succeeds();

        var version = await Registry.Open.FindDigestAsync(web.ImageName, "1.4.0");
        Assert.IsNotNull(version);
        Assert.AreEqual(version, await Registry.Open.FindDigestAsync(web.ImageName, "latest"));
    }

    [TestMethod]
    public async Task The_password_comes_from_dockers_own_configuration()
    {
        var web = await SingleWebAsync();
        var login = Path.Combine(Workspace.Folder, "login");
        Registry.Guarded.WriteLogin(login);

        var publish = await web.DotnetAsync(
            web.PublishArguments($"-p:ContainerRegistry={Registry.Guarded.Address}"),
            [new("DOCKER_CONFIG", login)]
        );

        publish.Succeeds();
        Assert.IsNotNull(await Registry.Guarded.FindDigestAsync(web.ImageName, "latest"));
    }

    [TestMethod]
    public async Task A_registry_that_refuses_is_one_error_that_names_the_image()
    {
        var web = await SingleWebAsync();
        var nobody = Directory.CreateDirectory(Path.Combine(Workspace.Folder, "nobody")).FullName;

        var publish = await web.DotnetAsync(
            web.PublishArguments($"-p:ContainerRegistry={Registry.Guarded.Address}"),
            [new("DOCKER_CONFIG", nobody)]
        );

        Assert.Contains($"'{Registry.Guarded.Address}/{web.ImageName}:latest'", publish.FailsWith("MULTISTAGE3004").Text);
        Assert.IsNull(await Registry.Guarded.FindDigestAsync(web.ImageName, "latest"));
    }

    [TestMethod]
    public async Task The_pull_size_that_the_registry_tells_has_the_last_word()
    {
        var web = await SingleWebAsync();
        var registry = $"-p:ContainerRegistry={Registry.Open.Address}";
        (await web.PublishAsync(registry)).Succeeds();
        var bytes = await Registry.Open.PullSizeAsync(web.ImageName, "latest");

        var kept = (await web.PublishAsync(registry, $"-p:ContainerCompressedSizeBudget={bytes}B")).Succeeds();
        Assert.AreEqual("MULTISTAGE4016", kept.Warnings.Single().Code, kept.ToString());
        Assert.Contains($"{web.ImageName}:latest: pull size {SizeText.Of(bytes)} of {SizeText.Of(bytes)}", kept.Output);

        var over = await web.PublishAsync(registry, $"-p:ContainerCompressedSizeBudget={bytes - 1}B");
        Assert.Contains("The registry has it already", over.FailsWith("MULTISTAGE4007").Text);
    }

    [TestMethod]
    public async Task A_saved_archive_loads_under_its_name()
    {
        var web = await SingleWebAsync();
        var archive = Path.Combine(Workspace.Folder, "archives", "web.tar");

        (await web.PublishAsync($"-p:ContainerArchiveOutputPath={archive}", "-p:ContainerImageTag=saved")).Succeeds();

        if (await Daemon.FindImageAsync($"{web.ImageName}:saved") is not null)
        {
            await Daemon.DockerAsync("image", "rm", $"{web.ImageName}:saved");
        }

        await Daemon.DockerAsync("load", "--input", archive);
        var container = await Daemon.RunAsync($"{web.ImageName}:saved");
        Assert.AreEqual("Hello from a single project.", await container.GetAsync("/"));
    }

    [TestMethod]
    public async Task A_rejected_image_is_neither_tagged_nor_pushed_nor_saved()
    {
        var web = await SingleWebAsync();
        var archive = Path.Combine(Workspace.Folder, "web.tar");

        var publish = await web.PublishAsync(
            "-p:ContainerSizeBudget=12MB",
            $"-p:ContainerRegistry={Registry.Open.Address}",
            $"-p:ContainerArchiveOutputPath={archive}"
        );

        publish.FailsWith("MULTISTAGE4001");
        Assert.IsEmpty(await Daemon.TagsAsync(web.ImageName));
        Assert.IsEmpty(await Daemon.TagsAsync($"{Registry.Open.Address}/{web.ImageName}"));
        Assert.IsNull(await Registry.Open.FindDigestAsync(web.ImageName, "latest"));
        Assert.IsFalse(File.Exists(archive));
    }
}
