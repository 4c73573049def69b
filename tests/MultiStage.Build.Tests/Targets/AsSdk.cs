namespace MultiStage.Build.Tests.Targets;

/// <summary>The package as an additional project SDK.</summary>
[TestClass]
public sealed class AsSdk
{
    [TestMethod]
    public void It_does_what_the_package_reference_does()
    {
        using var project = new TargetProject();
        project.Generate();
        var expected = project.Dockerfile;
        var (props, targets) = (RepositoryRoot.Combine("sdk", "Sdk", "Sdk.props"), RepositoryRoot.Combine("sdk", "Sdk", "Sdk.targets"));
        Directory.Delete(Path.Combine(project.Folder, "obj"), recursive: true);
        project.Write(
            "src/App/App.csproj",
            $"""
            <Project>
              <Import Project="Sdk.props" Sdk="Microsoft.NET.Sdk.Web" />
              <Import Project="{props}" />
              <PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup>
              <Import Project="Sdk.targets" Sdk="Microsoft.NET.Sdk.Web" />
              <Import Project="{targets}" />
            </Project>
            """
        );

        project.Generate();

        Assert.AreEqual(expected, project.Dockerfile);
    }

    [TestMethod]
    [DataRow("", "-<stage>")]
    [DataRow("<ContainerTargetTagSuffix>.sdk</ContainerTargetTagSuffix>", ".sdk")]
    [DataRow("<ContainerTargetTagSuffix />", "")]
    public void ContainerTargetTagSuffix_has_a_default_that_a_project_can_empty(string property, string expected)
    {
        using var project = new TargetProject($"<PropertyGroup>{property}</PropertyGroup>");

        Assert.AreEqual(expected, project.Run("-getProperty:ContainerTargetTagSuffix").Succeeded().Output.Trim());
    }

    [TestMethod]
    public void Files_of_a_folder_in_MultiStageToolFolders_need_not_be_in_the_context()
    {
        using var project = new TargetProject("<Import Project=\"$(Shared)/shared.targets\" />");
        using var elsewhere = new TargetProject();
        elsewhere.Write("shared.targets", "<Project />");

        project.Run("-t:GenerateMultiStageDockerfile", $"-p:Shared={elsewhere.Root}").FailedWith("MULTISTAGE1003");
        project.Generate($"-p:Shared={elsewhere.Root}", $"-p:MultiStageToolFolders={elsewhere.Root}");
    }
}
