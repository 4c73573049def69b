using MultiStage.Build.EndToEnd.Harness;

namespace MultiStage.Build.EndToEnd;

[TestClass]
public sealed class NoDaemon : EndToEndTest
{
    private const string Nowhere = "unix:///nowhere/docker.sock";

    [TestMethod]
    public async Task There_is_one_error_that_says_what_was_tried_and_what_works_without()
    {
        var web = await SingleWebAsync();

        var publish = await web.DotnetAsync(web.PublishArguments(), [new("DOCKER_HOST", Nowhere)]);

        var error = publish.FailsWith("MULTISTAGE3001");
        Assert.Contains(Nowhere, error.Text);
        Assert.Contains("DOCKER_HOST", error.Text);
        Assert.Contains("GenerateMultiStageDockerfile", error.Text);
    }

    [TestMethod]
    public async Task The_dockerfile_is_written_all_the_same()
    {
        var web = await SingleWebAsync();

        var generate = await web.DotnetAsync(
            ["msbuild", web.ProjectFile, "-restore", "-t:GenerateMultiStageDockerfile", "-p:Configuration=Release"],
            [new("DOCKER_HOST", Nowhere)]
        );

        generate.Succeeds();
        Assert.Contains("ENTRYPOINT", await File.ReadAllTextAsync(Path.Combine(web.Pipeline(), "Dockerfile")));
    }
}
