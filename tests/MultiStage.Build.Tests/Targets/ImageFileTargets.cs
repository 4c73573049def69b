using System.Text.Json.Nodes;

namespace MultiStage.Build.Tests.Targets;

/// <summary>
/// <c>GenerateMultiStageBake</c> and <c>GenerateMultiStageCompose</c>, and <c>CheckMultiStageDockerfile</c> where their files are there.
/// </summary>
[TestClass]
public sealed class ImageFileTargets
{
    [TestMethod]
    public void A_project_by_itself_gets_a_file_beside_it_that_a_check_compares_and_a_Dockerfile_in_obj_is_told()
    {
        using var project = new TargetProject(
            """
            <PropertyGroup>
              <ContainerRepository>shop/app</ContainerRepository>
              <ContainerImageTags>1.0;latest</ContainerImageTags>
            </PropertyGroup>
            <ItemGroup><ContainerBuildArg Include="FLAVOUR" Value="dark" /></ItemGroup>
            """
        );
        var file = Path.Combine(project.Folder, "docker-bake.json");

        var first = project.Run("-t:GenerateMultiStageBake").Succeeded();

        Assert.Contains("MULTISTAGE1080", first.Codes);
        var target = JsonNode.Parse(File.ReadAllText(file))!["target"]!["app"]!;
        Assert.AreEqual("../..", (string?)target["context"]);
        Assert.AreEqual("runtime", (string?)target["target"]);
        Assert.AreEqual("""["shop/app:1.0","shop/app:latest"]""", target["tags"]!.ToJsonString());
        Assert.AreEqual("dark", (string?)target["args"]!["FLAVOUR"]);
        Assert.AreEqual("${SOURCE_DATE_EPOCH}", (string?)target["args"]!["SOURCE_DATE_EPOCH"]);

        const string Committed = "-p:ContainerDockerfileOutput=Dockerfile";
        Assert.DoesNotContain("MULTISTAGE1080", project.Run("-t:GenerateMultiStageBake", Committed).Succeeded().Codes);
        Assert.AreEqual("src/App/Dockerfile", (string?)JsonNode.Parse(File.ReadAllText(file))!["target"]!["app"]!["dockerfile"]);
        project.Run("-t:CheckMultiStageDockerfile", Committed).Succeeded();
        var stale = File.ReadAllText(file).Replace("dark", "light", StringComparison.Ordinal);
        File.WriteAllText(file, stale);
        var error = project.Run("-t:CheckMultiStageDockerfile", Committed).FailedWith("MULTISTAGE2002");
        Assert.Contains("docker-bake.json", error);
        Assert.Contains("-t:GenerateMultiStageBake", error);
        Assert.AreEqual(stale, File.ReadAllText(file));
    }

    [TestMethod]
    public void A_service_for_Compose_is_written_and_compared_as_well()
    {
        using var project = new TargetProject(
            "<PropertyGroup><ContainerDockerfileOutput>Dockerfile</ContainerDockerfileOutput></PropertyGroup>"
        );
        var file = Path.Combine(project.Folder, "compose.images.yaml");

        project.Run("-t:GenerateMultiStageCompose").Succeeded();

        var text = File.ReadAllText(file);
        Assert.Contains("  app:\n    image: \"app:latest\"\n    build:\n      context: \"../..\"\n", text);
        Assert.Contains("dockerfile: \"src/App/Dockerfile\"", text);
        Assert.IsFalse(File.Exists(Path.Combine(project.Folder, "docker-bake.json")));
        project.Run("-t:CheckMultiStageDockerfile").Succeeded();
        File.WriteAllText(file, text.Replace("app:latest", "app:other", StringComparison.Ordinal));
        Assert.Contains("-t:GenerateMultiStageCompose", project.Run("-t:CheckMultiStageDockerfile").FailedWith("MULTISTAGE2002"));
    }

    [TestMethod]
    public void A_test_project_has_no_place_in_it()
    {
        using var project = new TargetProject("<PropertyGroup><IsTestProject>true</IsTestProject></PropertyGroup>");

        project.Run("-t:GenerateMultiStageBake").Succeeded();

        Assert.IsFalse(File.Exists(Path.Combine(project.Folder, "docker-bake.json")));
    }
}
