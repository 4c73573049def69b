using MultiStage.Build.Projects;

namespace MultiStage.Build.Tests.Targets;

/// <summary>A project whose only SDK is the package.</summary>
[TestClass]
public sealed class StandaloneProject
{
    [TestMethod]
    public void It_needs_no_NET_and_has_the_targets_that_commands_and_solutions_call()
    {
        using var project = new TargetProject();
        var sdk = RepositoryRoot.Combine("sdk", "Sdk");
        project.Write("src/App/greeter.txt", "");
        project.Write(
            "src/App/Directory.Build.targets",
            """
            <Project>
              <PropertyGroup><BuildDependsOn>Say</BuildDependsOn></PropertyGroup>
              <Target Name="Say"><Message Importance="high" Text="building" /></Target>
            </Project>
            """
        );
        project.Write(
            "src/App/App.csproj",
            $"""
            <Project>
              <Import Project="{sdk}/Sdk.props" />
              <PropertyGroup>
                <ContainerImageTag>7</ContainerImageTag>
              </PropertyGroup>
              <ItemGroup>
                <ContainerStage Include="final" BaseImage="busybox:latest" />
                <ContainerStep Include="files" Stage="final" Copy="." Destination="/app/" />
                <ContainerLabel Include="com.example.team" Value="web" />
              </ItemGroup>
              <Import Project="{sdk}/Sdk.targets" />
            </Project>
            """
        );
        Directory.Delete(Path.Combine(project.Folder, "obj"), recursive: true);

        project.Run("-t:Restore;Pack;VSTest").Succeeded();
        Assert.Contains("building", project.Run("-t:Build").Succeeded().Output);
        Assert.IsFalse(Directory.Exists(Path.Combine(project.Folder, "obj")));
        Assert.AreEqual("true", project.Run("-getProperty:PublishMultiStage").Succeeded().Output.Trim());
        project.Generate("-p:RuntimeIdentifier=linux-arm64", "-p:ContainerArchiveOutputPath=out/");

        Assert.AreEqual(ImageSource.Items, project.Facts.Source);
        Assert.AreEqual(
            "app:7 linux/arm64",
            $"{project.Facts.Container.Repository}:{string.Join(',', project.Facts.Container.Tags)} {project.Facts.Container.Platform}"
        );
        Assert.AreEqual("web", project.Plan.Labels["com.example.team"]);
        Assert.Contains("FROM busybox:latest AS final\nCOPY . /app/\n", project.Dockerfile);
        Assert.Contains(
            "# What builds write\nApp.csproj\nobj\nout/app.tar.gz\n",
            File.ReadAllText(Path.Combine(project.PipelineFolder, "Dockerfile.dockerignore"))
        );
        project
            .Run("-t:CheckMultiStageDockerfile", "-p:RuntimeIdentifier=linux-arm64", "-p:ContainerArchiveOutputPath=out/")
            .Succeeded();

        project.Run("-t:Clean").Succeeded();
        Assert.IsFalse(Directory.Exists(Path.Combine(project.Folder, "obj", "multistage")));
        Assert.Contains("building", project.Run("-t:Rebuild").Succeeded().Output);
    }

    [TestMethod]
    public void Without_a_stage_it_has_nothing_to_build()
    {
        using var project = new TargetProject();
        project.Write(
            "src/App/App.csproj",
            $"""<Project><Import Project="{RepositoryRoot.Combine("sdk", "Sdk", "Sdk.props")}" /><Import Project="{RepositoryRoot.Combine("sdk", "Sdk", "Sdk.targets")}" /></Project>"""
        );

        project.Run("-t:GenerateMultiStageDockerfile").FailedWith("MULTISTAGE2017");
    }
}
