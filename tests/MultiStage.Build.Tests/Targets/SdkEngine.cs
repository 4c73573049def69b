namespace MultiStage.Build.Tests.Targets;

/// <summary>What the engine without a daemon cannot do is told before anything is built.</summary>
[TestClass]
public sealed class SdkEngine
{
    [TestMethod]
    public void Everything_that_needs_a_daemon_is_one_error()
    {
        using var project = new TargetProject(
            """
              <PropertyGroup>
                <ContainerVerify>true</ContainerVerify>
                <ContainerHealthcheckCommand>["true"]</ContainerHealthcheckCommand>
                <ContainerSizeBaselineImage>shop:latest</ContainerSizeBaselineImage>
              </PropertyGroup>
              <ItemGroup>
                <ContainerStage Include="assets" BaseImage="scratch" />
                <ContainerStep Include="note" Stage="runtime" Run="mkdir /note" />
                <ContainerPackage Include="curl" />
                <ContainerStageBudget Include="builder" Max="1GB" />
              </ItemGroup>
            """
        );

        var error = project
            .Run("-t:BuildMultiStageImage", "-p:ContainerBuildEngine=sdk", "-p:ContainerTarget=builder")
            .FailedWith("MULTISTAGE3020");

        string[] names =
        [
            "ContainerStage 'assets'",
            "ContainerStep 'note'",
            "ContainerPackage 'curl'",
            "ContainerStageBudget 'builder'",
            "ContainerTarget",
            "the health check",
            "ContainerVerify",
            "ContainerSizeBaselineImage",
        ];
        Array.ForEach(names, name => Assert.Contains(name, error));
    }

    [TestMethod]
    public void A_registry_of_the_base_image_that_cannot_be_reached_is_one_error_before_anything_is_published()
    {
        using var project = new TargetProject();

        // The port of the discard service, on which no machine of today answers.
        var run = project.Run("-t:BuildMultiStageImage", "-p:ContainerBuildEngine=sdk", "-p:ContainerBaseImage=localhost:9/app:1");

        Assert.Contains("'localhost:9/app:1' cannot be reached: Connection refused", run.FailedWith("MULTISTAGE3023"));
        Assert.DoesNotContain("Publishing on this machine", run.Output);
    }

    [TestMethod]
    public void A_base_image_of_nothing_and_a_Dockerfile_that_exists_need_one_too()
    {
        using var project = new TargetProject();
        project.Write("src/App/Dockerfile", "FROM scratch\nCOPY . .\n");

        Assert.Contains("ContainerDockerfile", Fail("-p:ContainerDockerfile=Dockerfile"));
        Assert.Contains("scratch", Fail("-p:ContainerBaseImage=scratch"));

        string Fail(string argument) =>
            project.Run("-t:BuildMultiStageImage", "-p:ContainerBuildEngine=sdk", argument).FailedWith("MULTISTAGE3020");
    }
}
