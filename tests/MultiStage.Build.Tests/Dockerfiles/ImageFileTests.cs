using System.Collections.Immutable;
using System.Text.Json.Nodes;
using MultiStage.Build.Dockerfiles.Writing;
using MultiStage.Build.Stages;

namespace MultiStage.Build.Tests.Dockerfiles;

/// <summary><c>docker-bake.json</c> and <c>compose.images.yaml</c>.</summary>
[TestClass]
public sealed class ImageFileTests
{
    private static readonly ImageBuild[] s_images =
    [
        Image("orders") with
        {
            Stage = "runtime",
            Tags = ["registry.example.com/orders:1.0", "registry.example.com/orders:latest"],
            Platforms = ["linux/amd64", "linux/arm64"],
            Secrets = [new PlanSecret("feed") { Variable = "FEED" }, new PlanSecret("key") { Source = "secrets/key.txt" }],
            SshAgents = ["default"],
        },
        Image("mail"),
    ];

    [TestMethod]
    public void What_a_commit_decides_is_a_variable_and_all_else_is_taken_as_it_is()
    {
        var text = BakeFile.Write("dotnet msbuild Shop.slnx -t:GenerateMultiStageBake", s_images);

        Snapshot.Match("bake", "docker-bake.json", text);
        var file = JsonNode.Parse(text)!;
        Assert.AreEqual("costs $${5} and 10 %%{x}", (string?)file["target"]!["orders"]!["args"]!["PRICE"]);
        Assert.AreEqual("SOURCE_DATE_EPOCH Version", string.Join(' ', file["variable"]!.AsObject().Select(variable => variable.Key)));
        Assert.AreEqual("""["orders","mail"]""", file["group"]!["default"]!["targets"]!.ToJsonString());
        Assert.IsNull(file["target"]!["mail"]!["platforms"]);
    }

    [TestMethod]
    public void A_service_builds_the_image_and_watches_the_context() =>
        Snapshot.Match(
            "compose",
            "compose.images.yaml",
            ComposeFile.Write("dotnet msbuild Shop.slnx -t:GenerateMultiStageCompose", s_images)
        );

    private static ImageBuild Image(string name) =>
        new(name, ".", $"src/{name}/Dockerfile")
        {
            Tags = [$"registry.example.com/{name}:1.0"],
            Args = ImmutableSortedDictionary<string, BuildValue>
                .Empty.Add("PRICE", new BuildValue("costs ${5} and 10 %{x}"))
                .Add("SOURCE_DATE_EPOCH", BuildValue.Of("SOURCE_DATE_EPOCH")),
            Labels = ImmutableSortedDictionary<string, BuildValue>
                .Empty.Add("org.opencontainers.image.created", BuildValue.Created)
                .Add("org.opencontainers.image.version", BuildValue.Of("Version")),
        };
}
