namespace MultiStage.Build.Tests.Targets;

/// <summary>Apps that carry their runtime or are compiled ahead of time. Generating needs neither a runtime pack nor a native
/// toolchain.</summary>
[TestClass]
public sealed class PublishKinds
{
    [TestMethod]
    public void A_self_contained_app_is_restored_and_published_as_one()
    {
        using var project = new TargetProject();

        project.Generate("-p:SelfContained=true", "-p:_CommandLineDefinedSelfContained=true");

        Assert.Contains("--self-contained -p:_IsPublishing=true", project.Dockerfile);
        Assert.Contains("-r linux-$TARGETARCH --self-contained ", project.Dockerfile);
        Assert.Contains("FROM mcr.microsoft.com/dotnet/runtime-deps:10.0 AS runtime\n", project.Dockerfile);
        Assert.Contains("\nENTRYPOINT [\"/app/App\"]\n", project.Dockerfile);
    }

    [TestMethod]
    [DataRow("PublishTrimmed", "runtime-deps:10.0-noble-chiseled-extra")]
    [DataRow("PublishSingleFile", "runtime-deps:10.0")]
    public void What_makes_a_publish_self_contained_makes_its_restore_so(string property, string image)
    {
        using var project = new TargetProject($"<PropertyGroup><{property}>true</{property}></PropertyGroup>");

        project.Generate();

        Assert.Contains("--self-contained -p:_IsPublishing=true", project.Dockerfile);
        Assert.Contains("--self-contained ", project.Dockerfile);
        Assert.Contains($"FROM mcr.microsoft.com/dotnet/{image} AS runtime\n", project.Dockerfile);
    }

    [TestMethod]
    [DataRow("", "/app/App")]
    [DataRow("<ItemGroup><ContainerAppCommand Include='dotnet;other.dll' /></ItemGroup>", "dotnet\", \"other.dll")]
    public void A_single_file_that_leaves_the_runtime_to_the_image_is_started_itself(string items, string entrypoint)
    {
        using var project = new TargetProject(
            $"<PropertyGroup><PublishSingleFile>true</PublishSingleFile><SelfContained>false</SelfContained></PropertyGroup>{items}"
        );

        project.Generate();

        Assert.Contains($"\nENTRYPOINT [\"{entrypoint}\"]\n", project.Dockerfile);
    }

    [TestMethod]
    public void A_static_app_on_scratch_is_compiled_for_musl_and_takes_along_what_it_reads()
    {
        using var project = new TargetProject(
            """
            <PropertyGroup>
              <PublishAot>true</PublishAot>
              <StaticExecutable>true</StaticExecutable>
              <StaticOpenSslLinking>true</StaticOpenSslLinking>
              <ContainerBaseImage>scratch</ContainerBaseImage>
            </PropertyGroup>
            """
        );

        var run = project.Generate();

        Assert.IsEmpty(run.Codes, run.Output);
        Assert.Contains("\nFROM mcr.microsoft.com/dotnet/sdk:10.0-alpine-aot AS builder\n", project.Dockerfile);
        Assert.Contains(" -r linux-musl-$TARGETARCH ", project.Dockerfile);
        Assert.Contains("\nFROM scratch AS runtime\n", project.Dockerfile);
        Assert.Contains(
            "\nCOPY --link --from=builder /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/ca-certificates.crt\n",
            project.Dockerfile
        );
        Assert.Contains("\nCOPY --link --from=builder /usr/share/zoneinfo/ /usr/share/zoneinfo/\n", project.Dockerfile);
        Assert.Contains("\nENV APP_UID=\"1654\"", project.Dockerfile);
        Assert.Contains("\nUSER $APP_UID\n", project.Dockerfile);
    }

    [TestMethod]
    public void A_static_app_without_time_zones_and_with_cultures_takes_none_along()
    {
        using var project = new TargetProject(
            """
            <PropertyGroup>
              <PublishAot>true</PublishAot>
              <StaticExecutable>true</StaticExecutable>
              <StaticICULinking>true</StaticICULinking>
              <InvariantTimezone>true</InvariantTimezone>
              <ContainerBaseImage>scratch</ContainerBaseImage>
            </PropertyGroup>
            """
        );

        project.Generate();

        Assert.DoesNotContain("/usr/share/zoneinfo/", project.Dockerfile);
        Assert.DoesNotContain("ca-certificates", project.Dockerfile);
        Assert.DoesNotContain("GLOBALIZATION_INVARIANT", project.Dockerfile);
    }

    [TestMethod]
    [DataRow("-p:ContainerBaseImage=scratch", "MULTISTAGE1030")]
    [DataRow(
        "-p:ContainerFamily=alpine -p:RuntimeIdentifier=linux-x64 -p:SelfContained=true -p:_CommandLineDefinedSelfContained=true",
        "MULTISTAGE1031"
    )]
    [DataRow("-p:ContainerFamily=jammy -p:PublishAot=true", "MULTISTAGE1032")]
    public void What_could_not_start_on_its_base_image_is_told(string arguments, string code)
    {
        using var project = new TargetProject();

        Assert.AreEqual(code, string.Join(' ', project.Generate(arguments.Split(' ')).Codes));
    }

    [TestMethod]
    [DataRow("", "")]
    [DataRow("<PropertyGroup><SelfContained>true</SelfContained></PropertyGroup>", "--self-contained ")]
    public void Restore_gets_the_switches_of_the_publish(string body, string carried)
    {
        using var project = new TargetProject(body);

        project.Generate();

        Assert.Contains(
            $"RUN cd /src && dotnet build src/App/App.csproj --no-restore -t:Restore -c Release -r linux-$TARGETARCH {carried}",
            project.Dockerfile.Replace(" \\\n    ", " ", StringComparison.Ordinal)
        );
        Assert.Contains($"--no-restore -c Release -r linux-$TARGETARCH {carried}", project.Dockerfile);
    }

    [TestMethod]
    public void What_the_project_sets_inside_a_container_counts()
    {
        using var project = new TargetProject(
            """
            <PropertyGroup Condition="'$(DOTNET_RUNNING_IN_CONTAINER)' == 'true'">
              <PublishTrimmed>true</PublishTrimmed>
              <BaseIntermediateOutputPath>/tmp/obj/$(MSBuildProjectName)/</BaseIntermediateOutputPath>
            </PropertyGroup>
            """
        );

        project.Generate();

        Assert.Contains(" --self-contained ", project.Dockerfile);
        Assert.Contains("FROM mcr.microsoft.com/dotnet/runtime-deps:10.0-noble-chiseled-extra AS runtime\n", project.Dockerfile);
        Assert.DoesNotContain("RUNNING_IN_CONTAINER", project.Dockerfile);
    }

    [TestMethod]
    public void An_app_that_is_compiled_ahead_of_time_is_built_on_the_platform_it_is_for()
    {
        using var project = new TargetProject(
            "<PropertyGroup><PublishAot>true</PublishAot><InvariantGlobalization>true</InvariantGlobalization></PropertyGroup>"
        );

        project.Generate();

        Assert.IsTrue(project.Facts.Publish.IsAot);
        Assert.Contains("\nFROM mcr.microsoft.com/dotnet/sdk:10.0-noble-aot AS builder\n", project.Dockerfile);
        Assert.Contains(" -p:CopyOutputSymbolsToPublishDirectory=false ", project.Dockerfile);
        Assert.Contains("FROM mcr.microsoft.com/dotnet/runtime-deps:10.0-noble-chiseled AS runtime\n", project.Dockerfile);
        Assert.Contains("\nENTRYPOINT [\"/app/App\"]\n", project.Dockerfile);
    }
}
