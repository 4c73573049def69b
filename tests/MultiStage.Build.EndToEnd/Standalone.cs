using MultiStage.Build.EndToEnd.Harness;

namespace MultiStage.Build.EndToEnd;

/// <summary>Projects whose only SDK is the package.</summary>
[TestClass]
public sealed class Standalone : EndToEndTest
{
    [TestMethod]
    public async Task Stages_that_do_not_wait_for_each_other_are_built_at_once_and_unused_ones_are_not_built()
    {
        var project = await CopyAsync(Workspace, "Walkthrough", "greeter.proj");
        // Each of two stages ends only when it sees the other one at work.
        string Waiting(string me, string other) =>
            $"""<ContainerStep Include="wait" Stage="{me}" Run="--mount=type=cache,id=$(ContainerRepository),target=/c touch /c/{me}; i=0; until [ -e /c/{other} ]; do sleep 1; i=$((i+1)); [ $i -lt 120 ] || exit 1; done; touch /{me}" />""";
        project.Write(
            "greeter.proj",
            await SdkLineAsync(project)
                + $"""
                  <ItemGroup>
                    <ContainerStage Include="one" BaseImage="busybox:latest" />
                    <ContainerStage Include="two" BaseImage="busybox:latest" />
                    <ContainerStage Include="broken" BaseImage="busybox:latest" />
                    {Waiting("one", "two").Replace("$((", "%24((", StringComparison.Ordinal)}
                    {Waiting("two", "one").Replace("$((", "%24((", StringComparison.Ordinal)}
                    <ContainerStep Include="fail" Stage="broken" Run="exit 1" />
                    <ContainerStage Include="final" BaseImage="busybox:latest" />
                    <ContainerStep Include="one" Stage="final" Copy="/one" From="one" Destination="/" />
                    <ContainerStep Include="two" Stage="final" Copy="/two" From="two" Destination="/" />
                  </ItemGroup>
                </Project>
                """
        );

        (await project.PublishAsync()).Succeeds();

        Assert.AreEqual("/one\n/two", await Daemon.DockerAsync("run", "--rm", $"{project.ImageName}:latest", "ls", "/one", "/two"));
    }

    [TestMethod]
    public async Task A_script_runs_as_it_is_written_and_ends_at_its_first_failure()
    {
        var project = await CopyAsync(Workspace, "Walkthrough", "greeter.proj");
        var header = await SdkLineAsync(project);
        string Project(string last) =>
            header
            + $"""
                  <ItemGroup>
                    <ContainerStage Include="final" BaseImage="busybox:latest" />
                    <ContainerStep Include="script" Stage="final">
                      <Run>
                        name="it's; a 'test'"
                        cat >/text &lt;&lt;END
                        $name \ 100 %
                        END
                        {last}
                        echo reached >/end
                      </Run>
                    </ContainerStep>
                  </ItemGroup>
                </Project>
                """;

        project.Write("greeter.proj", Project("true"));
        (
            await project.DotnetAsync("build", project.ProjectFile, "-t:PublishMultiStage", $"-p:ContainerRepository={project.ImageName}")
        ).Succeeds();
        Assert.AreEqual("it's; a 'test' \\ 100 %", await Daemon.DockerAsync("run", "--rm", $"{project.ImageName}:latest", "cat", "/text"));

        project.Write("greeter.proj", Project("false"));
        (await project.PublishAsync()).FailsWith("MULTISTAGE3002");
    }

    /// <summary>Copies an asset that holds a project of stages alone, which names the package under test.</summary>
    internal static async Task<TestProject> CopyAsync(Workspace workspace, string asset, string project)
    {
        var copy = await TestProject.CopyAsync(workspace, asset, project);
        var version = (await PackageFeed.GetAsync()).Version;
        copy.EditFile(project, text => text.Replace("MultiStage.Build/0.1.0", $"MultiStage.Build/{version}", StringComparison.Ordinal));
        return copy;
    }

    /// <summary>Reads the first line of a project of stages alone, which names the package under test.</summary>
    internal static async Task<string> SdkLineAsync(TestProject project) => (await File.ReadAllLinesAsync(project.ProjectFile))[0] + "\n";
}
