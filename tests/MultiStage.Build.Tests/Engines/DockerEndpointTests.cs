using MultiStage.Build.Context;
using MultiStage.Build.Engines.Docker;

namespace MultiStage.Build.Tests.Engines;

/// <summary>Where the daemon listens on each system, where nothing says so.</summary>
[TestClass]
[DoNotParallelize]
public sealed class DockerEndpointTests
{
    private static readonly string[] s_variables = ["DOCKER_HOST", "DOCKER_CONTEXT", "DOCKER_CONFIG"];

    [TestMethod]
    public void Is_a_pipe_on_Windows_and_a_socket_elsewhere()
    {
        var before = s_variables.Select(Environment.GetEnvironmentVariable).ToList();
        using var configuration = new TempFolder();
        try
        {
            Array.ForEach(s_variables, name => Environment.SetEnvironmentVariable(name, null));
            Environment.SetEnvironmentVariable("DOCKER_CONFIG", configuration.Path);

            Assert.AreEqual("npipe://./pipe/docker_engine", DockerEndpoint.Resolve(HostSystem.Windows).Address.ToString());
            Assert.AreEqual("unix:///var/run/docker.sock", DockerEndpoint.Resolve(HostSystem.MacOS).Address.ToString());
            Assert.AreEqual("the default", DockerEndpoint.Resolve(HostSystem.Linux).Source);

            Environment.SetEnvironmentVariable("DOCKER_HOST", "tcp://127.0.0.1:2375");
            Assert.AreEqual("tcp://127.0.0.1:2375/", DockerEndpoint.Resolve(HostSystem.Windows).Address.ToString());
        }
        finally
        {
            foreach (var (name, value) in s_variables.Zip(before))
            {
                Environment.SetEnvironmentVariable(name, value);
            }
        }
    }
}
