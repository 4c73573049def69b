using MultiStage.Build.Diagnostics;

namespace MultiStage.Build.Tests.Targets;

/// <summary><c>ContainerVariant</c> on a publish.</summary>
[TestClass]
public sealed class VariantOfAPublish
{
    [TestMethod]
    public void It_is_what_its_properties_on_the_command_line_are_and_leaves_no_restore_behind()
    {
        using var named = new TargetProject();
        using var written = new TargetProject();

        named.Generate("-p:ContainerVariant=chiseled");
        written.Generate("-p:ContainerFamily=noble-chiseled", "-p:InvariantGlobalization=true");

        Assert.AreEqual(written.Dockerfile, named.Dockerfile);
        Assert.Contains("-p:InvariantGlobalization=true", named.Dockerfile);
        Assert.EndsWith("aspnet:10.0-noble-chiseled", named.Facts.Container.BaseImage);
        Assert.IsFalse(File.Exists(Path.Combine(named.Folder, "obj", "project.assets.json")));
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
                <ContainerVariant Include="gated" ContainerSizeBudget="1MB" />
              </ItemGroup>
            """
        );

        var failed = project.Run("-t:GenerateMultiStageDockerfile", "-p:ContainerVariant=old");
        var refused = project.Run("-t:GenerateMultiStageDockerfile", "-p:ContainerVariant=gated");

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
