using MultiStage.Build.EndToEnd.Harness;

namespace MultiStage.Build.EndToEnd;

/// <summary>An app that this machine publishes, in an image of the same stages, steps and settings.</summary>
[TestClass]
public sealed class HostPublish : EndToEndTest
{
    [TestMethod]
    public async Task The_image_is_the_one_of_a_publish_in_a_container_and_holds_nothing_of_an_earlier_publish()
    {
        var web = await SingleWebAsync();
        web.Insert(
            "SingleWeb.csproj",
            """
            <PropertyGroup>
                <ContainerSizeBudget>1GB</ContainerSizeBudget>
                <ContainerHealthcheckPath>/</ContainerHealthcheckPath>
                <ContainerVerify>true</ContainerVerify>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="Humanizer.Core" Version="2.14.1" />
                <ContainerStep Include="note" Stage="runtime" Run="mkdir /note" />
                <ContainerEnvironmentVariable Include="GREETING" Value="hello" />
              </ItemGroup>
            """
        );
        web.EditFile("Program.cs", text => "_ = Humanizer.ToQuantityExtensions.ToQuantity(\"app\", 2);\n" + text);
        web.Write("wwwroot/gone.txt", "of the first publish");
        web.Write(".gitignore", "bin/\nobj/\n");
        web.Write(".dockerignore", "**/obj\n**/bin\n");
        await web.CommitAsync("2026-01-02T03:04:05Z");
        const string Host = "-p:ContainerPublishMode=Host";

        (await web.PublishAsync("-p:ContainerImageTag=first", Host)).Succeeds();
        File.Delete(Path.Combine(web.Root, "wwwroot", "gone.txt"));
        web.Write("wwwroot/kept.txt", "of the second publish");
        var host = (await web.PublishAsync("-p:ContainerImageTag=host", Host)).Succeeds();
        (await web.PublishAsync("-p:ContainerImageTag=container")).Succeeds();

        Assert.HasCount(1, host.Lines.Where(line => line.Contains("on this machine", StringComparison.Ordinal)), host.ToString());
        Assert.Contains("verified: healthy", host.ToString());
        var (ours, theirs) = ($"{web.ImageName}:host", $"{web.ImageName}:container");
        Assert.AreEqual((await Daemon.ConfigAsync(theirs)).ToJsonString(), (await Daemon.ConfigAsync(ours)).ToJsonString());
        Assert.AreEqual(await NamesAsync(theirs), await NamesAsync(ours));
        Assert.Contains("kept.txt", await NamesAsync(ours));
        Assert.Contains("gone.txt", await NamesAsync($"{web.ImageName}:first"));
        Assert.DoesNotContain("gone.txt", await NamesAsync(ours));
        // What packages brought is in a layer of its own, which both publishes share.
        var (before, after) = (await LayersAsync($"{web.ImageName}:first"), await LayersAsync(ours));
        Assert.HasCount(after.Length, before);
        Assert.AreEqual(1, before.Zip(after).Count(pair => pair.First != pair.Second), "Only the app's own layer has changed.");
    }

    private static async Task<string[]> LayersAsync(string image) =>
        (await Daemon.DockerAsync("image", "inspect", "--format", "{{join .RootFS.Layers \" \"}}", image)).Split(' ');

    private static async Task<string> NamesAsync(string image) =>
        string.Join('\n', (await Daemon.ContentsAsync(image, "/app")).Keys.Order(StringComparer.Ordinal));
}
