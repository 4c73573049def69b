using System.Text.RegularExpressions;

namespace MultiStage.Build.Tests.Targets;

/// <summary>The tasks beside others in one process, and in one that outlives the build.</summary>
[TestClass]
public sealed partial class ThreadsAndServers
{
    [TestMethod]
    public void Every_task_says_that_it_may_run_on_a_thread_beside_others()
    {
        var sources = Directory
            .EnumerateFiles(RepositoryRoot.Combine("src", "MultiStage.Build.Tasks"), "*.cs")
            .Select(File.ReadAllText)
            .ToList();
        var tasks = sources.SelectMany(text => TaskClass().Matches(text)).ToList();

        Assert.IsGreaterThan(15, tasks.Count);
        Assert.AreEqual(
            "",
            string.Join('\n', tasks.Where(task => !task.Groups["marked"].Success).Select(task => task.Groups["name"].Value))
        );
    }

    [TestMethod]
    public void With_mt_they_run_on_threads_wherever_MSBuild_was_started_and_write_the_same_Dockerfile()
    {
        using var project = new TargetProject("<PropertyGroup><ContainerBuildContext>../..</ContainerBuildContext></PropertyGroup>");
        project.Generate();
        var expected = project.Dockerfile;
        Directory.Delete(project.PipelineFolder, recursive: true);

        var run = Generate(project, "-mt", "-v:diag", "-nodeReuse:false").Succeeded();

        Assert.AreEqual(expected, project.Dockerfile);
        Assert.Contains(
            "in an external task host",
            run.Output,
            "The SDK's own tasks do not all run on threads yet; if they do, this test can look for ours alone."
        );
        Assert.IsEmpty(
            run.Output.Split('\n')
                .Where(line => line.Contains("MultiStage.Build.Tasks.dll\" in an external task host", StringComparison.Ordinal))
        );
    }

    [TestMethod]
    public void In_a_build_server_each_build_reads_its_own_project_properties_and_environment()
    {
        using var first = new TargetProject("<PropertyGroup><ContainerUser>$(WHO)</ContainerUser></PropertyGroup>");
        using var second = new TargetProject(
            "<PropertyGroup><ContainerUser>$(WHO)</ContainerUser></PropertyGroup>",
            "Microsoft.NET.Sdk.Worker"
        );
        // A server of this test's own, which no other build finds.
        KeyValuePair<string, string>[] Environment(string who) =>
            [new("DOTNET_CLI_USE_MSBUILD_SERVER", "1"), new("MSBUILDNODEHANDSHAKESALT", first.Root), new("WHO", who)];
        try
        {
            Generate(first, Environment("one"), "-nodeReuse:true").Succeeded();
            Generate(second, Environment("two"), "-nodeReuse:true", "-p:ContainerWorkingDirectory=/elsewhere").Succeeded();
            first.Write("src/App/Program.cs", "// Edited.");
            Generate(first, Environment("three"), "-nodeReuse:true").Succeeded();

            Assert.Contains("\nUSER three\n", first.Dockerfile);
            Assert.Contains("/aspnet:", first.Dockerfile);
            Assert.Contains("\nUSER two\n", second.Dockerfile);
            Assert.Contains("\nWORKDIR /elsewhere\n", second.Dockerfile);
            Assert.DoesNotContain("/elsewhere", first.Dockerfile);
            Assert.DoesNotContain("/aspnet:", second.Dockerfile);
        }
        finally
        {
            MSBuildRun.Dotnet(first.Root, ["build-server", "shutdown", "--msbuild"], Environment(""));
        }
    }

    // From a folder that has nothing to do with the project.
    private static MSBuildRun Generate(TargetProject project, params string[] arguments) => Generate(project, [], arguments);

    private static MSBuildRun Generate(TargetProject project, KeyValuePair<string, string>[] environment, params string[] arguments) =>
        MSBuildRun.Of(
            Path.GetTempPath(),
            [.. TargetProject.WithTasks(Path.Combine(project.Folder, "App.csproj")), "-t:GenerateMultiStageDockerfile", .. arguments],
            environment
        );

    [GeneratedRegex(
        @"(?<marked>\[MSBuildMultiThreadableTask\]\r?\n)?public sealed class (?<name>\w+) : (MultiStageTask|SizeTask)\b",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex TaskClass();
}
