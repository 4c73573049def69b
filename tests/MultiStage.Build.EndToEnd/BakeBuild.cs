using MultiStage.Build.EndToEnd.Harness;

namespace MultiStage.Build.EndToEnd;

/// <summary><c>docker buildx bake</c> with the file that the package writes.</summary>
[TestClass]
public sealed class BakeBuild : EndToEndTest
{
    [TestMethod]
    public async Task It_makes_the_images_of_a_publish_to_the_digest()
    {
        var services = await TestProject.CopyAsync(Workspace, "Services", "Services.slnx");
        foreach (var other in (string[])["Billing", "Mail"])
        {
            services.EditFile("Services.slnx", text =>
                text.Replace($"    <Project Path=\"src/{other}/{other}.csproj\" />\n", "", StringComparison.Ordinal)
            );
        }

        var repository = $"{services.ImageName}-$(MSBuildProjectName.ToLowerInvariant())";
        services.Insert(
            "Directory.Build.props",
            $"""
            <PropertyGroup>
                <ContainerRepository>{repository}</ContainerRepository>
                <ContainerDockerfileOutput>Dockerfile</ContainerDockerfileOutput>
              </PropertyGroup>
            """
        );
        services.ReferencePackage("Directory.Build.props");
        services.Write(".gitignore", "bin/\nobj/\n");

        var generate = await services.DotnetAsync("msbuild", services.ProjectFile, "-restore", "-t:GenerateMultiStageBake");
        Assert.IsEmpty(generate.Succeeds().Warnings, generate.ToString());
        (await services.DotnetAsync("msbuild", services.ProjectFile, "-t:CheckMultiStageDockerfile")).Succeeds();
        await services.CommitAsync("2026-01-02T03:04:05Z");
        (await services.DotnetAsync("publish", services.ProjectFile, "-p:PublishMultiStage=true")).Succeeds();
        string[] images = [$"{services.ImageName}-catalog:latest", $"{services.ImageName}-orders:latest"];
        var ours = await IdsAsync(images);
        await Daemon.DockerAsync(["rmi", .. images]);
        var bake = await services.RunAsync(
            "sh",
            "-c",
            "SOURCE_DATE_EPOCH=$(git log -1 --format=%ct) SourceRevisionId=$(git rev-parse HEAD) NETCoreSdkVersion=$(dotnet --version) "
                + "docker buildx bake --progress plain"
        );

        bake.Succeeds();
        Assert.AreEqual(ours, await IdsAsync(images));
        await Daemon.DockerAsync(["rmi", .. images]);
    }

    private static async Task<string> IdsAsync(string[] images) => string.Join(' ', await Task.WhenAll(images.Select(Daemon.ImageIdAsync)));
}
