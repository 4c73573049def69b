namespace MultiStage.Build.Tests.Targets;

/// <summary>The base image has the frameworks that the app needs, whoever asked for them.</summary>
[TestClass]
public sealed class Frameworks
{
    [TestMethod]
    [DataRow("-v:m")]
    [DataRow("-p:RuntimeIdentifier=linux-arm64")]
    public void A_framework_that_comes_through_libraries_chooses_the_base_image(string argument)
    {
        using var project = Console();

        project.Generate("-restore", argument);

        Assert.Contains("FROM mcr.microsoft.com/dotnet/aspnet:10.0 AS runtime\n", project.Dockerfile);
        Assert.Contains("\nEXPOSE 8080/tcp\n", project.Dockerfile);
        Assert.IsTrue(project.Facts.Container.AnswersOnPorts);
    }

    [TestMethod]
    public void Without_a_restore_the_SDK_asks_for_one()
    {
        using var project = Console();

        Assert.Contains("Run a NuGet package restore", project.Run("-t:GenerateMultiStageDockerfile").FailedWith("NETSDK1004"));
    }

    private static string Library(string item) =>
        $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup>
              <ItemGroup>{item}</ItemGroup>
            </Project>
            """;

    private static TargetProject Console()
    {
        var project = new TargetProject(
            """
              <PropertyGroup><OutputType>Exe</OutputType></PropertyGroup>
              <ItemGroup><ProjectReference Include="../Lib/Lib.csproj" /></ItemGroup>
            """,
            "Microsoft.NET.Sdk"
        );
        project.Write("src/Lib/Lib.csproj", Library("""<ProjectReference Include="../Defaults/Defaults.csproj" />"""));
        project.Write("src/Defaults/Defaults.csproj", Library("""<FrameworkReference Include="Microsoft.AspNetCore.App" />"""));
        return project;
    }
}
