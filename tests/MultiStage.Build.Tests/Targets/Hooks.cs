namespace MultiStage.Build.Tests.Targets;

/// <summary>How a build puts work of its own into the pipeline.</summary>
[TestClass]
public sealed class Hooks
{
    [TestMethod]
    public void A_target_named_in_a_DependsOn_property_comes_after_the_stage_before()
    {
        string[] stages =
        [
            "BuildMultiStageImage", "MeasureMultiStageImage", "ReportMultiStageSize", "EnforceMultiStageSizeBudgets", "DeliverMultiStageImage", "PublishMultiStage",
        ];
        using var project = new TargetProject($"<PropertyGroup>{string.Concat(stages.Select(s => $"<{s}DependsOn>Mine</{s}DependsOn>"))}</PropertyGroup>");

        var run = project.Run([.. stages.Select(s => $"-getProperty:{s}DependsOn")]).Succeeded();

        var properties = System.Text.Json.Nodes.JsonNode.Parse(run.Output)!["Properties"]!;
        foreach (var (stage, before) in stages.Zip(stages.Prepend("GenerateMultiStageDockerfile")))
        {
            Assert.AreEqual($"{before};Mine", (string?)properties[$"{stage}DependsOn"]);
        }
    }

    [TestMethod]
    public void BuildMultiStageImageDependsOn_runs_between_the_Dockerfile_and_the_build()
    {
        using var project = new TargetProject("""
              <PropertyGroup><BuildMultiStageImageDependsOn>Stop</BuildMultiStageImageDependsOn></PropertyGroup>
              <Target Name="Stop"><Error Code="STOP1" Text="before building $(GeneratedMultiStageDockerfile)" /></Target>
            """);

        var error = project.Run("-t:PublishMultiStage").FailedWith("STOP1");

        Assert.Contains($"before building {Path.Combine(project.PipelineFolder, "Dockerfile")}", error);
    }

    [TestMethod]
    [DataRow("GenerateMultiStageDockerfile")]
    [DataRow("CheckMultiStageDockerfile")]
    public void The_first_stages_hook_runs_before_anything_is_read(string target)
    {
        using var project = new TargetProject($"""
              <PropertyGroup><{target}DependsOn>Prepare</{target}DependsOn></PropertyGroup>
              <Target Name="Prepare"><WriteLinesToFile File="nuget.config" Lines="&lt;configuration /&gt;" /></Target>
            """);

        project.Run($"-t:{target}");

        Assert.Contains("src/App/nuget.config", project.Facts.Closure.RestoreInputs);
    }

    [TestMethod]
    public void Container_items_that_a_target_computes_are_read_where_the_SDK_reads_them()
    {
        using var project = new TargetProject("""
              <Target Name="Compute" BeforeTargets="ComputeContainerConfig">
                <PropertyGroup><ContainerImageTag>computed</ContainerImageTag></PropertyGroup>
                <ItemGroup><ContainerLabel Include="com.example.computed" Value="yes" /></ItemGroup>
              </Target>
            """);

        project.Generate();

        Assert.AreEqual("computed", string.Join(' ', project.Facts.Container.Tags));
        Assert.Contains("com.example.computed=\"yes\"", project.Dockerfile);
    }
}
