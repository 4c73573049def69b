using MultiStage.Build.Context;

namespace MultiStage.Build.Tests.Targets;

/// <summary>The properties of the health check and of the tests, from a project to its Dockerfile.</summary>
[TestClass]
public sealed class ChecksAndTests
{
    [TestMethod]
    public void The_health_checks_properties_are_its_instruction()
    {
        using var project = new TargetProject(
            """
              <PropertyGroup>
                <ContainerHealthcheckCommand>["/app/check"]</ContainerHealthcheckCommand>
                <ContainerHealthcheckInterval>5s</ContainerHealthcheckInterval>
                <ContainerHealthcheckTimeout>2s</ContainerHealthcheckTimeout>
                <ContainerHealthcheckStartPeriod>1m30s</ContainerHealthcheckStartPeriod>
                <ContainerHealthcheckRetries>4</ContainerHealthcheckRetries>
              </PropertyGroup>
            """
        );

        project.Generate();

        Assert.Contains(
            "\nHEALTHCHECK --interval=5s --timeout=2s --start-period=1m30s --retries=4 CMD [\"/app/check\"]\n",
            project.Dockerfile
        );
    }

    [TestMethod]
    public void Test_projects_and_the_checks_project_get_stages_and_are_in_the_context_alone_where_they_are_used()
    {
        using var project = new TargetProject(
            """
              <PropertyGroup>
                <ContainerHealthcheckProject>../Check/Check.csproj</ContainerHealthcheckProject>
                <ContainerTestProjects>../../tests/A/A.csproj;../../tests/B/B.csproj</ContainerTestProjects>
                <ContainerRequireTests>true</ContainerRequireTests>
              </PropertyGroup>
            """
        );
        const string Reference =
            """<ItemGroup><ProjectReference Include="../../src/App/App.csproj" /><PackageReference Include="coverlet.collector" Version="1.0.0" /></ItemGroup>""";
        project.Write(
            "src/Check/Check.csproj",
            """<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><TargetFramework>net10.0</TargetFramework><OutputType>Exe</OutputType></PropertyGroup></Project>"""
        );
        project.Write(
            "tests/A/A.csproj",
            $"""<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><TargetFramework>net10.0</TargetFramework><EnableMSTestRunner>true</EnableMSTestRunner></PropertyGroup>{Reference}</Project>"""
        );
        project.Write(
            "tests/B/B.csproj",
            $"""<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup>{Reference}</Project>"""
        );

        project.Generate();

        var text = project.Dockerfile;
        Assert.AreEqual(
            "builder healthchecker test-results test runtime",
            string.Join(' ', project.Plan.Stages.Select(stage => stage.Name))
        );
        Assert.Contains("HEALTHCHECK CMD [\"dotnet\", \"/healthcheck/Check.dll\"]\n", text);
        Assert.Contains("COPY --link --from=healthchecker /healthcheck/ /healthcheck/\n", text);
        Assert.Contains("COPY --link --from=test /packages/ /app/\n", text);
        Assert.Contains("COPY --link --from=test /publish/ /app/\n", text);
        Assert.Contains("dotnet run --project tests/A/A.csproj --no-build -c Release --", text);
        Assert.Contains("dotnet test tests/B/B.csproj --no-build -c Release", text);
        Assert.HasCount(2, text.Split("--collect 'XPlat Code Coverage'"));
        // Both that publish the app and that build the tests have the cache, each in a step that has its mount.
        Assert.HasCount(3, text.Split("RUN --mount=type=cache,id=multistage-compile,target=/mnt \\\n"));
        Assert.HasCount(4, text.Split("-p:MultiStageCompileCache=/mnt"));
        // A changed check or test leaves the app's layers alone.
        var builder = text[..text.IndexOf("AS healthchecker", StringComparison.Ordinal)];
        Assert.Contains("COPY src/App/ src/App/\n", builder);
        Assert.DoesNotContain("Check", builder);
        Assert.DoesNotContain("tests/", builder);
        var rules = IgnoreRules.Parse(File.ReadAllText(Path.Combine(project.PipelineFolder, "Dockerfile.dockerignore")));
        Assert.IsFalse(rules.IsExcluded("tests/A/A.csproj"));
    }

    [TestMethod]
    [DataRow(
        "<ContainerHealthcheckCommand>true</ContainerHealthcheckCommand><ContainerHealthcheckPath>/x</ContainerHealthcheckPath>",
        "MULTISTAGE2030"
    )]
    [DataRow("<ContainerHealthcheckProject>../Gone.csproj</ContainerHealthcheckProject>", "MULTISTAGE2033")]
    [DataRow("<ContainerTestProjects>../Gone.csproj</ContainerTestProjects>", "MULTISTAGE2033")]
    [DataRow("<ContainerRequireTests>true</ContainerRequireTests>", "MULTISTAGE2034")]
    [DataRow("<ContainerRequireTests>yes</ContainerRequireTests>", "MULTISTAGE1010")]
    [DataRow("<ContainerHealthcheckInterval>30</ContainerHealthcheckInterval>", "MULTISTAGE1010")]
    [DataRow("<ContainerHealthcheckTimeout>soon</ContainerHealthcheckTimeout>", "MULTISTAGE1010")]
    public void What_cannot_be_used_is_named_at_its_line(string properties, string code)
    {
        using var project = new TargetProject($"<PropertyGroup>\n  {properties}\n</PropertyGroup>");

        Assert.Contains("App.csproj(6,", project.Run("-t:GenerateMultiStageDockerfile").FailedWith(code));
    }
}
