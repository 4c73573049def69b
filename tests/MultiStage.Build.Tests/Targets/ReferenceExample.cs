using MultiStage.Build.Tests.Reference;

namespace MultiStage.Build.Tests.Targets;

/// <summary>The Dockerfile that the reference shows is one that is generated.</summary>
[TestClass]
public sealed class ReferenceExample
{
    [TestMethod]
    public void The_reference_shows_the_Dockerfile_of_a_web_app_with_a_library()
    {
        using var project = new TargetProject(
            """
              <PropertyGroup><ContainerDockerfileOutput>Dockerfile</ContainerDockerfileOutput></PropertyGroup>
              <ItemGroup>
                <ContainerEnvironmentVariable Include="GREETING" Value="hello" />
                <ProjectReference Include="../Lib/Lib.csproj" />
              </ItemGroup>
            """
        );
        project.Write(
            "src/Lib/Lib.csproj",
            "<Project Sdk=\"Microsoft.NET.Sdk\"><PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup></Project>"
        );
        project.Write("Directory.Packages.props", "<Project />");

        project.Generate();

        ReferenceDocument.Holds(
            "## An example",
            "```dockerfile",
            "The first",
            $"""
            ```dockerfile
            {File.ReadAllText(Path.Combine(project.Folder, "Dockerfile")).TrimEnd()}
            ```

            """
        );
    }
}
