namespace MultiStage.Build.Tests.Targets;

/// <summary>Projects that a publish meets and that are no apps.</summary>
[TestClass]
public sealed class NoImageOfTheirOwn
{
    [TestMethod]
    [DataRow("Microsoft.NET.Sdk", "", "it is a library. Publish the app that references it")]
    [DataRow(
        "Microsoft.NET.Sdk",
        "<PropertyGroup><OutputType>Exe</OutputType><IsTestProject>true</IsTestProject></PropertyGroup>",
        "Name it in the ContainerTestProjects"
    )]
    [DataRow(
        "Microsoft.NET.Sdk.Web",
        "<PropertyGroup><IsTestingPlatformApplication>true</IsTestingPlatformApplication></PropertyGroup>",
        "Name it in the ContainerTestProjects"
    )]
    [DataRow(
        "Microsoft.NET.Sdk",
        "<PropertyGroup><OutputType>Exe</OutputType><UsingMicrosoftNETSdkBlazorWebAssembly>true</UsingMicrosoftNETSdkBlazorWebAssembly></PropertyGroup>",
        "it runs in a browser"
    )]
    public void What_was_published_by_itself_is_told_in_one_line_and_in_a_solution_nothing_is(string sdk, string body, string says)
    {
        using var project = new TargetProject(body, sdk);

        var alone = project.Run("-t:Publish", "-p:PublishMultiStage=true", "-p:_IsPublishing=true").Succeeded();
        Assert.AreEqual("MULTISTAGE1020", string.Join(' ', alone.Codes), alone.Output);
        Assert.Contains("'App.csproj' has no image of its own: ", alone.Output);
        Assert.Contains(says, alone.Output);

        var inSolution = project
            .Run("-t:Publish", "-p:PublishMultiStage=true", "-p:_IsPublishing=true", "-p:BuildingSolutionFile=true")
            .Succeeded();
        Assert.AreEqual("", inSolution.Output.Trim());
        Assert.IsEmpty(Directory.EnumerateDirectories(project.Folder, "multistage", SearchOption.AllDirectories));
    }

    [TestMethod]
    public void A_project_that_a_file_became_is_as_good_as_any()
    {
        using var project = new TargetProject("<PropertyGroup><FileBasedProgram>true</FileBasedProgram></PropertyGroup>");
        project.Generate();
    }
}
