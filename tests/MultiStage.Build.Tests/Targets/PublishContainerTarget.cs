namespace MultiStage.Build.Tests.Targets;

/// <summary>The SDK's target that tools call, which is imported after the package's files.</summary>
[TestClass]
public sealed class PublishContainerTarget
{
    // Stands for the pipeline, which needs Docker.
    private const string Pipeline = """
        <Project>
          <Target Name="PublishMultiStage">
            <ItemGroup><GeneratedContainer Include="ours" /></ItemGroup>
          </Target>
        </Project>
        """;

    [TestMethod]
    [DataRow("")]
    [DataRow("-p:PublishProfile=DefaultContainer")]
    [DataRow("-p:ContainerRuntimeIdentifiers=linux-x64")]
    public void It_runs_the_pipeline_and_nothing_of_the_SDKs_where_the_project_asks_for_it(string argument)
    {
        using var project = new TargetProject("<PropertyGroup><PublishMultiStage>true</PublishMultiStage></PropertyGroup>");
        project.Write("Directory.Build.targets", Pipeline);

        var run = project.Run(["-t:PublishContainer", "-v:d", .. argument.Split(' ', StringSplitOptions.RemoveEmptyEntries)]).Succeeded();

        Assert.Contains("PublishMultiStage", run.Targets);
        Assert.DoesNotContain("_PublishSingleContainer", run.Targets);
        Assert.DoesNotContain("_PublishMultiArchContainers", run.Targets);
        Assert.DoesNotContain("ComputeContainerConfig", run.Targets, "It would choose a runtime identifier.");
        Assert.Contains("ours", project.Run("-t:PublishContainer", "-getTargetResult:PublishContainer").Succeeded().Output);
    }

    [TestMethod]
    public void It_is_the_SDKs_own_where_the_project_does_not_ask()
    {
        using var project = new TargetProject();
        project.Write("Directory.Build.targets", Pipeline);

        var depends = project.Run("-t:ComputeContainerConfig", "-getProperty:PublishContainerDependsOn").Succeeded().Output;

        Assert.Contains("ComputeContainerConfig", depends);
        Assert.DoesNotContain("MultiStage", depends);
    }
}
