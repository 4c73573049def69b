using System.Text.Json.Nodes;
using MultiStage.Build.EndToEnd.Harness;

namespace MultiStage.Build.EndToEnd;

[TestClass]
public sealed class Layers : EndToEndTest
{
    private const string Project = "Greeter.App/Greeter.App.csproj";

    [TestMethod]
    public async Task A_change_of_one_line_pushes_under_one_percent_of_an_app_of_fifty_packages()
    {
        // One package is one for each language, and one has native libraries for all platforms.
        var app = await LibraryAsync();
        app.Insert(
            Project,
            """
            <ItemGroup>
                <PackageReference Include="Humanizer" Version="2.14.1" />
                <PackageReference Include="Microsoft.EntityFrameworkCore.Sqlite" Version="10.0.0" />
                <PackageReference Include="Microsoft.CodeAnalysis.CSharp" Version="5.0.0" />
              </ItemGroup>
            """
        );
        app.EditFile("Greeter.App/Program.cs", text =>
            text
            + "Console.WriteLine(Humanizer.ToQuantityExtensions.ToQuantity(\"package\", 2) + new "
            + "Microsoft.Data.Sqlite.SqliteConnection().ServerVersion);\n"
        );
        await app.CommitAsync("2026-01-02T03:04:05Z");
        (await app.PublishAsync($"-p:ContainerRegistry={Registry.Open.Address}", "-p:ContainerImageTag=before")).Succeeds();
        app.EditFile("Greeter/Greeting.cs", text => text.Replace("a library", "an edited library", StringComparison.Ordinal));
        await app.CommitAsync("2026-01-03T03:04:05Z");

        (await app.PublishAsync($"-p:ContainerRegistry={Registry.Open.Address}", "-p:ContainerImageTag=after")).Succeeds();

        var image = $"{Registry.Open.Address}/{app.ImageName}:after";
        await (await Daemon.RunAsync(image)).WaitForLogAsync("from an edited library.\n2 packages3.");
        var files = await Daemon.ContentsAsync(image, "/app");
        Assert.IsGreaterThan(45, files.Keys.Count(file => file.EndsWith(".resources.dll", StringComparison.Ordinal)));
        Assert.Contains("app/libe_sqlite3.so", files.Keys);
        Assert.IsEmpty(files.Keys.Where(file => file.Contains("/runtimes/", StringComparison.Ordinal)));
        var (before, after) = (
            await Registry.Open.LayersAsync(app.ImageName, "before"),
            await Registry.Open.LayersAsync(app.ImageName, "after")
        );
        // The working directory, what packages brought, and the app's own files.
        Assert.AreEqual(before[^2], after[^2], "What packages brought did not change.");
        Assert.AreNotEqual(before[^1], after[^1]);
        var (pushed, whole) = (after.Except(before).Sum(layer => layer.Bytes), after.TakeLast(3).Sum(layer => layer.Bytes));
        Assert.IsLessThan(0.01, pushed / (double)whole, $"{pushed} of {whole} bytes were pushed.");
    }

    [TestMethod]
    [DataRow("Library", Project, null)]
    [DataRow("SingleWeb", "SingleWeb.csproj", "1700000000")]
    public async Task Two_builds_of_one_commit_in_two_folders_at_two_times_give_one_image(string asset, string project, string? epoch)
    {
        var images = new List<string>();
        foreach (var copy in (string[])["here", "there"])
        {
            var app = (await TestProject.CopyAsync(Workspace, asset, project)).ReferencePackage(project);
            await app.CommitAsync("2026-01-02T03:04:05Z");

            (await app.DotnetAsync(app.PublishArguments("-p:ContainerNoCache=true"), [new("SOURCE_DATE_EPOCH", epoch)])).Succeeds();

            images.Add(await Daemon.ImageIdAsync($"{app.ImageName}:latest"));
            Assert.AreEqual(epoch is null ? "2026-01-02T03:04:05" : "2023-11-14T22:13:20", await CreatedAsync(images[^1]), copy);
        }

        Assert.AreEqual(images[0], images[1]);
    }

    private static async Task<string> CreatedAsync(string image) =>
        JsonNode.Parse(await Daemon.DockerAsync("image", "inspect", "--format", "{{json .}}", image))!["Created"]!.GetValue<string>()[..19];
}
