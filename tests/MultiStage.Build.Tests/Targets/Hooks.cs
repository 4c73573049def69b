using System.Xml.Linq;

namespace MultiStage.Build.Tests.Targets;

/// <summary>How a build puts work of its own into the pipeline.</summary>
[TestClass]
public sealed class Hooks
{
    [TestMethod]
    [DataRow(
        "BuildMultiStageImage",
        "GenerateMultiStageDockerfile;_LetHooksEditMultiStageDockerfile;$(BuildMultiStageImageDependsOn);ReadMultiStageBudgets;ChooseMultiStageEngine;_PublishMultiStageForDaemon;BuildMultiStageImageWithSdk;RunMultiStageTests;PullMultiStageBaseImages"
    )]
    [DataRow("MeasureMultiStageImage", "BuildMultiStageImage;$(MeasureMultiStageImageDependsOn)")]
    [DataRow("ReportMultiStageSize", "$(_MultiStageMeasured);$(ReportMultiStageSizeDependsOn)")]
    [DataRow("EnforceMultiStageSizeBudgets", "ReportMultiStageSize;$(EnforceMultiStageSizeBudgetsDependsOn)")]
    [DataRow("VerifyMultiStageImage", "EnforceMultiStageSizeBudgets;$(VerifyMultiStageImageDependsOn)")]
    [DataRow("DeliverMultiStageImage", "VerifyMultiStageImage;$(DeliverMultiStageImageDependsOn);PushMultiStageImage")]
    [DataRow("UpdateMultiStageSizeBaseline", "_ExplainMultiStageImage;MeasureMultiStageImage;$(UpdateMultiStageSizeBaselineDependsOn)")]
    [DataRow("PublishMultiStage", "DeliverMultiStageImage;$(PublishMultiStageDependsOn);_SummariseMultiStageSolution")]
    public void A_stage_runs_after_the_one_before_and_after_its_hook(string target, string dependsOn)
    {
        var targets = Directory
            .EnumerateFiles(RepositoryRoot.Combine("sdk", "build"), "*.targets")
            .SelectMany(file => XDocument.Load(file).Descendants("Target"));

        Assert.AreEqual(
            dependsOn,
            targets
                .First(t => t.Attribute("Name")!.Value == target && t.Attribute("Condition") is not null)
                .Attribute("DependsOnTargets")!
                .Value
        );
    }

    [TestMethod]
    public void BuildMultiStageImageDependsOn_runs_between_the_Dockerfile_and_the_build()
    {
        using var project = new TargetProject();
        project.Write(
            "Directory.Build.targets",
            """
            <Project>
              <PropertyGroup><BuildMultiStageImageDependsOn>Stop</BuildMultiStageImageDependsOn></PropertyGroup>
              <Target Name="Stop"><Error Code="STOP1" Text="before building $(GeneratedMultiStageDockerfile)" /></Target>
            </Project>
            """
        );

        var error = project.Run("-t:PublishMultiStage").FailedWith("STOP1");

        // The run's own Dockerfile, which is the one that is built. The folder of this run is removed at its end.
        Assert.Contains($"before building {Path.Combine(project.PipelineFolder, "runs")}", error);
    }

    [TestMethod]
    [DataRow("GenerateMultiStageDockerfile", "GenerateMultiStageDockerfileDependsOn")]
    [DataRow("CheckMultiStageDockerfile", "CheckMultiStageDockerfileDependsOn")]
    public void The_first_stages_hook_runs_before_anything_is_read(string target, string property)
    {
        using var project = new TargetProject(
            $"""
              <PropertyGroup><{property}>Prepare</{property}></PropertyGroup>
              <Target Name="Prepare"><WriteLinesToFile File="nuget.config" Lines="&lt;configuration /&gt;" /></Target>
            """
        );

        project.Run($"-t:{target}");

        Assert.Contains("src/App/nuget.config", project.Facts.Closure.RestoreInputs);
    }

    [TestMethod]
    public void Container_items_that_a_target_computes_are_read_where_the_SDK_reads_them()
    {
        using var project = new TargetProject(
            """
              <Target Name="Compute" BeforeTargets="ComputeContainerConfig">
                <PropertyGroup><ContainerImageTag>computed</ContainerImageTag></PropertyGroup>
                <ItemGroup><ContainerLabel Include="com.example.computed" Value="yes" /></ItemGroup>
              </Target>
            """
        );

        project.Generate();

        Assert.AreEqual("computed", string.Join(' ', project.Facts.Container.Tags));
        Assert.Contains("com.example.computed=\"yes\"", project.Dockerfile);
    }
}
