using System.Globalization;
using System.Text.Json.Nodes;
using MultiStage.Build.EndToEnd.Harness;

namespace MultiStage.Build.EndToEnd;

/// <summary>The classic introduction to multi-stage builds, on a small web server in Go: its Dockerfiles as they are, and as stages in a
/// project.</summary>
[TestClass]
public sealed class Walkthrough : EndToEndTest
{
    [TestMethod]
    public async Task The_same_server_in_one_stage_and_in_two_and_what_that_saves()
    {
        var greeter = await GreeterAsync();
        var single = await PublishAsync(greeter, "single", "-p:ContainerDockerfile=single.Dockerfile");
        var multistage = await PublishAsync(greeter, "multistage", "-p:ContainerDockerfile=multistage.Dockerfile");

        foreach (var tag in new[] { "single", "multistage" })
        {
            var container = await Daemon.RunAsync($"{greeter.ImageName}:{tag}");
            Assert.AreEqual($"Hello from {container.Id[..12]} on linux/{await ArchitectureAsync()}.\n", await container.GetAsync("/"));
        }

        var reduction = 100 * (1 - ((double)multistage / single));
        TestContext.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"""
                | image      |         size |
                |------------|-------------:|
                | single     | {single / 1e6,9:F1} MB |
                | multistage | {multistage / 1e6,9:F1} MB |
                | reduction  | {reduction,10:F1} % |
                """
            )
        );
        Assert.IsGreaterThan(95, reduction);

        // A budget holds for a Dockerfile that exists as for a generated one.
        var error = (
            await greeter.PublishAsync(
                "-p:ContainerDockerfile=single.Dockerfile",
                "-p:ContainerImageTag=multistage",
                "-p:ContainerSizeBudget=50MB"
            )
        ).FailsWith("MULTISTAGE4001");
        Assert.Contains("over its 50 MB", error.Text);
        Assert.AreEqual(multistage, await SizeAsync($"{greeter.ImageName}:multistage"));
    }

    [TestMethod]
    [DataRow("health.Dockerfile")]
    [DataRow("")]
    public async Task A_probe_from_a_stage_of_its_own_tells_whether_the_server_answers(string dockerfile)
    {
        var greeter = await GreeterAsync();
        await PublishAsync(greeter, "latest", $"-p:ContainerDockerfile={dockerfile}");
        var image = $"{greeter.ImageName}:latest";

        // By name, by number, and from an outside image.
        Assert.AreEqual(
            "/etc/nginx/nginx.conf\n/probe\n/server",
            await Daemon.DockerAsync("run", "--rm", image, "ls", "/server", "/probe", "/etc/nginx/nginx.conf")
        );
        Assert.AreEqual(
            "5s 5s",
            await Daemon.DockerAsync(
                "image",
                "inspect",
                "--format",
                "{{.Config.Healthcheck.Interval}} {{.Config.Healthcheck.Timeout}}",
                image
            )
        );

        var container = await Daemon.RunAsync(image);
        Assert.StartsWith("Hello from", await container.GetAsync("/"));
        await container.WaitForHealthAsync("healthy");

        // A container whose server does not run; asked more often, so that three refusals do not take long.
        var broken = new Container(await Daemon.DockerAsync("run", "--detach", "--health-interval=1s", image, "sleep", "600"));
        try
        {
            await broken.WaitForHealthAsync("unhealthy");
        }
        finally
        {
            await Daemon.DockerAsync("rm", "--force", broken.Id);
            broken.Dispose();
        }
    }

    [TestMethod]
    public async Task A_stage_of_a_Dockerfile_is_an_image_for_development_under_a_tag_of_its_own()
    {
        var greeter = await GreeterAsync();
        await PublishAsync(greeter, "latest", "-p:ContainerDockerfile=health.Dockerfile");
        var latest = await Daemon.ImageIdAsync($"{greeter.ImageName}:latest");

        await PublishAsync(greeter, "latest", "-p:ContainerDockerfile=health.Dockerfile", "-p:ContainerTarget=builder");
        await PublishAsync(greeter, "latest", "-p:ContainerDockerfile=health.Dockerfile", "-p:ContainerTarget=1");
        var wrong = (await greeter.PublishAsync("-p:ContainerDockerfile=health.Dockerfile", "-p:ContainerTarget=biulder")).FailsWith(
            "MULTISTAGE2001"
        );

        Assert.AreEqual("latest latest-builder latest-healthchecker", string.Join(' ', await Daemon.TagsAsync(greeter.ImageName)));
        Assert.AreEqual(latest, await Daemon.ImageIdAsync($"{greeter.ImageName}:latest"));
        Assert.IsGreaterThan(10 * await SizeAsync(latest), await SizeAsync($"{greeter.ImageName}:latest-builder"));
        Assert.Contains("builder, healthchecker, 2", wrong.Text);
    }

    [TestMethod]
    public async Task What_was_made_can_be_removed_and_nothing_else_goes()
    {
        var greeter = await GreeterAsync();
        // Tests beside this one build the same files; with a label of its own no other name leads to this image.
        greeter.Insert("greeter.proj", $"""<ItemGroup><ContainerLabel Include="test" Value="{greeter.ImageName}" /></ItemGroup>""");
        var publish = await greeter.DotnetAsync(
            greeter.PublishArguments("-p:ContainerDockerfile=multistage.Dockerfile", "-getItem:GeneratedContainer")
        );
        var image = JsonNode.Parse(publish.Succeeds().Output)!["Items"]!["GeneratedContainer"]![0]!;
        var bases = new[] { "golang:1.23", "alpine:3.21" };
        var before = await Task.WhenAll(bases.Select(Daemon.ImageIdAsync));

        await Daemon.DockerAsync("image", "rm", image["Names"]!.GetValue<string>());
        (await greeter.DotnetAsync("clean", greeter.ProjectFile)).Succeeds();

        Assert.IsNull(await Daemon.FindImageAsync(image["ImageId"]!.GetValue<string>()));
        Assert.IsEmpty(await Daemon.TagsAsync(greeter.ImageName));
        CollectionAssert.AreEqual(before, await Task.WhenAll(bases.Select(Daemon.ImageIdAsync)));
        Assert.IsFalse(Directory.Exists(Path.Combine(greeter.Root, "obj", "multistage")));
    }

    private async Task<TestProject> GreeterAsync() => await Standalone.CopyAsync(Workspace, "Walkthrough", "greeter.proj");

    private static async Task<long> PublishAsync(TestProject project, string tag, params string[] arguments)
    {
        (await project.PublishAsync([.. arguments, $"-p:ContainerImageTag={tag}"])).Succeeds();
        return await TestProject.SizeAsync(Path.Combine(project.Root, "obj", "multistage"));
    }

    // The size that the product reports is its own; here two images of one daemon are compared with each other.
    private static async Task<long> SizeAsync(string image) =>
        (await Daemon.DockerAsync("image", "history", "--human=false", "--format", "{{.Size}}", image))
            .Split('\n')
            .Sum(line => long.Parse(line, CultureInfo.InvariantCulture));

    private static async Task<string> ArchitectureAsync() => await Daemon.DockerAsync("version", "--format", "{{.Server.Arch}}");
}
