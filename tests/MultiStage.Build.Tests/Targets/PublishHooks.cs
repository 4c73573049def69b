namespace MultiStage.Build.Tests.Targets;

/// <summary>Targets that a project hooks on its publish, which is in the container.</summary>
[TestClass]
public sealed class PublishHooks
{
    private const string Hook = """
          <Target Name="Own" AfterTargets="Publish"><Error Code="OWN1" Text="after Publish" /></Target>
          <Target Name="First" BeforeTargets="Publish"><Error Code="OWN2" Text="before Publish" /></Target>
          <Target Name="Following" AfterTargets="Own;AfterPublish"><Error Code="OWN3" Text="after AfterPublish" /></Target>
        """;

    [TestMethod]
    [DataRow("Microsoft.NET.Sdk")]
    [DataRow("Microsoft.NET.Sdk.Web")]
    [DataRow("Microsoft.NET.Sdk.Worker")]
    public void On_this_machine_no_hook_of_a_publish_runs_and_hooks_of_the_pipeline_do(string sdk)
    {
        using var project = new TargetProject(
            Hook
                + """<Target Name="Told" AfterTargets="PublishMultiStage"><Message Importance="high" Text="delivered by $(MSBuildProjectName)" /></Target>""",
            sdk
        );
        project.Write(
            "Directory.Build.targets",
            """<Project><Target Name="Shared" AfterTargets="Publish"><Error Code="OWN4" Text="shared" /></Target></Project>"""
        );

        // Without an image of its own, nothing but the hooks is left to run.
        var run = project
            .Run(
                "-t:Publish",
                "-p:PublishMultiStage=true",
                "-p:_IsPublishing=true",
                "-p:OutputType=Exe",
                "-p:EnableSdkContainerSupport=false"
            )
            .Succeeded();

        Assert.Contains("delivered by App", run.Output);
    }

    [TestMethod]
    public void In_the_container_they_run_on_the_publish_folder_and_a_profile_makes_no_container_there()
    {
        using var project = new TargetProject(
            """
              <PropertyGroup><PublishMultiStage>true</PublishMultiStage><PublishProfile>DefaultContainer</PublishProfile><DeployOnBuild>true</DeployOnBuild></PropertyGroup>
              <Target Name="Own" AfterTargets="Publish" DependsOnTargets="PublishContainer"><Copy SourceFiles="extra.txt" DestinationFolder="$(PublishDir)" /></Target>
              <Target Name="NoContainer" BeforeTargets="_PublishSingleContainer"><Error Text="A container is published in the builder." /></Target>
            """
        );
        project.Write("src/App/extra.txt", "extra");
        project.Write("src/App/Program.cs", "System.Console.WriteLine();");
        using var elsewhere = new TempFolder();

        MSBuildRun
            .Of(
                project.Root,
                [
                    .. TargetProject.WithTasks("src/App/App.csproj"),
                    "-restore",
                    "-t:Publish",
                    "-p:_IsPublishing=true",
                    "-p:Configuration=Release",
                    $"-p:PublishDir={elsewhere["publish"]}/",
                    $"-p:MultiStagePackagesFolder={elsewhere["packages"]}",
                ]
            )
            .Succeeded();

        Assert.IsTrue(File.Exists(elsewhere["publish/extra.txt"]));
        Assert.IsTrue(File.Exists(elsewhere["publish/App.dll"]));
    }
}
