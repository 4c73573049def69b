using System.Collections.Immutable;
using MultiStage.Build.Images;
using MultiStage.Build.Projects.Container;

namespace MultiStage.Build.Tests.Targets;

/// <summary>One project that sets what can be set together, generated once.</summary>
[TestClass]
public sealed class EverythingSet
{
    private static TargetProject s_project = null!;
    private static string s_dockerfile = "";
    private static ContainerFacts s_container = null!;

    [ClassInitialize]
    public static void Generate(TestContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        s_project = new TargetProject(
            """
              <PropertyGroup>
                <ContainerBaseImage>registry.example/base/aspnet:10</ContainerBaseImage>
                <ContainerSdkImage>registry.example/base/sdk:10</ContainerSdkImage>
                <ContainerBuildContext>..</ContainerBuildContext>
                <ContainerDockerfileOutput>../../deploy/App.Dockerfile</ContainerDockerfileOutput>
                <ContainerTarget>Builder</ContainerTarget>
                <ContainerRuntimeIdentifier>linux-arm64</ContainerRuntimeIdentifier>
                <ContainerCompileCache>false</ContainerCompileCache>
                <ContainerUser>1234:1234</ContainerUser>
                <ContainerWorkingDirectory>/opt/the app</ContainerWorkingDirectory>
                <ContainerRegistry>registry.example</ContainerRegistry>
                <ContainerRepository>shop/web</ContainerRepository>
                <ContainerImageTags>1.2.3;1.2</ContainerImageTags>
                <ContainerAppCommandInstruction>DefaultArgs</ContainerAppCommandInstruction>
                <ContainerTitle>The shop</ContainerTitle>
                <ContainerDescription>Sells "things" for $5
            and more</ContainerDescription>
                <ContainerAuthors>Shop people</ContainerAuthors>
                <ContainerInformationUrl>https://shop.example/</ContainerInformationUrl>
                <ContainerDocumentationUrl>https://shop.example/docs</ContainerDocumentationUrl>
                <ContainerVersion>1.2.3</ContainerVersion>
                <ContainerVendor>Shop Ltd</ContainerVendor>
                <ContainerLicenseExpression>MIT</ContainerLicenseExpression>
              </PropertyGroup>
              <ItemGroup>
                <ContainerPort Include="9090" />
                <ContainerPort Include="5353" Type="udp" />
                <ContainerEnvironmentVariable Include="ASPNETCORE_HTTP_PORTS" Value="8081" />
                <ContainerEnvironmentVariable Include="GREETING" Value="it's &quot;$HOME&quot;; C:\" />
                <ContainerLabel Include="com.example.team" Value="web" />
                <ContainerEntrypoint Include="tini" />
                <ContainerEntrypointArgs Include="--" />
                <ContainerAppCommand Include="dotnet;/opt/the app/App.dll" />
                <ContainerAppCommandArgs Include="--urls=http://+:9090" />
                <ContainerDefaultArgs Include="--verbose" />
              </ItemGroup>
            """
        );
        s_project.Generate();
        s_dockerfile = File.ReadAllText(Path.Combine(s_project.Root, "deploy", "App.Dockerfile"));
        s_container = s_project.Facts.Container;
    }

    [ClassCleanup]
    public static void Delete() => s_project.Dispose();

    [TestMethod]
    public void ContainerBaseImage_and_ContainerSdkImage_are_what_the_stages_are_based_on()
    {
        Assert.Contains("FROM --platform=$BUILDPLATFORM registry.example/base/sdk:10 AS builder\n", s_dockerfile);
        Assert.Contains("FROM registry.example/base/aspnet:10 AS runtime\n", s_dockerfile);
    }

    [TestMethod]
    public void ContainerBuildContext_is_what_every_path_is_relative_to()
    {
        Assert.AreEqual(Path.Combine(s_project.Root, "src"), s_project.Facts.Closure.Context);
        Assert.Contains("\nCOPY App/App.csproj /src/App/\n", s_dockerfile);
    }

    [TestMethod]
    public void ContainerDockerfileOutput_is_where_the_Dockerfile_and_its_ignore_file_are_written()
    {
        Assert.IsTrue(File.Exists(Path.Combine(s_project.Root, "deploy", "App.Dockerfile.dockerignore")));
        Assert.IsFalse(File.Exists(Path.Combine(s_project.PipelineFolder, "Dockerfile")));
    }

    [TestMethod]
    public void ContainerTarget_is_found_in_any_casing_and_changes_nothing_in_the_Dockerfile()
    {
        Assert.AreEqual("builder", s_project.Plan.Find("Builder").Name);
        Assert.Contains(" AS runtime\n", s_dockerfile);
    }

    [TestMethod]
    public void ContainerRuntimeIdentifier_is_restored_published_and_built_for()
    {
        Assert.AreEqual(Platform.Parse("linux/arm64"), s_container.Platform);
        Assert.AreEqual(Platform.Parse("linux/arm64"), s_project.Plan.Platform);
        Assert.Contains("dotnet build App/App.csproj --no-restore -t:Restore -c Release -r linux-arm64", s_dockerfile);
        Assert.Contains("--no-restore -c Release -r linux-arm64", s_dockerfile);
    }

    [TestMethod]
    public void ContainerUser_and_ContainerWorkingDirectory_reach_the_runtime_stage()
    {
        Assert.Contains("\nUSER 1234:1234\n", s_dockerfile);
        Assert.Contains("\nWORKDIR /opt/the app\n", s_dockerfile);
        Assert.Contains(
            "\nCOPY --link --from=builder [\"/packages/\", \"/opt/the app/\"]\nCOPY --link --from=builder [\"/publish/\", \"/opt/the "
                + "app/\"]\n",
            s_dockerfile
        );
    }

    [TestMethod]
    public void ContainerCompileCache_false_gives_the_publish_no_cache() => Assert.DoesNotContain("--mount", s_dockerfile);

    [TestMethod]
    public void ContainerRegistry_ContainerRepository_and_ContainerImageTags_name_the_image_and_not_the_Dockerfile()
    {
        Assert.AreEqual("registry.example", s_container.Registry);
        Assert.AreEqual("shop/web", s_container.Repository);
        Assert.AreEqual("1.2 1.2.3", string.Join(' ', s_container.Tags.Order(StringComparer.Ordinal)));
        Assert.DoesNotContain("shop/web", s_dockerfile);
    }

    [TestMethod]
    public void ContainerPort_and_the_ports_of_the_environment_are_exposed() =>
        Assert.AreEqual("5353/udp 8081/tcp 9090/tcp", string.Join(' ', Lines("EXPOSE ")));

    [TestMethod]
    public void ContainerEnvironmentVariable_is_set_with_its_value_to_the_letter()
    {
        Assert.Contains("\nENV ASPNETCORE_HTTP_PORTS=\"8081\"\n", s_dockerfile);
        Assert.Contains("\nENV GREETING=\"it's \\\"\\$HOME\\\"; C:\\\\\"\n", s_dockerfile);
    }

    [TestMethod]
    public void ContainerEntrypoint_starts_the_image_and_ContainerAppCommand_follows_as_its_command()
    {
        Assert.Contains("\nENTRYPOINT [\"tini\", \"--\"]\n", s_dockerfile);
        Assert.Contains("\nCMD [\"dotnet\", \"/opt/the app/App.dll\", \"--urls=http://+:9090\", \"--verbose\"]\n", s_dockerfile);
    }

    [TestMethod]
    public void Labels_are_written_and_those_that_change_from_build_to_build_are_handed_to_the_build()
    {
        foreach (
            var label in new[]
            {
                "com.example.team=\"web\"",
                "org.opencontainers.image.title=\"The shop\"",
                "org.opencontainers.image.authors=\"Shop people\"",
                "org.opencontainers.image.url=\"https://shop.example/\"",
                "org.opencontainers.image.documentation=\"https://shop.example/docs\"",
                "org.opencontainers.image.version=\"1.2.3\"",
                "org.opencontainers.image.vendor=\"Shop Ltd\"",
                "org.opencontainers.image.licenses=\"MIT\"",
                "org.opencontainers.image.base.name=\"registry.example/base/aspnet:10\"",
                "net.dot.runtime.majorminor=\"10.0\"",
            }
        )
        {
            Assert.Contains(label, s_dockerfile);
        }

        Assert.AreEqual(
            "net.dot.sdk.version org.opencontainers.artifact.created org.opencontainers.artifact.description "
                + "org.opencontainers.image.created org.opencontainers.image.description",
            string.Join(' ', s_project.Plan.Labels.Keys)
        );
        Assert.StartsWith("Sells \"things\" for $5", s_project.Plan.Labels["org.opencontainers.image.description"]);
        Assert.IsFalse(s_project.Plan.Labels.Keys.Any(label => s_dockerfile.Contains(label, StringComparison.Ordinal)));
    }

    private static ImmutableArray<string> Lines(string instruction) =>
        [
            .. s_dockerfile
                .Split('\n')
                .Where(line => line.StartsWith(instruction, StringComparison.Ordinal))
                .Select(line => line[instruction.Length..]),
        ];
}
