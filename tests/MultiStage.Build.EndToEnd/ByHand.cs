using System.Text.Json.Nodes;
using MultiStage.Build.EndToEnd.Harness;

namespace MultiStage.Build.EndToEnd;

[TestClass]
public sealed class ByHand : EndToEndTest
{
    // They say when and from which commit an image was made, and are given to the build by the package instead of being written down.
    private static readonly string[] LabelsOfTheBuild =
    [
        "org.opencontainers.image.created",
        "org.opencontainers.artifact.created",
        "org.opencontainers.image.base.digest",
        "org.opencontainers.image.revision",
        "net.dot.sdk.version",
    ];

    [TestMethod]
    public async Task Docker_build_with_the_generated_file_gives_the_same_image()
    {
        var shop = await ShopAsync();
        (await shop.PublishAsync()).Succeeds();
        var dockerfile = Path.Combine(shop.Pipeline(), "Dockerfile");

        await Daemon.DockerAsync("build", "--quiet", "--tag", $"{shop.ImageName}:by-hand", "--file", dockerfile, shop.Root);

        var ours = $"{shop.ImageName}:latest";
        var theirs = $"{shop.ImageName}:by-hand";
        Assert.AreEqual(Text(await Daemon.FilesAsync(ours, "/app")), Text(await Daemon.FilesAsync(theirs, "/app")));
        Assert.AreEqual(Comparable(await Daemon.ConfigAsync(ours)), Comparable(await Daemon.ConfigAsync(theirs)));
    }

    [TestMethod]
    public async Task The_generated_file_is_the_same_in_every_folder()
    {
        var here = await SingleWebAsync();
        var there = await SingleWebAsync();

        foreach (var web in (TestProject[])[here, there])
        {
            (await web.DotnetAsync("msbuild", web.ProjectFile, "-restore", "-t:GenerateMultiStageDockerfile")).Succeeds();
        }

        var dockerfile = await File.ReadAllTextAsync(Path.Combine(here.Pipeline("Debug"), "Dockerfile"));
        Assert.AreEqual(dockerfile, await File.ReadAllTextAsync(Path.Combine(there.Pipeline("Debug"), "Dockerfile")));
        Assert.DoesNotContain(SuiteRun.Id, dockerfile);
    }

    // ASP.NET writes the times of static files into this list, and by hand files keep those that they have here.
    private static string Text(SortedDictionary<string, string> files) =>
        string.Join(
            '\n',
            files
                .Where(file => !file.Key.EndsWith(".staticwebassets.endpoints.json", StringComparison.Ordinal))
                .Select(file => $"{file.Value} {file.Key}")
        );

    private static string Comparable(JsonNode config)
    {
        foreach (var label in LabelsOfTheBuild)
        {
            config["Labels"]?.AsObject().Remove(label);
        }

        return config.ToJsonString();
    }
}
