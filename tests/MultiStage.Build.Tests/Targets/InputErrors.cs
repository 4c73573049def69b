namespace MultiStage.Build.Tests.Targets;

/// <summary>What is wrong with a project is said in one line, at the line that sets it.</summary>
[TestClass]
public sealed class InputErrors
{
    [TestMethod]
    [DataRow("<ContainerTarget>tset</ContainerTarget>", "MULTISTAGE2001", "'tset'")]
    [DataRow("<ContainerBuildContext>nowhere</ContainerBuildContext>", "MULTISTAGE1009", "does not exist")]
    [DataRow("<ContainerAppCommandInstruction>Entry</ContainerAppCommandInstruction>", "MULTISTAGE1010", "Entrypoint, DefaultArgs or None")]
    public void A_property_that_cannot_be_used_is_named_at_its_line(string property, string code, string says)
    {
        using var project = new TargetProject($"<PropertyGroup>\n  {property}\n</PropertyGroup>");

        var error = project.Run("-t:GenerateMultiStageDockerfile").FailedWith(code);

        Assert.Contains("App.csproj(6,", error);
        Assert.Contains(says, error);
    }

    [TestMethod]
    [DataRow("<ContainerBuildEngine>podman</ContainerBuildEngine>", "MULTISTAGE1010", "auto, docker, buildx or sdk")]
    [DataRow("<ContainerSizeBudget>120 megs</ContainerSizeBudget>", "MULTISTAGE4002", "'120 megs'")]
    [DataRow("<ContainerSizeBudgetSeverity>fatal</ContainerSizeBudgetSeverity>", "MULTISTAGE1010", "error or warning")]
    [DataRow("<ContainerAppSizeBudget>20 megs</ContainerAppSizeBudget>", "MULTISTAGE4002", "'20 megs'")]
    [DataRow("<ContainerLayerSizeBudget>-1MB</ContainerLayerSizeBudget>", "MULTISTAGE4002", "'-1MB'")]
    [DataRow("<ContainerLayerCountBudget>0</ContainerLayerCountBudget>", "MULTISTAGE1010", "at least 1")]
    [DataRow("<ContainerCompressedSizeBudget>5%</ContainerCompressedSizeBudget>", "MULTISTAGE4002", "percentage")]
    [DataRow("<ContainerWastedSizeBudget>none</ContainerWastedSizeBudget>", "MULTISTAGE4002", "'none'")]
    [DataRow("<ContainerSizeBudgetWarnAt>90%</ContainerSizeBudgetWarnAt>", "MULTISTAGE4015", "there is no budget")]
    [DataRow("<ContainerVerify>yes</ContainerVerify>", "MULTISTAGE1010", "true or false")]
    [DataRow("<ContainerSilenceLimit>soon</ContainerSilenceLimit>", "MULTISTAGE1010", "such as 30s")]
    [DataRow("<ContainerBuildSilenceLimit>1 hour</ContainerBuildSilenceLimit>", "MULTISTAGE1010", "such as 30s")]
    public void A_property_of_a_later_stage_is_checked_before_the_daemon_is_asked_for_anything(string property, string code, string says)
    {
        using var project = new TargetProject($"<PropertyGroup>\n  {property}\n</PropertyGroup>");

        var error = project.Run("-t:BuildMultiStageImage").FailedWith(code);

        Assert.Contains("App.csproj(6,", error);
        Assert.Contains(says, error);
    }

    [TestMethod]
    [DataRow(
        "<ContainerImage>a</ContainerImage><ContainerArchive>b.tar</ContainerArchive>",
        "MeasureMultiStageImage",
        "MULTISTAGE4018",
        "Both ContainerImage ('a') and ContainerArchive ('b.tar')"
    )]
    [DataRow("<ContainerArchive>missing.tar</ContainerArchive>", "EnforceMultiStageSizeBudgets", "MULTISTAGE4017", "missing.tar")]
    [DataRow("<ContainerArchive>App.csproj</ContainerArchive>", "MeasureMultiStageImage", "MULTISTAGE4017", "cannot be measured")]
    [DataRow(
        "<ContainerImage>web:1</ContainerImage>",
        "PublishMultiStage",
        "MULTISTAGE4019",
        "ContainerImage names an image that something else built"
    )]
    [DataRow(
        "<ContainerImage>web:1</ContainerImage>",
        "BuildMultiStageImage",
        "MULTISTAGE4019",
        "ContainerImage names an image that something else built"
    )]
    public void An_image_that_something_else_built_is_measured_or_refused(string property, string target, string code, string says)
    {
        using var project = new TargetProject($"<PropertyGroup>\n  {property}\n</PropertyGroup>");

        Assert.Contains(says, project.Run($"-t:{target}").FailedWith(code));
    }

    [TestMethod]
    [DataRow("<ContainerPathBudget Include=\"assets\" Max=\"20MB\" />", "MULTISTAGE4013", "'assets' has no Path")]
    [DataRow(
        "<ContainerPathBudget Include=\"assets\" Path=\"/app/wwwroot/**\" Max=\"20 megs\" />",
        "MULTISTAGE4002",
        "Max of ContainerPathBudget 'assets'"
    )]
    [DataRow("<ContainerStageBudget Include=\"builder\" />", "MULTISTAGE4013", "'builder' has no Max")]
    [DataRow(
        "<ContainerStageBudget Include=\"builder\" Max=\"1GB\" /><ContainerStageBudget Include=\"BUILDER\" Max=\"2GB\" />",
        "MULTISTAGE4014",
        "'builder'"
    )]
    public void A_budget_that_is_an_item_is_checked_before_the_daemon_is_asked_for_anything(string item, string code, string says)
    {
        using var project = new TargetProject($"<ItemGroup>\n  {item}\n</ItemGroup>");

        var error = project.Run("-t:BuildMultiStageImage").FailedWith(code);

        Assert.Contains("App.csproj(6,", error);
        Assert.Contains(says, error);
    }

    [TestMethod]
    [DataRow("<ContainerPort Include=\"http\" />", "MULTISTAGE1010", "http/tcp")]
    [DataRow(
        "<ContainerEntrypointArgs Include=\"a\" /><ContainerAppCommandArgs Include=\"b\" />",
        "MULTISTAGE1013",
        "ContainerEntrypoint is not"
    )]
    [DataRow("<ContainerEnvironmentVariable Include=\"LINES\" Value=\"one&#10;two\" />", "MULTISTAGE1014", "LINES")]
    public void An_item_that_cannot_be_used_is_named_at_its_line(string item, string code, string says)
    {
        using var project = new TargetProject($"<ItemGroup>\n  {item}\n</ItemGroup>");

        var error = project.Run("-t:GenerateMultiStageDockerfile").FailedWith(code);

        Assert.Contains("App.csproj(6,", error);
        Assert.Contains(says, error);
    }

    [TestMethod]
    public void A_reference_that_is_not_there_is_an_error_that_names_it()
    {
        using var project = new TargetProject("<ItemGroup><ProjectReference Include=\"../Gone/Gone.csproj\" /></ItemGroup>");

        Assert.Contains("Gone.csproj", project.Run("-t:GenerateMultiStageDockerfile").FailedWith("MULTISTAGE1004"));
    }

    [TestMethod]
    public void A_linked_file_outside_the_context_is_an_error_that_proposes_a_context()
    {
        using var project = new TargetProject(
            "<PropertyGroup><ContainerBuildContext>.</ContainerBuildContext></PropertyGroup><ItemGroup><None Include=\"../shared.json\" "
                + "Link=\"shared.json\" /></ItemGroup>"
        );
        project.Write("src/shared.json", "{}");

        var error = project.Run("-t:GenerateMultiStageDockerfile").FailedWith("MULTISTAGE1003");

        Assert.Contains($"such as '{Path.Combine(project.Root, "src")}'", error);
    }

    [TestMethod]
    public void Configuration_above_the_context_is_warned_of()
    {
        using var project = new TargetProject("<PropertyGroup><ContainerBuildContext>.</ContainerBuildContext></PropertyGroup>");
        project.Write("nuget.config", "<configuration />");

        var run = project.Generate();

        Assert.AreEqual("MULTISTAGE1012", string.Join(' ', run.Codes));
    }

    [TestMethod]
    public void An_SDK_that_is_too_old_for_the_tasks_is_an_error_before_they_load()
    {
        using var project = new TargetProject();

        var error = project
            .Run("-t:GenerateMultiStageDockerfile", "-p:NETCoreSdkVersion=9.0.305", "-p:MultiStageTasksAssembly=nowhere.dll")
            .FailedWith("MULTISTAGE1002");

        Assert.Contains("this is 9.0.305", error);
    }
}
