using System.Text.RegularExpressions;
using MultiStage.Build.EndToEnd.Harness;

namespace MultiStage.Build.EndToEnd;

[TestClass]
public sealed partial class DoesNothingUntilAsked : EndToEndTest
{
    private static readonly string[] DesignTimeBuild =
    [
        "-t:Compile;CoreCompile",
        "-p:DesignTimeBuild=true",
        "-p:BuildingInsideVisualStudio=true",
        "-p:SkipCompilerExecution=true",
        "-p:ProvideCommandLineArgs=true",
    ];

    [TestMethod]
    public async Task A_publish_gives_the_same_files_with_and_without_the_package()
    {
        var with = await SingleWebAsync();
        var without = await TestProject.CopyAsync(Workspace, "SingleWeb", "SingleWeb.csproj");

        var publish = (await with.DotnetAsync("publish", with.ProjectFile, "-v:diag")).Succeeds();
        (await without.DotnetAsync("publish", without.ProjectFile)).Succeeds();

        Assert.IsEmpty(OursIn(publish));
        Assert.AreEqual(string.Join('\n', Outputs(without)), string.Join('\n', Outputs(with)));
        Assert.IsFalse(Directory.Exists(with.Pipeline()));
    }

    [TestMethod]
    public async Task An_app_does_not_depend_on_the_package()
    {
        var web = await SingleWebAsync();

        (await web.DotnetAsync("build", web.ProjectFile)).Succeeds();

        var output = Path.Combine(web.Root, "bin", "Debug", "net10.0");
        Assert.DoesNotContain(PackageFeed.PackageId, await File.ReadAllTextAsync(Path.Combine(output, "SingleWeb.deps.json")));
        Assert.IsEmpty(Directory.EnumerateFiles(output, "MultiStage*", SearchOption.AllDirectories));
        Assert.IsEmpty(Directory.EnumerateFiles(output, "Docker.DotNet*", SearchOption.AllDirectories));
    }

    [TestMethod]
    public async Task A_build_of_a_project_that_publishes_images_runs_nothing_of_the_package()
    {
        var web = (await SingleWebAsync()).SetProperty("PublishMultiStage", "true");

        var build = (await web.DotnetAsync("build", web.ProjectFile, "-v:diag")).Succeeds();

        // It only sets a property, for a PublishContainer that may have been asked for.
        Assert.IsEmpty(OursIn(build).Where(line => !line.Contains("_TakeOverPublishContainer", StringComparison.Ordinal)));
        Assert.IsTrue(
            File.Exists(Path.Combine(web.Root, "bin", "Debug", "net10.0", "SingleWeb.dll")),
            "An ordinary build compiles on the host."
        );
    }

    [TestMethod]
    public async Task An_editor_that_loads_the_project_runs_nothing_of_the_package()
    {
        var web = (await SingleWebAsync()).SetProperty("PublishMultiStage", "true");
        (await web.DotnetAsync("restore", web.ProjectFile)).Succeeds();

        var load = (await web.DotnetAsync(["msbuild", web.ProjectFile, "-v:diag", .. DesignTimeBuild])).Succeeds();

        Assert.IsEmpty(OursIn(load));
        Assert.IsEmpty(Directory.EnumerateDirectories(web.Root, "multistage", SearchOption.AllDirectories));
    }

    [TestMethod]
    public async Task What_the_other_tests_look_for_is_seen_where_it_runs()
    {
        var web = await SingleWebAsync();

        var generate = (
            await web.DotnetAsync("msbuild", web.ProjectFile, "-restore", "-t:GenerateMultiStageDockerfile", "-v:diag")
        ).Succeeds();

        Assert.IsNotEmpty(OursIn(generate).Where(line => line.Contains("Target \"GenerateMultiStageDockerfile", StringComparison.Ordinal)));
        Assert.IsNotEmpty(OursIn(generate).Where(line => line.Contains("GenerateDockerfile\" task", StringComparison.Ordinal)));
    }

    private static List<string> OursIn(CommandResult result) => [.. result.Lines.Where(line => RunFromPackage().IsMatch(line))];

    private static IEnumerable<string> Outputs(TestProject project) =>
        Directory
            .EnumerateFiles(Path.Combine(project.Root, "bin"), "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(project.Root, file))
            .Order(StringComparer.Ordinal);

    // The diagnostic log names the file that each target and each task comes from; the package lies in a folder of its own name.
    [GeneratedRegex(@"(Target "".*"" in file|Using "".*"" task from assembly) "".*[\\/]multistage\.build[\\/]", RegexOptions.IgnoreCase)]
    private static partial Regex RunFromPackage();
}
