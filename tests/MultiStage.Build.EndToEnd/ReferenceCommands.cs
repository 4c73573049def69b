using System.Text.RegularExpressions;
using MultiStage.Build.EndToEnd.Harness;

namespace MultiStage.Build.EndToEnd;

/// <summary>What the reference has a reader type does what it says, in the folder that the page is about.</summary>
[TestClass]
public sealed partial class ReferenceCommands : EndToEndTest
{
    // What needs something that this web app is not, and the test that runs it instead.
    private static readonly (string Part, string RunBy)[] s_elsewhere =
    [
        ("greeter.proj", nameof(Walkthrough)),
        ("Shop", nameof(SolutionPublish)),
        ("ContainerVariant", nameof(Exploring)),
        ("ExploreMultiStageImages", nameof(Exploring)),
        ("ContainerImage=", nameof(Measurement.MeasuringImages)),
        ("ContainerArchive=", nameof(Measurement.MeasuringImages)),
        ("-r linux-arm64", nameof(SeveralPlatforms)),
        ("ContainerTarget=test", nameof(TestStage)),
        ("PublishTrimmed", nameof(EveryWayToPublish)),
        ("PublishAot", nameof(EveryWayToPublish)),
        ("ContainerFamily", nameof(EveryWayToPublish)),
        ("ContainerBuilder", nameof(Engines)),
        ("-t:PublishContainer", nameof(CalledAsPublishContainer)),
    ];

    [TestMethod]
    public async Task Every_command_of_the_pages_runs_on_a_web_app()
    {
        await Daemon.RequireAsync();
        var web = await SingleWebAsync();
        web.SetProperty("ContainerRepository", web.ImageName);
        Directory.CreateDirectory(Path.Combine(web.Root, "Web"));
        File.Move(web.ProjectFile, Path.Combine(web.Root, "Web", "Web.csproj"));
        File.Move(Path.Combine(web.Root, "Program.cs"), Path.Combine(web.Root, "Web", "Program.cs"));

        var commands = Commands().ToList();
        Assert.IsGreaterThan(7, commands.Count, "The pages' commands are not found any more.");
        foreach (var command in commands)
        {
            var folder = command.Contains(" Web ", StringComparison.Ordinal) ? "." : "Web";
            var run = await web.RunAsync("sh", "-c", $"cd {folder} && {command}");
            // The page shows how a budget rejects an image.
            Assert.AreEqual(command.Contains("=200MB", StringComparison.Ordinal) ? 1 : 0, run.ExitCode, $"{command}\n{run}");
        }
    }

    [TestMethod]
    public void Each_command_that_is_run_elsewhere_is_still_on_a_page()
    {
        var all = string.Join('\n', AllCommands());
        Assert.IsEmpty(s_elsewhere.Where(elsewhere => !all.Contains(elsewhere.Part, StringComparison.Ordinal)));
    }

    private static IEnumerable<string> Commands() =>
        AllCommands()
            .Where(command => !s_elsewhere.Any(elsewhere => command.Contains(elsewhere.Part, StringComparison.Ordinal)))
            .Distinct(StringComparer.Ordinal)
            // What compares with a baseline needs one, and a check needs what it checks.
            .OrderBy(command => command.Contains("-t:CheckMultiStageDockerfile", StringComparison.Ordinal));

    private static IEnumerable<string> AllCommands() =>
        Directory
            .EnumerateFiles(Path.Combine(SuiteRun.Repository, "sdk", "docs"), "*.md")
            .Append(Path.Combine(SuiteRun.Repository, "sdk", "README.md"))
            .Append(Path.Combine(SuiteRun.Repository, "README.md"))
            .Order(StringComparer.Ordinal)
            .SelectMany(page => Snippet().Matches(File.ReadAllText(page)).Select(match => match.Groups["text"].Value))
            .SelectMany(snippet => Command().Matches(snippet).Select(match => match.Groups["command"].Value.Trim()));

    [GeneratedRegex(@"^```(console|sh)\n(?<text>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Snippet();

    // Up to the comment behind it.
    [GeneratedRegex(@"^(\$ )?(?<command>dotnet (publish|msbuild) [^#\n\\]*)", RegexOptions.Multiline)]
    private static partial Regex Command();
}
