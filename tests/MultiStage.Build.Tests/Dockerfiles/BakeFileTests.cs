using System.Collections.Immutable;
using System.Text.Json.Nodes;
using MultiStage.Build.Dockerfiles.Writing;

namespace MultiStage.Build.Tests.Dockerfiles;

/// <summary><c>docker-bake.json</c>.</summary>
[TestClass]
public sealed class BakeFileTests
{
    [TestMethod]
    public void What_a_commit_decides_is_a_variable_and_all_else_is_taken_as_it_is()
    {
        var text = BakeFile.Write(
            "dotnet msbuild Shop.slnx -t:GenerateMultiStageBake",
            [
                Image("orders") with
                {
                    Stage = "runtime",
                    Platforms = ["linux/amd64", "linux/arm64"],
                    Secrets = ["id=feed,env=FEED"],
                    SshAgents = ["default"],
                },
                Image("mail"),
            ]
        );

        Snapshot.Match("bake", "docker-bake.json", text);
        var file = JsonNode.Parse(text)!;
        Assert.AreEqual("costs $${5} and 10 %%{x}", (string?)file["target"]!["orders"]!["args"]!["PRICE"]);
        Assert.AreEqual("SOURCE_DATE_EPOCH Version", string.Join(' ', file["variable"]!.AsObject().Select(variable => variable.Key)));
        Assert.AreEqual("""["orders","mail"]""", file["group"]!["default"]!["targets"]!.ToJsonString());
        Assert.IsNull(file["target"]!["mail"]!["platforms"]);
    }

    private static BakeImage Image(string name) =>
        new(name, ".", $"src/{name}/Dockerfile")
        {
            Tags = [$"registry.example.com/{name}:1.0"],
            Args = ImmutableSortedDictionary<string, BakeValue>
                .Empty.Add("PRICE", BakeValue.Literal("costs ${5} and 10 %{x}"))
                .Add("SOURCE_DATE_EPOCH", BakeValue.Of("SOURCE_DATE_EPOCH")),
            Labels = ImmutableSortedDictionary<string, BakeValue>
                .Empty.Add("org.opencontainers.image.created", BakeValue.Created)
                .Add("org.opencontainers.image.version", BakeValue.Of("Version")),
        };
}
