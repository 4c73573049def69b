using System.Text.RegularExpressions;
using MultiStage.Build.EndToEnd.Harness;

namespace MultiStage.Build.EndToEnd;

/// <summary>What the publish in the container makes with compilers' outputs of earlier builds, held against what it makes from
/// nothing.</summary>
[TestClass]
public sealed partial class CompileCache : EndToEndTest
{
    private const string Taken = ": taken from the compile cache";

    private const string Kept = ": compiled, and kept in the compile cache";

    // Without a commit it is by this time alone that two builds publish the same bytes.
    private static readonly KeyValuePair<string, string?>[] Time = [new("SOURCE_DATE_EPOCH", "1700000000")];

    [TestMethod]
    public async Task Whatever_is_edited_the_image_is_the_one_of_a_build_from_nothing()
    {
        var app = await LibraryAsync();
        app.HaveOwnSteps(app.ImageName);
        app.Write("Directory.Build.props", "<Project></Project>");
        (await PublishAsync(app, cache: true)).Succeeds();

        // The mount outlives a run of the tests, so that each run has to compile something of its own.
        app.EditFile("Greeter.App/Program.cs", text => $"// {SuiteRun.Id}\n{text}");
        var edited = await HoldsAsync(app);
        Assert.Contains("Greeter" + Taken, edited);
        Assert.Contains("Greeter.App" + Kept, edited);

        // A file added, changed properties, a compile that fails, and a build that is stopped while it compiles.
        app.Write("Greeter/Added.cs", "namespace Greeter; public static class Added;\n");
        app.Write("Directory.Build.props", "<Project><PropertyGroup><Product>The greeter</Product></PropertyGroup></Project>");
        app.EditFile("Greeter.App/Program.cs", text => text + "does not compile");
        Assert.Contains("error CS", (await PublishAsync(app, cache: true)).Output);
        Assert.Contains("error CS", (await PublishAsync(app, cache: true)).Output);
        app.EditFile("Greeter.App/Program.cs", text =>
            text.Replace("does not compile", $"// Compiles in {SuiteRun.Id}.", StringComparison.Ordinal)
        );
        using (var publish = app.StartDotnet(app.PublishArguments("-v:normal"), Time))
        {
            await publish.WaitForOutputAsync("compile cache", TimeSpan.FromMinutes(5));
            await publish.InterruptAsync();
            await publish.CompletionAsync(TimeSpan.FromMinutes(1));
        }

        Assert.Contains("Greeter.App" + Kept, await HoldsAsync(app));
        (await PublishAsync(app, cache: true, "-p:ContainerTarget=builder")).Succeeds();
        Assert.IsEmpty(await Daemon.ContentsAsync($"{app.ImageName}:latest-builder", "/mnt"));
    }

    [TestMethod]
    public async Task A_mount_that_is_full_or_read_only_or_damaged_or_shared_by_builds_at_once_changes_nothing()
    {
        // What lies in the mount belongs to all builds here, and some of them run now: they have to bear it as well.
        TestProject[] trees = [await LibraryAsync(), await LibraryAsync()];
        foreach (var tree in trees)
        {
            tree.HaveOwnSteps(trees[0].ImageName);
        }

        trees[1].EditFile("Greeter/Greeting.cs", text => text.Replace("a library", "another library", StringComparison.Ordinal));
        foreach (var publish in await Task.WhenAll(trees.Select(tree => PublishAsync(tree, cache: true))))
        {
            publish.Succeeds();
        }

        var (files, others) = (await FilesAsync(trees[0]), await FilesAsync(trees[1]));
        var (plain, plainOthers) = (await PublishAsync(trees[0], cache: false), await PublishAsync(trees[1], cache: false));
        Assert.AreEqual(await FilesAsync(trees[0]), files, plain.ToString());
        Assert.AreEqual(await FilesAsync(trees[1]), others, plainOthers.ToString());

        await PublishAsync(trees[0], cache: true);
        var dockerfile = await File.ReadAllTextAsync(Path.Combine(trees[0].Pipeline(), "Dockerfile"));
        var mount = Mount().Match(dockerfile).Value;
        string[] harmed =
        [
            dockerfile.Replace(mount, "--mount=type=tmpfs,target=/mnt,size=65536", StringComparison.Ordinal),
            dockerfile.Replace(mount, mount + ",readonly", StringComparison.Ordinal),
            // Another build may remove an entry meanwhile, which is no failure of this one.
            dockerfile.Replace(
                "    dotnet publish",
                "    find /mnt -name assembly -exec truncate -s 1000 {} + ; dotnet publish",
                StringComparison.Ordinal
            ),
        ];
        foreach (var text in harmed)
        {
            Assert.AreNotEqual(dockerfile, text);
            trees[0].Write("obj/Dockerfile", text);
            File.Copy(
                Path.Combine(trees[0].Pipeline(), "Dockerfile.dockerignore"),
                Path.Combine(trees[0].Root, "obj/Dockerfile.dockerignore"),
                overwrite: true
            );
            var image = await Daemon.DockerAsync(
                "build",
                "--quiet",
                "-f",
                Path.Combine(trees[0].Root, "obj/Dockerfile"),
                "--build-arg",
                "SOURCE_DATE_EPOCH=1700000000",
                "-t",
                $"{trees[0].ImageName}:latest",
                trees[0].Root
            );
            Daemon.RemoveAtTheEnd(image);
            Assert.AreEqual(files, await FilesAsync(trees[0]), text);
        }
    }

    // Publishes with the cache and from nothing, and gives the log of the first.
    private static async Task<string> HoldsAsync(TestProject shop)
    {
        var publish = (await PublishAsync(shop, cache: true)).Succeeds();
        var image = await Daemon.ImageIdAsync($"{shop.ImageName}:latest");
        (await PublishAsync(shop, cache: false)).Succeeds();
        Assert.AreEqual(await Daemon.ImageIdAsync($"{shop.ImageName}:latest"), image, publish.ToString());
        return publish.Output;
    }

    private static Task<CommandResult> PublishAsync(TestProject shop, bool cache, params string[] arguments) =>
        shop.DotnetAsync(shop.PublishArguments([$"-p:ContainerCompileCache={cache}", "-v:detailed", .. arguments]), Time);

    private static async Task<string> FilesAsync(TestProject shop) =>
        string.Join('\n', (await Daemon.FilesAsync($"{shop.ImageName}:latest", "/app")).Select(file => $"{file.Value} {file.Key}"));

    [GeneratedRegex("--mount=type=cache[^ ]*")]
    private static partial Regex Mount();
}
