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
    [DataRow("<ContainerRuntimeIdentifiers>linux-x64;linux-arm64</ContainerRuntimeIdentifiers>", "")]
    [DataRow("<RuntimeIdentifiers>linux-x64;linux-arm64</RuntimeIdentifiers>", "")]
    // As with PublishContainer, which asks for the platforms of the image first.
    [DataRow("<ContainerRuntimeIdentifiers>linux-x64;linux-arm64</ContainerRuntimeIdentifiers>", "-p:RuntimeIdentifier=linux-arm64")]
    public void Several_platforms_have_one_Dockerfile_whose_builder_compiles_for_each_on_its_own(string list, string argument)
    {
        using var project = new TargetProject($"<PropertyGroup>{list}</PropertyGroup>");

        project.Generate(argument.Length == 0 ? [] : [argument]);

        Assert.Contains("FROM --platform=$BUILDPLATFORM ", project.Dockerfile);
        Assert.Contains("-r linux-$TARGETARCH", project.Dockerfile);
        Assert.IsNull(project.Facts.Container.Platform);
        CollectionAssert.AreEqual(
            (Platform[])[Platform.Parse("linux/amd64"), Platform.Parse("linux/arm64")],
            project.Plan.Platforms.ToArray()
        );
    }

    [TestMethod]
    [DataRow(
        "-p:ContainerRuntimeIdentifier=linux-arm64",
        "<ContainerRuntimeIdentifiers>linux-x64;linux-arm64</ContainerRuntimeIdentifiers>"
    )]
    [DataRow("-p:RuntimeIdentifier=linux-arm64", "<RuntimeIdentifiers>linux-x64;linux-arm64</RuntimeIdentifiers>")]
    public void One_of_them_is_chosen_by_what_the_SDK_reads_before_the_list(string argument, string list)
    {
        using var project = new TargetProject($"<PropertyGroup>{list}</PropertyGroup>");

        project.Generate(argument);

        Assert.AreEqual(Platform.Parse("linux/arm64"), project.Facts.Container.Platform);
        Assert.IsEmpty(project.Facts.Container.Platforms);
    }

    [TestMethod]
    [DataRow("linux-x64;linux-musl-arm64", "two C libraries")]
    [DataRow("linux-arm;linux-x64;linux-musl-x64", "two C libraries")]
    public void A_list_that_no_image_can_be_for_is_an_error_at_its_line(string list, string why)
    {
        using var project = new TargetProject(
            $"<PropertyGroup>\n<ContainerRuntimeIdentifiers>{list}</ContainerRuntimeIdentifiers></PropertyGroup>"
        );

        var error = project.Run("-t:GenerateMultiStageDockerfile").FailedWith("MULTISTAGE1007");

        Assert.Contains("App.csproj(6,", error);
        Assert.Contains(why, error);
    }

    [TestMethod]
    public void A_list_with_another_system_is_an_error_that_names_it()
    {
        using var project = new TargetProject("<PropertyGroup><RuntimeIdentifiers>win-x64;linux-x64</RuntimeIdentifiers></PropertyGroup>");

        Assert.Contains("'win-x64'", project.Run("-t:GenerateMultiStageDockerfile").FailedWith("MULTISTAGE1008"));
    }

    [TestMethod]
    public void A_runtime_identifier_of_another_system_is_an_error()
    {
        using var project = new TargetProject("<PropertyGroup><RuntimeIdentifier>win-x64</RuntimeIdentifier></PropertyGroup>");

        var error = project.Run("-t:GenerateMultiStageDockerfile").FailedWith("MULTISTAGE1008");

        Assert.Contains("'win-x64'", error);
    }
}
