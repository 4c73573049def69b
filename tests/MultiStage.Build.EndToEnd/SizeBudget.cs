using System.Text.RegularExpressions;
using MultiStage.Build.EndToEnd.Harness;

namespace MultiStage.Build.EndToEnd;

[TestClass]
public sealed partial class SizeBudget : EndToEndTest
{
    [TestMethod]
    public async Task The_first_budget_of_the_README_is_kept_and_over_the_second_the_publish_fails_and_yesterdays_latest_stays()
    {
        var web = await SingleWebAsync();
        var budgets = ReadmeBudget().Matches(await File.ReadAllTextAsync(Path.Combine(SuiteRun.Repository, "README.md")));
        Assert.HasCount(2, budgets);
        var (kept, broken) = (budgets[0].Groups[1].Value, budgets[1].Groups[1].Value);
        (await web.PublishAsync($"-p:ContainerSizeBudget={kept}")).Succeeds();
        var latest = await Daemon.ImageIdAsync($"{web.ImageName}:latest");
        web.EditFile("Program.cs", text => text.Replace("Hello", "Hello again", StringComparison.Ordinal));

        var publish = await web.PublishAsync($"-p:ContainerSizeBudget={broken}");

        var error = publish.FailsWith("MULTISTAGE4001");
        Assert.Contains(broken.Replace("MB", " MB", StringComparison.Ordinal), error.Text);
        Assert.AreNotEqual(latest, await RejectedAsync(error), "The source changed, so the image that was rejected is a new one.");
        Assert.AreEqual(latest, await Daemon.ImageIdAsync($"{web.ImageName}:latest"));
    }

    [TestMethod]
    public async Task The_error_stands_at_the_budgets_line_and_the_layers_before_it()
    {
        var web = (await SingleWebAsync()).SetProperty("ContainerSizeBudget", "12MB");

        var publish = await web.PublishAsync();

        var error = publish.FailsWith("MULTISTAGE4001");
        await RejectedAsync(error);
        var source = await File.ReadAllLinesAsync(web.ProjectFile);
        Assert.AreEqual(web.ProjectFile, error.File);
        Assert.Contains("<ContainerSizeBudget>", source[error.Line - 1]);
        Assert.AreEqual(source[error.Line - 1].IndexOf('<', StringComparison.Ordinal) + 1, error.Column);
        var before = publish.Output[..publish.Output.IndexOf("MULTISTAGE4001", StringComparison.Ordinal)];
        Assert.Contains("COPY", before, "No layer of the app is in the breakdown.");
        Assert.Contains("aspnet:10.0", before, "The base image is not in the breakdown.");
        Assert.IsTrue(File.Exists(Path.Combine(web.Pipeline(), "size.json")), "The report is written before the build fails.");
    }

    [TestMethod]
    public async Task As_a_warning_it_is_told_and_the_image_is_tagged()
    {
        var web = await SingleWebAsync();

        var publish = (await web.PublishAsync("-p:ContainerSizeBudget=12MB", "-p:ContainerSizeBudgetSeverity=warning")).Succeeds();

        Assert.HasCount(1, publish.Warnings, publish.ToString());
        Assert.AreEqual("MULTISTAGE4001", publish.Warnings[0].Code);
        Assert.DoesNotContain("rejected", publish.Warnings[0].Text);
        await Daemon.ImageIdAsync($"{web.ImageName}:latest");
    }

    [TestMethod]
    [DataRow("1.5 GiB")]
    [DataRow("900mb")]
    [DataRow("")]
    public async Task A_budget_that_is_kept_or_not_set_lets_the_image_through(string budget)
    {
        var web = await SingleWebAsync();

        (await web.PublishAsync($"-p:ContainerSizeBudget={budget}")).Succeeds();

        await Daemon.ImageIdAsync($"{web.ImageName}:latest");
    }

    [TestMethod]
    [DataRow("abc")]
    [DataRow("-5")]
    [DataRow("0")]
    [DataRow("5%")]
    public async Task A_budget_that_is_no_size_is_an_error_and_nothing_is_built(string budget)
    {
        var web = await SingleWebAsync();

        // The socket leads nowhere: what has to be said is said before a daemon is asked.
        var publish = await web.DotnetAsync(
            web.PublishArguments($"-p:ContainerSizeBudget={budget}"),
            [new("DOCKER_HOST", "unix:///nowhere/docker.sock")]
        );

        var error = publish.FailsWith("MULTISTAGE4002");
        Assert.Contains("ContainerSizeBudget", error.Text);
        Assert.Contains($"'{budget}'", error.Text);
    }

    // Whoever reads the message wants to look at the image, so the daemon has to know it by the id that the message gives.
    private static async Task<string> RejectedAsync(LoggedProblem error)
    {
        var rejected = RejectedImage().Match(error.Text);
        Assert.IsTrue(rejected.Success, error.Text);
        return await Daemon.ImageIdAsync(rejected.Groups["id"].Value);
    }

    [GeneratedRegex(@"dotnet publish -p:PublishMultiStage=true -p:ContainerSizeBudget=(\w+)")]
    private static partial Regex ReadmeBudget();

    [GeneratedRegex("rejected image is (?<id>(sha256:)?[0-9a-f]{12,64})")]
    private static partial Regex RejectedImage();
}
