using MultiStage.Build.Diagnostics;

namespace MultiStage.Build.Tests.Targets;

/// <summary><c>ContainerVariant</c> on a publish.</summary>
[TestClass]
public sealed class VariantOfAPublish
{
    [TestMethod]
    public void Its_properties_are_those_of_the_published_project_alone_and_leave_no_restore_behind()
    {
        using var project = new TargetProject(
            """
              <ItemGroup>
                <ContainerVariant Include="small" ContainerFamily="noble-chiseled" InvariantGlobalization="true" UseAppHost="false" />
                <ProjectReference Include="../Library/Library.csproj" />
              </ItemGroup>
            """
        );
        // No SDK has this framework, so that its restore would fail.
        project.Write(
            "src/Library/Library.csproj",
            """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>netstandard2.0</TargetFramework>
                <TargetFramework Condition="'$(UseAppHost)' == 'false'">none</TargetFramework>
              </PropertyGroup>
            </Project>
            """
        );

        project.Generate("-p:ContainerVariant=small");

        Assert.EndsWith("aspnet:10.0-noble-chiseled", project.Facts.Container.BaseImage);
        Assert.Contains("-t:GenerateMultiStageDockerfile -p:ContainerVariant=small", project.Dockerfile);
        Assert.Contains(
            """
            # The variant small, for App.csproj alone.
            COPY <<"END" /variant/restore.targets
            <Project>
              <PropertyGroup Condition="'$(MSBuildProjectFullPath)' == '/src/src/App/App.csproj'">
                <UseAppHost>false</UseAppHost>
              </PropertyGroup>
            </Project>
            END
            """,
            project.Dockerfile
        );
        Assert.Contains(
            "    <InvariantGlobalization>true</InvariantGlobalization>\n    <UseAppHost>false</UseAppHost>",
            project.Dockerfile
        );
        Assert.Contains("-p:BeforeMicrosoftNETSdkTargets=/variant/restore.targets", project.Dockerfile);
        Assert.Contains("-p:BeforeMicrosoftNETSdkTargets=/variant/publish.targets", project.Dockerfile);
        Assert.DoesNotContain("-p:InvariantGlobalization", project.Dockerfile);
        Assert.IsFalse(File.Exists(Path.Combine(project.Folder, "obj", "project.assets.json")));
    }

    [TestMethod]
    public void One_that_only_chooses_another_base_image_restores_and_publishes_what_the_project_does()
    {
        using var named = new TargetProject();
        using var written = new TargetProject();

        named.Generate("-p:ContainerVariant=chiseled-extra");
        written.Generate("-p:ContainerFamily=noble-chiseled-extra");

        Assert.AreEqual(written.Dockerfile, named.Dockerfile.Replace(" -p:ContainerVariant=chiseled-extra", "", StringComparison.Ordinal));
    }

    [TestMethod]
    public void On_the_command_line_it_wins_over_the_same_property()
    {
        using var project = new TargetProject();

        project.Generate("-p:ContainerVariant=invariant", "-p:InvariantGlobalization=false");

        Assert.Contains("-p:InvariantGlobalization=true", project.Dockerfile);
        Assert.DoesNotContain("/variant/", project.Dockerfile);
    }

    [TestMethod]
    public void An_item_of_the_project_is_a_variant_and_one_that_it_removes_is_none()
    {
        using var project = new TargetProject(
            """
              <PropertyGroup>
                <ContainerVariants>small</ContainerVariants>
                <ContainerVariantCheck>true</ContainerVariantCheck>
                <ContainerExploreTimeout>1m</ContainerExploreTimeout>
                <ExploreMultiStageImagesDependsOn>$(ExploreMultiStageImagesDependsOn)</ExploreMultiStageImagesDependsOn>
              </PropertyGroup>
              <ItemGroup>
                <ContainerVariant Include="small" ContainerFamily="jammy-chiseled" />
                <ContainerVariant Remove="alpine" />
              </ItemGroup>
            """
        );

        project.Generate("-p:ContainerVariant=small");
        var gone = project.Run("-t:GenerateMultiStageDockerfile", "-p:ContainerVariant=alpine");

        Assert.EndsWith("aspnet:10.0-jammy-chiseled-extra", project.Facts.Container.BaseImage);
        Assert.Contains(Codes.VariantUnknown.Code, gone.Output);
        Assert.Contains("ContainerVariant names 'alpine'", gone.Output);
    }

    [TestMethod]
    public void What_cannot_be_restored_or_is_not_the_images_is_an_error()
    {
        using var project = new TargetProject(
            """
              <ItemGroup>
                <ContainerVariant Include="old" RuntimeFrameworkVersion="0.0.1" SelfContained="true" />
                <ContainerVariant Include="gated" ContainerSizeBudget="1MB" Condition="'$(Gated)' == 'true'" />
              </ItemGroup>
            """
        );

        var failed = project.Run("-t:GenerateMultiStageDockerfile", "-p:ContainerVariant=old");
        var refused = project.Run("-t:GenerateMultiStageDockerfile", "-p:ContainerVariant=gated", "-p:Gated=true");

        var hooked = project.Run(
            "-t:GenerateMultiStageDockerfile",
            "-p:ContainerVariant=chiseled",
            $"-p:BeforeMicrosoftNETSdkTargets={project.Write("own.targets", "<Project />")}"
        );

        Assert.Contains(Codes.VariantHookTaken.Code, hooked.Output);
        Assert.Contains(Codes.VariantNotPrepared.Code, failed.Output);
        Assert.Contains("NU1", failed.Output);
        Assert.Contains($"{Codes.VariantSetsPublish.Code}: The variant 'gated' sets ContainerSizeBudget", refused.Output);
    }

    [TestMethod]
    public void An_exploration_of_unknown_variants_begins_nothing()
    {
        using var project = new TargetProject();

        var run = project.Run("-t:ExploreMultiStageImages", "-p:ContainerVariants=nativ");

        Assert.Contains($"{Codes.VariantUnknown.Code}: ContainerVariants names 'nativ'", run.Output);
        Assert.DoesNotContain("today's image first", run.Output);
    }
}
