using MultiStage.Build.Engines;
using MultiStage.Build.Engines.Docker;

namespace MultiStage.Build.EndToEnd.Harness;

/// <summary>A second daemon that <c>./build/setup.sh --containerd</c> started, which keeps its images in containerd; the other keeps them
/// in overlay2.</summary>
public static class ContainerdStore
{
    private const string Variable = "MULTISTAGE_TEST_CONTAINERD_HOST";

    internal static string Host
    {
        get
        {
            var host = Environment.GetEnvironmentVariable(Variable);
            Assert.IsFalse(
                string.IsNullOrEmpty(host),
                $"No daemon with the containerd image store is named in {Variable}; run ./build/setup.sh --containerd"
            );
            return host;
        }
    }

    /// <summary>Connects to it as the product does.</summary>
    /// <param name="cancellationToken">Ends the attempt.</param>
    internal static Task<DockerEngine> ConnectAsync(CancellationToken cancellationToken) =>
        DockerEngine.ConnectAsync(new DockerEndpoint(new Uri(Host), Variable, null), new EngineOptions(), cancellationToken);

    /// <summary>Runs a <c>docker</c> command on it that has to succeed.</summary>
    /// <param name="arguments">Its arguments.</param>
    public static async Task<string> DockerAsync(params string[] arguments)
    {
        using var command = RunningCommand.Start("docker", arguments, environment: [new("DOCKER_HOST", Host)]);
        return (await command.CompletionAsync()).Succeeds().Output.Trim();
    }

    /// <summary>Gives it an image that the other daemon has.</summary>
    /// <param name="image">The image's name.</param>
    public static async Task LoadAsync(string image)
    {
        var archive = Path.Combine(SuiteRun.Folder, $"{Guid.NewGuid():n}.tar");
        await Daemon.DockerAsync("save", "--output", archive, image);
        await DockerAsync("load", "--quiet", "--input", archive);
        File.Delete(archive);
    }

    /// <summary>Removes what the tests of this run gave it.</summary>
    internal static async Task RemoveImagesOfThisRunAsync()
    {
        if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable(Variable)))
        {
            return;
        }

        var images = (await DockerAsync("image", "ls", "--format", "{{.Repository}}:{{.Tag}}")).Split('\n');
        foreach (var name in images.Where(name => name.Contains(Daemon.ImagePrefix + SuiteRun.Id, StringComparison.Ordinal)))
        {
            await DockerAsync("image", "rm", name);
        }
    }
}
