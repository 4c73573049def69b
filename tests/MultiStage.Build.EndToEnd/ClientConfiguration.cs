using MultiStage.Build.EndToEnd.Harness;

namespace MultiStage.Build.EndToEnd;

/// <summary>What the <c>docker</c> command reads of its user's own configuration reaches builds here, too.</summary>
[TestClass]
public sealed class ClientConfiguration : EndToEndTest
{
    [TestMethod]
    public async Task Proxies_reach_a_build_and_stay_out_of_its_image_and_the_default_platform_counts()
    {
        await Daemon.RequireAsync();
        var project = await Standalone.CopyAsync(Workspace, "Walkthrough", "greeter.proj");
        project.Write(
            "docker/config.json",
            """{ "proxies": { "default": { "httpProxy": "http://proxy.example:3128", "noProxy": "a.example,10.0.0.0/8" } } }"""
        );
        project.Write(
            "proxied.Dockerfile",
            """
            FROM --platform=$BUILDPLATFORM busybox AS builder
            RUN echo "$HTTP_PROXY $http_proxy $NO_PROXY $no_proxy" >/proxies
            FROM scratch
            COPY --from=builder /proxies /proxies
            """
        );

        (
            await project.DotnetAsync(
                project.PublishArguments("-p:ContainerDockerfile=proxied.Dockerfile", "-p:ContainerNoCache=true"),
                [new("DOCKER_CONFIG", Path.Combine(project.Root, "docker")), new("DOCKER_DEFAULT_PLATFORM", "linux/arm64")]
            )
        ).Succeeds();

        var image = $"{project.ImageName}:latest";
        var container = await Daemon.DockerAsync("create", image, "none");
        var copy = Path.Combine(project.Root, "proxies");
        await Daemon.DockerAsync("cp", $"{container}:/proxies", copy);
        await Daemon.DockerAsync("rm", container);
        Assert.AreEqual(
            "http://proxy.example:3128 http://proxy.example:3128 a.example,10.0.0.0/8 a.example,10.0.0.0/8\n",
            await File.ReadAllTextAsync(copy)
        );
        Assert.AreEqual("arm64", await Daemon.DockerAsync("image", "inspect", "--format", "{{.Architecture}}", image));
        Assert.DoesNotContain(
            "proxy.example",
            await Daemon.DockerAsync("image", "inspect", image) + await Daemon.DockerAsync("history", "--no-trunc", image)
        );
    }
}
