using System.Diagnostics;
using System.Text.Json.Nodes;
using MultiStage.Build.EndToEnd.Harness;

namespace MultiStage.Build.EndToEnd;

/// <summary>An image is run before it gets its name.</summary>
[TestClass]
public sealed class Verification : EndToEndTest
{
    // A second for the check, none to spare: what fails, fails fast.
    private static readonly string[] s_quick =
    [
        "-p:ContainerVerify=true",
        "-p:ContainerHealthcheckInterval=1s",
        "-p:ContainerHealthcheckTimeout=1s",
        "-p:ContainerHealthcheckRetries=1",
    ];

    [TestMethod]
    public async Task An_app_that_answers_is_tagged_and_its_container_is_gone()
    {
        var web = await SingleWebAsync();

        var publish = (await web.PublishAsync("-p:ContainerVerify=true", "-getItem:GeneratedContainer")).Succeeds();

        var container = JsonNode.Parse(publish.Output)!["Items"]!["GeneratedContainer"]![0]!;
        Assert.StartsWith("answers on 8080/tcp after", (string?)container["Verified"]);
        Assert.AreEqual(await Daemon.ImageIdAsync($"{web.ImageName}:latest"), (string?)container["ImageId"]);
        Assert.AreEqual("", await ContainersOfAsync((string)container["ImageId"]!));
    }

    [TestMethod]
    public async Task An_app_that_throws_at_its_start_fails_the_publish_with_its_log_and_yesterdays_latest_stays()
    {
        var web = await SingleWebAsync();
        (await web.PublishAsync()).Succeeds();
        var latest = await Daemon.ImageIdAsync($"{web.ImageName}:latest");
        web.EditFile("Program.cs", text =>
            "throw new InvalidOperationException(\"no database\");\n#pragma warning disable CS0162\n" + text
        );

        var publish = await web.SetProperty("ContainerVerify", "true").PublishAsync();

        var error = publish.FailsWith("MULTISTAGE5003");
        Assert.AreEqual(web.ProjectFile, error.File);
        Assert.Contains("<ContainerVerify>", (await File.ReadAllLinesAsync(web.ProjectFile))[error.Line - 1]);
        Assert.Contains("exit code 1", error.Text);
        Assert.Contains("no database", publish.Output[..publish.Output.IndexOf("MULTISTAGE5003", StringComparison.Ordinal)]);
        Assert.AreEqual(latest, await Daemon.ImageIdAsync($"{web.ImageName}:latest"));
        Assert.AreEqual("", await ContainersOfAsync(BuiltImageOf(web)));
    }

    [TestMethod]
    public async Task An_app_that_listens_on_localhost_alone_does_not_answer_and_cancelling_the_wait_removes_its_container()
    {
        var web = await SingleWebAsync();
        web.EditFile("Program.cs", text => text.Replace("app.Run();", "app.Run(\"http://localhost:8080\");", StringComparison.Ordinal));
        // The commit's time is the image's, so that both publishes build the same one.
        await web.CommitAsync();

        Assert.Contains("does not answer on 8080/tcp within 2 s", (await web.PublishAsync(s_quick)).FailsWith("MULTISTAGE5002").Text);
        var image = BuiltImageOf(web);
        Assert.AreEqual("", await ContainersOfAsync(image));

        using var publish = web.StartDotnet(web.PublishArguments("-p:ContainerVerify=true"));
        await UntilAsync(async () => await ContainersOfAsync(image) != "", "The container does not run.");
        await publish.InterruptAsync();

        Assert.AreNotEqual(0, (await publish.CompletionAsync(TimeSpan.FromSeconds(60))).ExitCode);
        Assert.AreEqual("", await ContainersOfAsync(image));
        Assert.IsEmpty(await Daemon.TagsAsync(web.ImageName));
    }

    [TestMethod]
    public async Task A_worker_has_to_stay_up()
    {
        var worker = (await TestProject.CopyAsync(Workspace, "Worker", "Worker.csproj")).ReferencePackage();

        var publish = (await worker.PublishAsync("-p:ContainerVerify=true", "-p:ContainerHealthcheckStartPeriod=1s")).Succeeds();

        Assert.Contains("verified: stayed up for 1 s", publish.Output);
    }

    private static string BuiltImageOf(TestProject project) =>
        (string)JsonNode.Parse(File.ReadAllText(Path.Combine(project.Pipeline(), "image.json")))!["imageId"]!;

    private static Task<string> ContainersOfAsync(string image) =>
        Daemon.DockerAsync("container", "ls", "--all", "--quiet", "--filter", $"ancestor={image}");

    private static async Task UntilAsync(Func<Task<bool>> condition, string otherwise)
    {
        for (var clock = Stopwatch.StartNew(); !await condition(); await Task.Delay(200))
        {
            Assert.IsLessThan(TimeSpan.FromMinutes(2), clock.Elapsed, otherwise);
        }
    }
}
