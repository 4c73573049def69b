using MultiStage.Build.Images;

namespace MultiStage.Build.Tests.Targets;

/// <summary>Which platform the image is built for.</summary>
[TestClass]
public sealed class RuntimeIdentifiers
{
    [TestMethod]
    public void A_runtime_identifier_of_the_command_line_is_restored_and_published()
    {
        using var project = new TargetProject();

        project.Generate("-p:RuntimeIdentifier=linux-musl-arm64");

        Assert.Contains("-r linux-musl-arm64 \\\n", project.Dockerfile);
        Assert.Contains("-c Release -r linux-musl-arm64 ", project.Dockerfile);
        Assert.Contains("FROM mcr.microsoft.com/dotnet/aspnet:10.0-alpine AS runtime\n", project.Dockerfile);
        Assert.AreEqual(Platform.Parse("linux/arm64"), project.Facts.Container.Platform);
    }

    [TestMethod]
    public void ContainerFamily_chooses_the_base_image_and_the_C_library()
    {
        using var project = new TargetProject("<PropertyGroup><ContainerFamily>alpine</ContainerFamily></PropertyGroup>");

        project.Generate();

        Assert.Contains("FROM mcr.microsoft.com/dotnet/aspnet:10.0-alpine AS runtime\n", project.Dockerfile);
        Assert.Contains("-r linux-musl-$TARGETARCH", project.Dockerfile);
        Assert.IsNull(project.Facts.Container.Platform);
    }

    [TestMethod]
    public void PublishRuntimeIdentifier_is_a_choice_too()
    {
        using var project = new TargetProject(
            "<PropertyGroup><PublishRuntimeIdentifier>linux-arm64</PublishRuntimeIdentifier></PropertyGroup>"
        );

        project.Generate();

        Assert.Contains("-c Release -r linux-arm64 ", project.Dockerfile);
    }

    [TestMethod]
    public void ContainerRuntimeIdentifiers_with_one_platform_chooses_it()
    {
        using var project = new TargetProject(
            "<PropertyGroup><ContainerRuntimeIdentifiers>linux-arm64</ContainerRuntimeIdentifiers></PropertyGroup>"
        );

        project.Generate();

        Assert.AreEqual(Platform.Parse("linux/arm64"), project.Facts.Container.Platform);
    }

    [TestMethod]
    public void ContainerRuntimeIdentifiers_with_several_platforms_is_an_error_that_names_them()
    {
        using var project = new TargetProject(
            "<PropertyGroup>\n<ContainerRuntimeIdentifiers>linux-x64;linux-arm64</ContainerRuntimeIdentifiers></PropertyGroup>"
        );

        var error = project.Run("-t:GenerateMultiStageDockerfile").FailedWith("MULTISTAGE1007");

        Assert.Contains("App.csproj(6,", error);
        Assert.Contains("linux-x64, linux-arm64", error);
        Assert.Contains("dotnet publish -r linux-x64 -p:PublishMultiStage=true", error);
    }

    [TestMethod]
    public void A_runtime_identifier_of_the_command_line_chooses_among_several()
    {
        using var project = new TargetProject(
            "<PropertyGroup><ContainerRuntimeIdentifiers>linux-x64;linux-arm64</ContainerRuntimeIdentifiers></PropertyGroup>"
        );

        project.Generate("-p:RuntimeIdentifier=linux-arm64");

        Assert.AreEqual(Platform.Parse("linux/arm64"), project.Facts.Container.Platform);
    }

    [TestMethod]
    public void RuntimeIdentifiers_alone_with_several_platforms_is_an_error_too()
    {
        using var project = new TargetProject("<PropertyGroup><RuntimeIdentifiers>win-x64;linux-x64</RuntimeIdentifiers></PropertyGroup>");

        var error = project.Run("-t:GenerateMultiStageDockerfile").FailedWith("MULTISTAGE1007");

        Assert.Contains("dotnet publish -r linux-x64 ", error);
    }

    [TestMethod]
    public void A_runtime_identifier_of_another_system_is_an_error()
    {
        using var project = new TargetProject("<PropertyGroup><RuntimeIdentifier>win-x64</RuntimeIdentifier></PropertyGroup>");

        var error = project.Run("-t:GenerateMultiStageDockerfile").FailedWith("MULTISTAGE1008");

        Assert.Contains("'win-x64'", error);
    }
}
