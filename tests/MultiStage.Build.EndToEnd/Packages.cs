using MultiStage.Build.EndToEnd.Harness;

namespace MultiStage.Build.EndToEnd;

/// <summary>Packages of the distribution, installed for real from where the base image gets them.</summary>
[TestClass]
public sealed class Packages : EndToEndTest
{
    [TestMethod]
    public async Task A_package_is_installed_pinned_or_not_and_leaves_nothing_else_behind()
    {
        var web = await SingleWebAsync();
        web.Insert(web.ProjectFile, """<ItemGroup><ContainerPackage Include="tini" Version="$(TiniVersion)" /></ItemGroup>""");
        var image = $"{web.ImageName}:latest";

        (await web.PublishAsync()).Succeeds();

        var version = await InAsync(image, "dpkg-query", "--show", "--showformat=${Version}", "tini");
        Assert.AreEqual(
            "",
            await InAsync(
                image,
                "find",
                "/var/lib/apt/lists",
                "/var/cache/apt",
                "-name",
                "partial",
                "-prune",
                "-o",
                "-type",
                "f",
                "-not",
                "-name",
                "lock",
                "-print"
            )
        );
        Assert.AreNotEqual("0", await InAsync(image, "id", "-u"));
        Assert.AreEqual("Hello from a single project.", await (await Daemon.RunAsync(image)).GetAsync("/"));

        (await web.PublishAsync($"-p:TiniVersion={version}")).Succeeds();
        Assert.AreEqual(version, await InAsync(image, "dpkg-query", "--show", "--showformat=${Version}", "tini"));

        var before = await Daemon.ImageIdAsync(image);
        var missing = (await web.PublishAsync("-p:TiniVersion=0.0.1-never")).FailsWith("MULTISTAGE3002");
        Assert.Contains("0.0.1-never", missing.Text);
        Assert.AreEqual(before, await Daemon.ImageIdAsync(image));

        // Nothing is asked of the daemon for an image that cannot install.
        var chiseled = (await web.PublishAsync("-p:ContainerFamily=noble-chiseled")).FailsWith("MULTISTAGE2018");
        Assert.AreEqual("SingleWeb.csproj", Path.GetFileName(chiseled.File));
    }

    private static Task<string> InAsync(string image, params string[] command) =>
        Daemon.DockerAsync(["run", "--rm", "--entrypoint", command[0], image, .. command[1..]]);
}
