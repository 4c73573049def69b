namespace MultiStage.Build.Tests.Targets;

/// <summary><c>CheckMultiStageDockerfile</c>.</summary>
[TestClass]
public sealed class CheckTarget
{
    private const string Body = "<PropertyGroup>\n<ContainerDockerfileOutput>Dockerfile</ContainerDockerfileOutput></PropertyGroup>";

    [TestMethod]
    public void A_Dockerfile_that_is_up_to_date_passes_with_either_line_end()
    {
        using var project = new TargetProject(Body);
        project.Generate();
        var path = Path.Combine(project.Folder, "Dockerfile");
        File.WriteAllText(path, File.ReadAllText(path).ReplaceLineEndings("\r\n"));

        project.Run("-t:CheckMultiStageDockerfile").Succeeded();
    }

    [TestMethod]
    public void A_Dockerfile_that_is_out_of_date_fails_with_the_difference_and_is_left_as_it_is()
    {
        using var project = new TargetProject(Body);
        project.Generate();
        var (dockerfile, ignore) = (Path.Combine(project.Folder, "Dockerfile"), Path.Combine(project.Folder, "Dockerfile.dockerignore"));
        var stale = File.ReadAllText(dockerfile).Replace("EXPOSE 8080/tcp", "EXPOSE 80/tcp", StringComparison.Ordinal);
        File.WriteAllText(dockerfile, stale);
        var ignored = File.ReadAllText(ignore);

        var run = project.Run("-t:CheckMultiStageDockerfile");

        var error = run.FailedWith("MULTISTAGE2002");
        Assert.Contains("App.csproj(6,", error);
        Assert.Contains("-t:GenerateMultiStageDockerfile", error);
        Assert.Contains("--- Dockerfile (on disk)", run.Output);
        Assert.Contains("-EXPOSE 80/tcp", run.Output);
        Assert.Contains("+EXPOSE 8080/tcp", run.Output);
        Assert.AreEqual(stale, File.ReadAllText(dockerfile));
        Assert.AreEqual(ignored, File.ReadAllText(ignore));
    }

    [TestMethod]
    public void A_Dockerfile_that_was_never_generated_is_out_of_date_and_is_not_written()
    {
        using var project = new TargetProject(Body);

        var run = project.Run("-t:CheckMultiStageDockerfile");

        Assert.AreNotEqual(0, run.ExitCode, run.Output);
        Assert.AreEqual("MULTISTAGE2002 MULTISTAGE2002", string.Join(' ', run.Codes));
        Assert.IsFalse(File.Exists(Path.Combine(project.Folder, "Dockerfile")));
    }

    [TestMethod]
    public void A_Dockerfile_says_the_same_whichever_build_wrote_it()
    {
        using var project = new TargetProject();
        project.Generate();
        project.Generate("-p:Configuration=Release", "-p:_IsPublishing=true");

        var texts = Directory
            .EnumerateFiles(project.Folder, "Dockerfile", SearchOption.AllDirectories)
            .Where(file => !file.Contains("/runs/", StringComparison.Ordinal))
            .Select(File.ReadAllText)
            .ToList();

        Assert.HasCount(2, texts);
        Assert.AreEqual(texts[0], texts[1]);
    }
}
