namespace MultiStage.Build.Tests.Targets;

/// <summary>Apps that carry their runtime or are compiled ahead of time. Generating needs neither a runtime pack nor a native toolchain.</summary>
[TestClass]
public sealed class PublishKinds
{
    [TestMethod]
    public void A_self_contained_app_is_restored_and_published_as_one()
    {
        using var project = new TargetProject();

        project.Generate("-p:SelfContained=true", "-p:_CommandLineDefinedSelfContained=true");

        Assert.Contains("-r linux-$TARGETARCH -p:SelfContained=true\n", project.Dockerfile);
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

        Assert.Contains("-r linux-$TARGETARCH -p:SelfContained=true\n", project.Dockerfile);
        Assert.Contains("--self-contained ", project.Dockerfile);
        Assert.Contains($"FROM mcr.microsoft.com/dotnet/{image} AS runtime\n", project.Dockerfile);
    }

    [TestMethod]
    public void An_app_that_is_compiled_ahead_of_time_is_built_on_the_platform_it_is_for()
    {
        using var project = new TargetProject("<PropertyGroup><PublishAot>true</PublishAot><InvariantGlobalization>true</InvariantGlobalization></PropertyGroup>");

        project.Generate();

        Assert.IsTrue(project.Facts.Publish.IsAot);
        Assert.Contains("\nFROM mcr.microsoft.com/dotnet/sdk:10.0 AS builder\n", project.Dockerfile);
        Assert.Contains("FROM mcr.microsoft.com/dotnet/runtime-deps:10.0-noble-chiseled AS runtime\n", project.Dockerfile);
        Assert.Contains("\nENTRYPOINT [\"/app/App\"]\n", project.Dockerfile);
    }
}
