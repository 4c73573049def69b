using System.Globalization;
using System.Text.Json.Nodes;
using MultiStage.Build.EndToEnd.Harness;

namespace MultiStage.Build.EndToEnd;

/// <summary>The targets and outputs that scripts use.</summary>
[TestClass]
public sealed class Scripts : EndToEndTest
{
    [TestMethod]
    [DataRow("GenerateMultiStageDockerfile", "Dockerfile", false)]
    [DataRow("BuildMultiStageImage", "image.json", false)]
    [DataRow("MeasureMultiStageImage", "size.json", false)]
    [DataRow("ReportMultiStageSize", "size.json", false)]
    [DataRow("EnforceMultiStageSizeBudgets", "size.json", false)]
    [DataRow("DeliverMultiStageImage", "size.json", true)]
    [DataRow("PublishMultiStage", "size.json", true)]
    public async Task Each_target_can_be_called_alone(string target, string writes, bool tags)
    {
        var web = await SingleWebAsync();

        (await CallAsync(web, target)).Succeeds();

        Assert.IsTrue(File.Exists(Path.Combine(web.Pipeline(), writes)), $"{target} does not write {writes}.");
        Assert.HasCount(tags ? 1 : 0, await Daemon.TagsAsync(web.ImageName));
    }

    [TestMethod]
    public async Task GeneratedContainer_says_what_was_built()
    {
        var web = await SingleWebAsync();

        var answer = (await CallAsync(web, "PublishMultiStage", "-getItem:GeneratedContainer")).Succeeds();

        var items = JsonNode.Parse(answer.Output)!["Items"]!["GeneratedContainer"]!.AsArray();
        Assert.HasCount(1, items, answer.ToString());
        var container = items[0]!;
        Assert.AreEqual(await Daemon.ImageIdAsync($"{web.ImageName}:latest"), (string?)container["ImageId"]);
        Assert.AreEqual("runtime", (string?)container["Stage"]);
        var size = Number(container["Size"]);
        var appSize = Number(container["AppSize"]);
        Assert.IsGreaterThan(0, appSize);
        Assert.IsGreaterThan(appSize, size);
        Assert.IsTrue(File.Exists((string?)container["Report"]), answer.ToString());
        Assert.Contains("latest", answer.Output);
    }

    [TestMethod]
    public async Task The_size_is_what_the_files_of_the_app_take()
    {
        var web = await SingleWebAsync();

        var answer = await CallAsync(web, "PublishMultiStage", "-getItem:GeneratedContainer");

        var container = JsonNode.Parse(answer.Succeeds().Output)!["Items"]!["GeneratedContainer"]![0]!;
        var sizes = await Daemon.DockerAsync(
            "run",
            "--rm",
            "--entrypoint",
            "sh",
            $"{web.ImageName}:latest",
            "-c",
            "cat $(find /app -type f) | wc -c"
        );
        Assert.AreEqual(long.Parse(sizes, CultureInfo.InvariantCulture), Number(container["AppSize"]));
    }

    private static async Task<CommandResult> CallAsync(TestProject web, string target, params string[] arguments)
    {
        (await web.DotnetAsync("restore", web.ProjectFile)).Succeeds();
        return await web.DotnetAsync([
            "msbuild",
            web.ProjectFile,
            $"-t:{target}",
            "-p:Configuration=Release",
            $"-p:ContainerRepository={web.ImageName}",
            .. arguments,
        ]);
    }

    private static long Number(JsonNode? metadata) => long.Parse((string?)metadata ?? "", CultureInfo.InvariantCulture);
}
