using System.Text.RegularExpressions;
using MultiStage.Build.EndToEnd.Harness;

namespace MultiStage.Build.EndToEnd;

// Builds that run at once while a daemon's cache is empty share their first steps, and it then finds not every later step of them again.
[TestClass]
[DoNotParallelize]
public sealed partial class Caching : EndToEndTest
{
    private const string Restore = "cd /src && dotnet build";

    [TestMethod]
    public async Task A_commit_that_edits_a_source_file_compiles_again_and_restores_nothing()
    {
        var app = await CopyAsync();
        await app.CommitAsync("2026-01-02T03:04:05Z");
        (await app.PublishAsync()).Succeeds();
        app.EditFile("Greeter/Greeting.cs", text => text.Replace("a library", "an edited library", StringComparison.Ordinal));
        await app.CommitAsync("2026-01-03T03:04:05Z");

        var publish = (await app.PublishAsync()).Succeeds();

        Assert.AreEqual("cached", Outcome(publish, Restore));
        Assert.AreEqual("ran", Outcome(publish, "dotnet publish"));
        var container = await Daemon.RunAsync($"{app.ImageName}:latest");
        await container.WaitForLogAsync("Hello, container, from an edited library.");
    }

    [TestMethod]
    public async Task An_edit_of_a_project_file_restores_again()
    {
        var app = await CopyAsync();
        (await app.PublishAsync()).Succeeds();
        app.Insert("Greeter/Greeter.csproj", "<!-- An edit. -->");

        var publish = (await app.PublishAsync()).Succeeds();

        Assert.AreEqual("ran", Outcome(publish, Restore));
        Assert.AreEqual("ran", Outcome(publish, "dotnet publish"));
    }

    [TestMethod]
    public async Task The_same_commit_gives_the_same_image_and_runs_nothing_again()
    {
        var app = await CopyAsync();
        await app.CommitAsync();
        (await app.PublishAsync()).Succeeds();
        var image = await Daemon.ImageIdAsync($"{app.ImageName}:latest");

        var publish = (await app.PublishAsync()).Succeeds();

        Assert.Contains("cached", publish.Output);
        Assert.DoesNotContain("ran", Outcomes(publish, Restore), publish.ToString());
        Assert.DoesNotContain("ran", Outcomes(publish, "dotnet publish"), publish.ToString());
        Assert.AreEqual(image, await Daemon.ImageIdAsync($"{app.ImageName}:latest"));
    }

    private async Task<TestProject> CopyAsync()
    {
        var app = await LibraryAsync();
        return app.HaveOwnSteps(app.ImageName);
    }

    private static string Outcome(CommandResult publish, string command)
    {
        var outcomes = Outcomes(publish, command);
        Assert.HasCount(1, outcomes, $"Not one outcome of '{command}' in:\n{publish}");
        return outcomes[0];
    }

    // The log names a step once, with its time; steps before the last one that the cache had may be told by that one's line.
    private static List<string> Outcomes(CommandResult publish, string command) =>
        [
            .. publish
                .Lines.Where(line => StepPattern().IsMatch(line) && line.Contains($"] RUN {command}", StringComparison.Ordinal))
                .Select(line => line.EndsWith("cached", StringComparison.OrdinalIgnoreCase) ? "cached" : "ran"),
        ];

    [GeneratedRegex(@"\[builder [^\]]+\]")]
    private static partial Regex StepPattern();
}
