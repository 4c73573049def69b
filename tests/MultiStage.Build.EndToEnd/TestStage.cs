using MultiStage.Build.EndToEnd.Harness;

namespace MultiStage.Build.EndToEnd;

/// <summary>The tests of an app, run in a stage on top of its builder: one project on Microsoft.Testing.Platform, one on VSTest that
/// collects coverage.</summary>
[TestClass]
public sealed class TestStage : EndToEndTest
{
    [TestMethod]
    public async Task Passed_tests_leave_their_results_here_and_the_image_that_waits_for_them_holds_nothing_of_them()
    {
        var app = await TestedAsync();

        var tests = (await app.PublishAsync("-p:ContainerTarget=test")).Succeeds();

        Assert.Contains("App.Tests: 1 test, 0 failed", tests.Output);
        Assert.Contains("App.Specs: 1 test, 0 failed", tests.Output);
        AssertResults(app, "Passed");
        Assert.AreEqual("latest-test", string.Join(' ', await Daemon.TagsAsync(app.ImageName)));

        Directory.Delete(ResultsOf(app), recursive: true);
        (await app.PublishAsync("-p:ContainerRequireTests=true")).Succeeds();
        AssertResults(app, "Passed");
        var waited = await Daemon.FilesAsync($"{app.ImageName}:latest", "/");

        (await app.PublishAsync()).Succeeds();
        var plain = await Daemon.FilesAsync($"{app.ImageName}:latest", "/");
        Assert.AreEqual(string.Join('\n', plain), string.Join('\n', waited));
        Assert.Contains("/app/App.dll", plain.Keys);
        Assert.IsEmpty(
            plain.Keys.Where(path =>
                path.Contains("App.Tests", StringComparison.Ordinal) || path.Contains("test-results", StringComparison.Ordinal)
            )
        );
    }

    [TestMethod]
    public async Task A_failed_test_fails_what_waits_for_it_at_its_line_and_nothing_else()
    {
        var app = await TestedAsync();
        app.EditFile("tests/App.Tests/GreeterTests.cs", text => text.Replace("Hello, Ada.", "Good day, Ada.", StringComparison.Ordinal));

        var tests = await app.PublishAsync("-p:ContainerTarget=test");

        AssertFailed(app, tests);
        AssertResults(app, "Failed");
        Assert.IsEmpty(await Daemon.TagsAsync(app.ImageName));

        Directory.Delete(ResultsOf(app), recursive: true);
        (await app.PublishAsync()).Succeeds();
        Assert.IsFalse(Directory.Exists(ResultsOf(app)), "The image waited for the tests.");
        var latest = await Daemon.ImageIdAsync($"{app.ImageName}:latest");

        AssertFailed(app, await app.PublishAsync("-p:ContainerRequireTests=true"));
        AssertResults(app, "Failed");
        Assert.AreEqual(latest, await Daemon.ImageIdAsync($"{app.ImageName}:latest"));

        using var byHand = RunningCommand.Start(
            "docker",
            ["build", "--target", "test", "--file", Path.Combine(app.Pipeline(), "Dockerfile"), app.Root]
        );
        var build = await byHand.CompletionAsync();
        Assert.AreNotEqual(0, build.ExitCode, build.ToString());
        Assert.Contains("[test 1/1]", build.ErrorOutput);
    }

    private async Task<TestProject> TestedAsync() =>
        (await TestProject.CopyAsync(Workspace, "Tested", "src/App/App.csproj"))
            .ReferencePackage()
            .SetProperty("ContainerTestProjects", "../../tests/App.Tests/App.Tests.csproj;../../tests/App.Specs/App.Specs.csproj");

    private static string ResultsOf(TestProject app) => Path.Combine(app.Pipeline(), "TestResults");

    private static void AssertFailed(TestProject app, CommandResult publish)
    {
        var error = publish.FailsWith("MULTISTAGE5005");
        Assert.Contains("App.Tests.GreeterTests.It_greets", error.Text);
        Assert.Contains("Good day, Ada.", publish.Output);
        Assert.AreEqual((Path.Combine(app.Root, "tests/App.Tests/GreeterTests.cs"), 9), (error.File, error.Line));
    }

    private static void AssertResults(TestProject app, string outcome)
    {
        Assert.Contains($"outcome=\"{outcome}\"", File.ReadAllText(Path.Combine(ResultsOf(app), "App.Tests.trx")));
        Assert.Contains("outcome=\"Passed\"", File.ReadAllText(Path.Combine(ResultsOf(app), "App.Specs.trx")));
        Assert.IsNotEmpty(Directory.GetFiles(ResultsOf(app), "coverage.cobertura.xml", SearchOption.AllDirectories));
    }
}
