using System.Text.Json.Nodes;
using MultiStage.Build.EndToEnd.Harness;

namespace MultiStage.Build.EndToEnd;

[TestClass]
public sealed class ForwardedProperties : EndToEndTest
{
    [TestMethod]
    public async Task A_project_that_sets_PublishMultiStage_itself_does_not_start_the_pipeline_in_the_container()
    {
        var web = (await SingleWebAsync()).SetProperty("PublishMultiStage", "true");

        (await web.PublishAsync()).Succeeds();

        var container = await Daemon.RunAsync($"{web.ImageName}:latest");
        Assert.AreEqual("Hello from a single project.", await container.GetAsync("/"));
    }

    [TestMethod]
    public async Task What_is_given_on_the_command_line_reaches_the_publish_but_for_secrets()
    {
        const string Secret = "do-not-tell-4711";
        var shop = await ShopAsync();

        var publish = (await shop.PublishAsync("-c", "Debug", "-p:Version=1.2.3", $"-p:ShopApiKey={Secret}", "-v:normal")).Succeeds();

        var image = $"{shop.ImageName}:latest";
        var container = await Daemon.RunAsync(image);
        var version = JsonNode.Parse(await container.GetAsync("/version"))!;
        Assert.StartsWith("1.2.3", (string?)version["version"]);
        Assert.AreEqual("Debug", (string?)version["configuration"]);
        Assert.HasCount(1, publish.Warnings, publish.ToString());
        Assert.AreEqual("MULTISTAGE1005", publish.Warnings[0].Code);
        Assert.Contains("'ShopApiKey'", publish.Warnings[0].Text);

        Assert.DoesNotContain(Secret, publish.Output);
        Assert.DoesNotContain(Secret, await Daemon.DockerAsync("history", "--no-trunc", image));
        Assert.DoesNotContain(Secret, await Daemon.DockerAsync("image", "inspect", image));
        foreach (var file in Directory.EnumerateFiles(shop.Pipeline("Debug")))
        {
            Assert.DoesNotContain(Secret, await File.ReadAllTextAsync(file), file);
        }
    }

    [TestMethod]
    public async Task A_self_contained_publish_runs_without_a_shared_framework()
    {
        var web = await SingleWebAsync();

        (await web.PublishAsync("--self-contained")).Succeeds();

        var image = $"{web.ImageName}:latest";
        var container = await Daemon.RunAsync(image);
        Assert.AreEqual("Hello from a single project.", await container.GetAsync("/"));
        Assert.AreEqual("""["/app/SingleWeb"]""", (await Daemon.ConfigAsync(image))["Entrypoint"]?.ToJsonString());
    }
}
