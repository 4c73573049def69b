namespace MultiStage.Build.Tests.Targets;

/// <summary>The package does nothing that was not asked for.</summary>
[TestClass]
public sealed class NothingUnasked
{
    private const string Console = "<PropertyGroup><OutputType>Exe</OutputType><UseAppHost>false</UseAppHost></PropertyGroup>";

    [TestMethod]
    public void A_build_runs_none_of_its_targets_even_where_publishing_would()
    {
        using var project = new TargetProject(
            Console.Replace("<UseAppHost>", "<PublishMultiStage>true</PublishMultiStage><UseAppHost>", StringComparison.Ordinal),
            "Microsoft.NET.Sdk"
        );
        project.Write("src/App/Program.cs", "System.Console.WriteLine();");

        var build = project.Run("-restore", "-t:Build", "-v:d").Succeeded();
        var generate = project.Run("-t:GenerateMultiStageDockerfile", "-v:d").Succeeded();

        Assert.Contains("CoreCompile", build.Targets);
        // It only sets a property, for a PublishContainer that may have been asked for.
        Assert.IsEmpty(build.Targets.Where(IsOurs).Except(["_TakeOverPublishContainer"]));
        Assert.IsEmpty(project.Run("-t:Build", "-v:d", "-p:PublishMultiStage=false").Succeeded().Targets.Where(IsOurs));
        Assert.Contains("_CollectMultiStageFacts", generate.Targets.Where(IsOurs));
    }

    [TestMethod]
    public void A_library_among_the_projects_of_a_publish_is_skipped_without_a_word()
    {
        using var project = new TargetProject("", "Microsoft.NET.Sdk");

        var run = project
            .Run("-t:Publish", "-p:PublishMultiStage=true", "-p:_IsPublishing=true", "-p:BuildingSolutionFile=true")
            .Succeeded();

        Assert.AreEqual("", run.Output.Trim());
        Assert.IsEmpty(Directory.EnumerateDirectories(project.Folder, "publish", SearchOption.AllDirectories));
    }

    [TestMethod]
    [DataRow("<PropertyGroup><IsPublishable>false</IsPublishable></PropertyGroup>")]
    [DataRow("<PropertyGroup><EnableSdkContainerSupport>false</EnableSdkContainerSupport></PropertyGroup>")]
    public void An_app_that_says_it_has_no_image_gets_none(string body)
    {
        using var project = new TargetProject(body);

        project.Run("-t:GenerateMultiStageDockerfile").Succeeded();

        Assert.IsEmpty(Directory.EnumerateFiles(project.Folder, "Dockerfile", SearchOption.AllDirectories));
    }

    private static bool IsOurs(string target) => target.Contains("MultiStage", StringComparison.Ordinal);
}
