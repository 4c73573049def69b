namespace MultiStage.Build.Tests.Targets;

/// <summary><c>ContainerPublishMode</c> set to <c>Host</c>: the project is published here, as the container would.</summary>
[TestClass]
public sealed class HostPublishTarget
{
    private const string Host = "-p:ContainerPublishMode=Host";

    [TestMethod]
    public void A_console_app_whose_assets_were_read_before_is_published_for_the_container()
    {
        using var project = new TargetProject(
            """
              <PropertyGroup><PublishMultiStage>true</PublishMultiStage><OutputType>Exe</OutputType></PropertyGroup>
              <ItemGroup><ProjectReference Include="../Lib/Lib.csproj" /></ItemGroup>
            """,
            "Microsoft.NET.Sdk"
        );
        project.Write(
            "src/Lib/Lib.csproj",
            """<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup></Project>"""
        );
        project.Write("src/App/Program.cs", "System.Console.WriteLine();");

        var run = project.Run(["-restore", "-t:PublishMultiStageOnHost", Host], []);

        Assert.IsEmpty(run.Succeeded().Codes, run.Output);
    }

    [TestMethod]
    public void PublishMultiStageOnHost_fills_the_folder_that_the_Dockerfile_copies()
    {
        using var project = new TargetProject(
            """
              <PropertyGroup><PublishMultiStage>true</PublishMultiStage></PropertyGroup>
              <ItemGroup>
                <ProjectReference Include="../Lib/Lib.csproj" />
                <ResolvedFileToPublish Include="package.txt" RelativePath="package.txt" NuGetPackageId="A.Package" />
              </ItemGroup>
              <Target Name="AddNotice" AfterTargets="Publish">
                <WriteLinesToFile File="$(PublishDir)notice.txt" Lines="a%3bb" />
              </Target>
            """
        );
        project.Write(
            "src/Lib/Lib.csproj",
            """<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup></Project>"""
        );
        project.Write("src/App/package.txt", "from a package");
        project.Write("src/App/Program.cs", "");
        project.Write("src/App/obj/container/app/stale.txt", "of an earlier publish");
        project.Write("src/App/Program.cs", "System.Console.WriteLine();");

        var run = project.Run(["-restore", "-t:PublishMultiStageOnHost", Host, "-p:Label=a%3Bb"], [new("SOURCE_DATE_EPOCH", "1700000000")]);

        Assert.IsEmpty(run.Succeeded().Codes, run.Output);
        Assert.Contains("Publishing on this machine", run.Output);
        var published = Path.Combine(project.Folder, "obj", "container");
        Assert.AreEqual("package.txt", Files(Path.Combine(published, "packages")));
        Assert.AreEqual(
            "App App.deps.json App.dll App.pdb App.runtimeconfig.json App.staticwebassets.endpoints.json Lib.dll Lib.pdb notice.txt",
            Files(Path.Combine(published, "app"))
        );
        Assert.Contains("v10.0/linux-", File.ReadAllText(Path.Combine(published, "app", "App.deps.json")), "It is the container's.");
        Assert.AreEqual(
            new DateTime(2023, 11, 14, 22, 13, 20, DateTimeKind.Utc),
            File.GetLastWriteTimeUtc(Path.Combine(published, "app", "App.dll"))
        );
        Assert.Contains("COPY --link src/App/obj/container/app/ /app/", project.Dockerfile);
        Assert.Contains("#   publish:    dotnet msbuild src/App/App.csproj -t:PublishMultiStageOnHost\n", project.Dockerfile);
        Assert.DoesNotContain("AS builder", project.Dockerfile);
        Assert.AreEqual(project.Facts.Container.Platform, project.Plan.Platform);
        Assert.IsNotNull(project.Plan.Platform, "One machine publishes for one platform.");
    }

    [TestMethod]
    [DataRow("-p:ContainerFamily=alpine", "linux-musl-")]
    [DataRow("-p:ContainerRuntimeIdentifier=linux-arm64", "linux-arm64")]
    [DataRow("-p:UseCurrentRuntimeIdentifier=true", "linux-")]
    public void The_runtime_identifier_is_the_containers(string argument, string identifier)
    {
        using var project = new TargetProject();
        project.Generate(Host, argument);

        Assert.StartsWith(identifier, project.Facts.Publish.RuntimeIdentifier!);
        Assert.IsFalse(project.Facts.Publish.SelfContained);
    }

    [TestMethod]
    public void ContainerPublishMode_is_Container_or_Host()
    {
        using var project = new TargetProject();

        Assert.Contains(
            "Container or Host",
            project.Run("-t:GenerateMultiStageDockerfile", "-p:ContainerPublishMode=hots").FailedWith("MULTISTAGE1010")
        );
        Assert.Contains("AS builder", Generated(project, "-p:ContainerPublishMode=container"));
        Assert.Contains("not set", project.Run("-t:PublishMultiStageOnHost").FailedWith("MULTISTAGE1062"));
    }

    [TestMethod]
    public void It_makes_no_sense_for_a_Dockerfile_that_exists()
    {
        using var project = new TargetProject();
        project.Write("src/App/Dockerfile", "FROM scratch\n");

        var run = project.Run("-t:GenerateMultiStageDockerfile", Host, "-p:ContainerDockerfile=Dockerfile");

        Assert.Contains("ContainerDockerfile", run.FailedWith("MULTISTAGE1062"));
    }

    [TestMethod]
    public void A_health_check_of_a_project_is_still_built_in_its_stage()
    {
        using var project = new TargetProject(
            "<PropertyGroup><ContainerHealthcheckProject>../Check/Check.csproj</ContainerHealthcheckProject></PropertyGroup>"
        );
        project.Write(
            "src/Check/Check.csproj",
            """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><TargetFramework>net10.0</TargetFramework><OutputType>Exe</OutputType></PropertyGroup>
            </Project>
            """
        );

        var text = Generated(project, Host);

        Assert.Contains("\nCOPY src/Check/ src/Check/\n", text);
        Assert.DoesNotContain("COPY src/App/App.csproj", text);
        Assert.Contains("COPY --link --from=healthchecker /healthcheck/ /healthcheck/", text);
    }

    private static string Generated(TargetProject project, params string[] arguments)
    {
        project.Generate(arguments);
        return project.Dockerfile;
    }

    private static string Files(string folder) =>
        string.Join(' ', Directory.EnumerateFiles(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
}
