using MultiStage.Build.EndToEnd.Harness;

namespace MultiStage.Build.EndToEnd;

/// <summary>Registries that give a token for a password, as Docker Hub and ghcr.io do.</summary>
[TestClass]
public sealed class TokenRegistries : EndToEndTest
{
    [TestMethod]
    public async Task Base_images_come_from_one_and_images_go_to_one_with_logins_for_each_direction()
    {
        using var registry = new TokenRegistry();
        var repository = $"{Daemon.ImagePrefix}{SuiteRun.Id}-token";
        await Daemon.DockerAsync("tag", "busybox:latest", $"{Registry.Open.Address}/{repository}:1");
        await Daemon.DockerAsync("push", "--quiet", $"{Registry.Open.Address}/{repository}:1");
        var project = await Standalone.CopyAsync(Workspace, "Walkthrough", "greeter.proj");
        project.Write(
            "greeter.proj",
            (await File.ReadAllLinesAsync(project.ProjectFile))[0]
                + $"""

                  <ItemGroup>
                    <ContainerStage Include="base" BaseImage="{registry.Address}/{repository}:1" />
                    <ContainerStage Include="final" BaseImage="scratch" />
                    <ContainerStep Include="take" Stage="final" Copy="/bin/busybox" From="base" Destination="/busybox" />
                  </ItemGroup>
                </Project>
                """
        );
        string[] arguments = project.PublishArguments($"-p:ContainerRegistry={registry.Address}");
        KeyValuePair<string, string?>[] pull =
        [
            new("DOTNET_CONTAINER_PULL_REGISTRY_UNAME", TokenRegistry.User),
            new("DOTNET_CONTAINER_PULL_REGISTRY_PWORD", registry.Password),
        ];
        KeyValuePair<string, string?>[] push =
        [
            new("DOTNET_CONTAINER_PUSH_REGISTRY_UNAME", TokenRegistry.User),
            new("DOTNET_CONTAINER_PUSH_REGISTRY_PWORD", registry.Password),
        ];

        var login = $"Log in: docker login {registry.Address}";
        Assert.Contains(login, (await project.DotnetAsync(arguments, push)).FailsWith("MULTISTAGE3003").Text);
        Assert.Contains(login, (await project.DotnetAsync(arguments, pull)).FailsWith("MULTISTAGE3004").Text);
        Assert.IsNull(await Registry.Open.FindDigestAsync(project.ImageName, "latest"));

        (await project.DotnetAsync(arguments, [.. pull, .. push])).Succeeds();
        Assert.IsNotNull(await Registry.Open.FindDigestAsync(project.ImageName, "latest"));
        Assert.IsGreaterThan(1, registry.Tokens);
        await Daemon.DockerAsync("image", "rm", $"{registry.Address}/{repository}:1");
    }
}
