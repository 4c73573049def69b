using MultiStage.Build.Stages;

namespace MultiStage.Build.Tests.Targets;

/// <summary>What becomes of environment variables that a project reads.</summary>
[TestClass]
public sealed class EnvironmentVariables
{
    private const string Body = """
          <PropertyGroup>
            <VersionSuffix Condition="'$(GITHUB_RUN_NUMBER)' != ''">ci.$(GITHUB_RUN_NUMBER)</VersionSuffix>
            <ContinuousIntegrationBuild Condition="'$(GITHUB_ACTIONS)' == 'true'">true</ContinuousIntegrationBuild>
            <Keys>$([System.IO.Path]::Combine($(KEYS_FOLDER), 'x'))</Keys>
            <Tools>$(MULTISTAGE_TEST_TOOLS)/$(HOME)/$(NUGET_PACKAGES)</Tools>
            <FIXED>always</FIXED>
            <Fixed2>$(FIXED)</Fixed2>
          </PropertyGroup>
          <PropertyGroup Condition="'$(MULTISTAGE_TEST_EXTRA)' != ''">
            <ExtraVersion>$([System.Environment]::GetEnvironmentVariable('extra_version'))</ExtraVersion>
          </PropertyGroup>
          <ItemGroup>
            <PackageReference Include="Extra" Version="$(ExtraVersion)" Condition="'$(ExtraVersion)' != ''" />
          </ItemGroup>
          <Target Name="Say"><Message Text="$(API_TOKEN) $(BUILD_LABEL)" /></Target>
        """;

    private static readonly KeyValuePair<string, string>[] s_none =
    [
        .. new[] { "GITHUB_RUN_NUMBER", "GITHUB_ACTIONS", "KEYS_FOLDER", "API_TOKEN", "BUILD_LABEL", "VERSION" }.Select(name =>
            KeyValuePair.Create(name, "")
        ),
    ];

    [TestMethod]
    public void The_Dockerfile_declares_what_the_project_reads_whether_it_is_set_or_not()
    {
        using var project = new TargetProject(Body);

        var run = project.Generate([], s_none);

        Assert.IsEmpty(run.Codes, run.Output);
        const string Why = "# Environment variables that the project reads, passed with the build.\n";
        var dockerfile = project.Dockerfile;
        Assert.Contains(
            $"{Why}ARG MULTISTAGE_TEST_EXTRA\nARG extra_version\n",
            dockerfile[..dockerfile.IndexOf("-t:Restore", StringComparison.Ordinal)]
        );
        Assert.Contains(
            $"{Why}ARG BUILD_LABEL\nARG GITHUB_ACTIONS\nARG GITHUB_RUN_NUMBER\nARG KEYS_FOLDER\nARG MULTISTAGE_TEST_TOOLS\n",
            dockerfile
        );
        foreach (var other in (string[])["FIXED", "API_TOKEN", "HOME", "NUGET_PACKAGES"])
        {
            Assert.DoesNotContain($"ARG {other}", dockerfile);
        }

        Assert.DoesNotContain("--build-arg", dockerfile);
    }

    [TestMethod]
    public void Values_come_as_build_arguments_and_leave_the_Dockerfile_as_it_is()
    {
        using var project = new TargetProject(Body);
        project.Generate([], s_none);
        var before = project.Dockerfile;

        var run = project.Generate(
            [],
            [
                new("GITHUB_RUN_NUMBER", "57"),
                new("GITHUB_ACTIONS", "true"),
                new("KEYS_FOLDER", Path.Combine(project.Root, "keys")),
                new("BUILD_LABEL", "a; b"),
                new("API_TOKEN", "hunter2"),
                new("MULTISTAGE_TEST_TOOLS", Path.GetTempPath()),
                new("UNREAD", "x"),
            ]
        );

        Assert.AreEqual(before, project.Dockerfile);
        var arguments = project.Plan.BuildArgs;
        Assert.AreEqual(
            "57 true /src/keys a; b",
            $"{arguments["GITHUB_RUN_NUMBER"]} {arguments["GITHUB_ACTIONS"]} {arguments["KEYS_FOLDER"]} {arguments["BUILD_LABEL"]}"
        );
        Assert.AreEqual("1.0.0-ci.57", project.Plan.Labels["org.opencontainers.image.version"]);
        Assert.IsFalse(
            arguments.ContainsKey("UNREAD") || arguments.ContainsKey("API_TOKEN") || arguments.ContainsKey("MULTISTAGE_TEST_TOOLS")
        );
        Assert.AreEqual("MULTISTAGE1034 MULTISTAGE1035", string.Join(' ', run.Codes.Order(StringComparer.Ordinal)));
        Assert.DoesNotContain(
            "hunter2",
            run.Output
                + File.ReadAllText(Path.Combine(project.PipelineFolder, "facts.json"))
                + File.ReadAllText(Path.Combine(project.PipelineFolder, "plan.json"))
        );
    }

    [TestMethod]
    public void A_variable_that_the_SDK_takes_for_a_property_counts_and_a_property_of_the_command_line_wins()
    {
        using var project = new TargetProject();

        project.Generate([], [new("VERSION", "7.8.9"), new("CI", "true")]);
        Assert.AreEqual("7.8.9", project.Plan.BuildArgs["VERSION"]);
        Assert.AreEqual("7.8.9", project.Plan.Labels["org.opencontainers.image.version"]);
        var dockerfile = project.Dockerfile;
        Assert.IsLessThan(
            dockerfile.IndexOf("ARG VERSION\n", StringComparison.Ordinal),
            dockerfile.IndexOf("-t:Restore", StringComparison.Ordinal)
        );
        Assert.DoesNotContain("ARG CI\n", dockerfile);

        project.Generate(["-p:Version=1.2.3"], [new("VERSION", "7.8.9")]);
        Assert.DoesNotContain("ARG VERSION\n", project.Dockerfile);
        Assert.AreEqual("1.2.3", project.Plan.BuildArgs["Version"]);
    }

    [TestMethod]
    public void A_variable_that_the_SDK_adds_to_and_one_that_the_project_changes_count()
    {
        using var project = new TargetProject("<PropertyGroup><Tag>$(Tag.Trim('v'))</Tag><Title>$(Tag)</Title></PropertyGroup>");

        project.Generate([], [new("DefineConstants", "FROM_CI"), new("Tag", "v1.2")]);

        Assert.AreEqual("FROM_CI v1.2", $"{project.Plan.BuildArgs["DefineConstants"]} {project.Plan.BuildArgs["Tag"]}");
    }

    [TestMethod]
    public void A_variable_that_begins_like_a_tools_own_is_the_projects()
    {
        const string Names = "DOCKER_TAG DOTNET_ENVIRONMENT GIT_BRANCH GIT_COMMIT PROGRAM_VERSION VSTS_ID";
        using var project = new TargetProject(
            $"<PropertyGroup><Label>{string.Concat(Names.Split(' ').Select(name => $"$({name})"))}$(GIT_DIR)$(DOCKER_HOST)$(DOTNET_ROOT)</Label></PropertyGroup>"
        );

        project.Generate([], [.. Names.Split(' ').Append("DOCKER_HOST").Select(name => KeyValuePair.Create(name, "x"))]);

        Assert.AreEqual(
            Names,
            string.Join(' ', project.Plan.BuildArgs.Where(argument => argument.Value == "x").Select(argument => argument.Key).Order())
        );
        Assert.DoesNotContain("ARG GIT_DIR", project.Dockerfile);
    }

    [TestMethod]
    public void A_variable_that_the_project_overrides_is_none()
    {
        using var project = new TargetProject("<PropertyGroup><Version>2.0.0</Version></PropertyGroup>");

        project.Generate([], [new("VERSION", "7.8.9")]);

        Assert.IsFalse(project.Plan.BuildArgs.ContainsKey("VERSION"));
        Assert.Contains("org.opencontainers.image.version=\"2.0.0\"", project.Dockerfile);
    }

    [TestMethod]
    public void What_a_health_check_and_the_tests_read_reaches_their_stages_alone()
    {
        const string Companion = """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><TargetFramework>net10.0</TargetFramework><OutputType>Exe</OutputType><Label>$(NAME_OF_THIS)</Label></PropertyGroup>
            </Project>
            """;
        using var project = new TargetProject(
            """
              <PropertyGroup>
                <Label>$(BUILD_LABEL)</Label>
                <ContainerHealthcheckProject>../Check/Check.csproj</ContainerHealthcheckProject>
                <ContainerTestProjects>../../tests/A/A.csproj</ContainerTestProjects>
              </PropertyGroup>
            """
        );
        project.Write("src/Check/Check.csproj", Companion.Replace("NAME_OF_THIS", "CHECK_LABEL", StringComparison.Ordinal));
        project.Write("tests/A/A.csproj", Companion.Replace("NAME_OF_THIS", "BUILD_LABEL)$(TEST_LABEL", StringComparison.Ordinal));

        project.Generate([], [new("CHECK_LABEL", "green"), new("TEST_LABEL", "full"), new("BUILD_LABEL", "")]);

        Assert.AreEqual("TARGETARCH CHECK_LABEL", Arguments("healthchecker"));
        Assert.AreEqual("TEST_LABEL", Arguments("test-results"));
        Assert.Contains("BUILD_LABEL", Arguments("builder"));
        Assert.AreEqual("green", project.Plan.BuildArgs["CHECK_LABEL"]);
        Assert.AreEqual("full", project.Plan.BuildArgs["TEST_LABEL"]);

        string Arguments(string stage) =>
            string.Join(' ', project.Plan.Stages.Single(one => one.Name == stage).Steps.OfType<ArgStep>().Select(step => step.Name));
    }
}
