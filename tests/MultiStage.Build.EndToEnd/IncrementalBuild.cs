using System.Text.RegularExpressions;
using MultiStage.Build.EndToEnd.Harness;

namespace MultiStage.Build.EndToEnd;

/// <summary>What the publish in the container makes from what an earlier one left, held against what it makes from nothing.</summary>
[TestClass]
public sealed partial class IncrementalBuild : EndToEndTest
{
    private const string Continued = "changed since an earlier build";

    private const string Musl = "linux-musl-x64";

    private const string Added = "namespace Shop.Catalog; public static class Added;\n";

    // Without a commit it is by this time alone that two builds publish the same bytes.
    private static readonly KeyValuePair<string, string?>[] Time = [new("SOURCE_DATE_EPOCH", "1700000000")];

    [TestMethod]
    public async Task Whatever_came_before_the_published_files_are_those_of_a_build_from_nothing()
    {
        var shop = await ShopAsync();
        // A publish that the daemon has as a layer leaves nothing for the next one.
        shop.HaveOwnSteps(shop.ImageName);
        (await PublishAsync(shop, incremental: true)).Succeeds();

        // All files of a context have one time, so it tells nothing of these. First in the published project, then in a library of all.
        shop.EditFile("src/Shop.Web/Program.cs", text => text.Replace("/countries", "/lands", StringComparison.Ordinal));
        Assert.Contains(Continued, await HoldsAsync(shop, "/lands"));
        shop.EditFile("src/Shop.Contracts/Product.cs", text => text.Replace("Name = name;", "Name = name.Trim();", StringComparison.Ordinal));
        Assert.Contains(Continued, await HoldsAsync(shop, null));

        // A build that fails, one that is stopped, and the restore's layer gone while the mount is there, with half of its files.
        shop.EditFile("src/Shop.Pricing/PriceList.cs", text => text.Replace("public bool", "public bul", StringComparison.Ordinal));
        Assert.Contains("error CS0246", (await PublishAsync(shop, incremental: true)).Output);
        shop.EditFile("src/Shop.Pricing/PriceList.cs", text => text.Replace("public bul", "public /* */ bool", StringComparison.Ordinal));
        await InterruptAsync(shop);
        await InMountAsync(shop, "cd files && for f in *; do i=$((i+1)); [ $((i % 2)) = 0 ] || rm \"$f\"; done");
        await HoldsAsync(shop, null, "-p:ContainerNoCache=true");

        // The mount pruned while the restore's layer is there; files added and renamed.
        await InMountAsync(shop, "rm -r files builds");
        shop.Write("src/Shop.Catalog/Added.cs", Added);
        File.Move(Path.Combine(shop.Root, "src/Shop.Web/BuildVersion.cs"), Path.Combine(shop.Root, "src/Shop.Web/Renamed.cs"));
        await HoldsAsync(shop, null);

        // A file deleted, another version of a package, another configuration, and back.
        File.Delete(Path.Combine(shop.Root, "src/Shop.Catalog/Added.cs"));
        shop.EditFile("Directory.Packages.props", text => text.Replace("13.0.3", "13.0.4", StringComparison.Ordinal));
        await HoldsAsync(shop, null, "-c", "Debug");
        shop.EditFile("Directory.Packages.props", text => text.Replace("13.0.4", "13.0.3", StringComparison.Ordinal));
        shop.Write("src/Shop.Catalog/Added.cs", Added);
        shop.EditFile("src/Shop.Web/Program.cs", text => text.Replace("/lands", "/regions", StringComparison.Ordinal));
        Assert.Contains(Continued, await HoldsAsync(shop, "/regions"));
        await LeavesNothingAsync(shop);
    }

    [TestMethod]
    public async Task What_is_built_for_two_runtimes_in_turn_does_not_mix()
    {
        var app = await LibraryAsync();
        app.HaveOwnSteps(app.ImageName);
        app.Write("Directory.Build.targets", $"""
            <Project>
              <PropertyGroup Condition="'$(RuntimeIdentifier)' == '{Musl}'">
                <DefineConstants>$(DefineConstants);MUSL</DefineConstants>
                <UseAppHost>false</UseAppHost>
              </PropertyGroup>
            </Project>
            """);
        app.EditFile("Greeter.App/Program.cs", text => $"""
            {text}
            #if MUSL
            Console.WriteLine("for musl");
            #else
            Console.WriteLine("for glibc");
            #endif

            """);
        // The base image of musl is another, which the test does not need.
        string[] other = ["-r", Musl, "--no-self-contained", "-p:ContainerBaseImage=mcr.microsoft.com/dotnet/runtime:10.0"];
        (await PublishAsync(app, incremental: true)).Succeeds();
        (await PublishAsync(app, incremental: true, other)).Succeeds();

        app.EditFile("Greeter/Greeting.cs", text => text.Replace("a library", "some library", StringComparison.Ordinal));
        Assert.Contains(Continued, await HoldsAsync(app, "for glibc"));
        Assert.Contains(Continued, await HoldsAsync(app, "for musl", other));
    }

    [TestMethod]
    public async Task Two_worktrees_that_are_built_at_once_do_not_mix()
    {
        // Two projects do; what is between more of them is told above.
        TestProject[] trees = [await LibraryAsync(), await LibraryAsync()];
        foreach (var tree in trees)
        {
            tree.HaveOwnSteps(trees[0].ImageName);
        }

        trees[1].EditFile("Greeter/Greeting.cs", text => text.Replace("a library", "another library", StringComparison.Ordinal));
        foreach (var publish in await Task.WhenAll(trees.Select(tree => PublishAsync(tree, incremental: true))))
        {
            publish.Succeeds();
        }

        trees[0].EditFile("Greeter/Greeting.cs", text => text.Replace("a library", "one library", StringComparison.Ordinal));
        trees[1].EditFile("Greeter.App/Program.cs", text => text + "// At once.\n");

        var publishes = await Task.WhenAll(trees.Select(tree => PublishAsync(tree, incremental: true)));

        foreach (var (tree, publish) in trees.Zip(publishes))
        {
            publish.Succeeds();
            var files = await FilesAsync(tree);
            (await PublishAsync(tree, incremental: false)).Succeeds();
            Assert.AreEqual(await FilesAsync(tree), files);
        }
    }

    // Publishes from what is there and from nothing, and gives the log of the first.
    private static async Task<string> HoldsAsync(TestProject shop, string? text, params string[] arguments)
    {
        var publish = (await PublishAsync(shop, incremental: true, arguments)).Succeeds();
        var files = await FilesAsync(shop);
        if (text is not null)
        {
            var program = (await Daemon.ContentsAsync($"{shop.ImageName}:latest", $"/app/{Path.GetFileNameWithoutExtension(shop.ProjectFile)}.dll")).Values.Single();
            Assert.Contains(text, System.Text.Encoding.Unicode.GetString(program) + System.Text.Encoding.Unicode.GetString(program[1..]));
        }

        (await PublishAsync(shop, incremental: false, arguments)).Succeeds();
        Assert.AreEqual(await FilesAsync(shop), files, publish.ToString());
        return publish.Output;
    }

    private static Task<CommandResult> PublishAsync(TestProject shop, bool incremental, params string[] arguments) =>
        shop.DotnetAsync(shop.PublishArguments([$"-p:ContainerIncrementalBuild={incremental}", "-v:normal", .. arguments]), Time);

    private static async Task<string> FilesAsync(TestProject shop) =>
        string.Join('\n', (await Daemon.FilesAsync($"{shop.ImageName}:latest", "/app")).Select(file => $"{file.Value} {file.Key}"));

    private static async Task InterruptAsync(TestProject shop)
    {
        using var publish = shop.StartDotnet(shop.PublishArguments("-p:ContainerIncrementalBuild=true", "-v:normal"), Time);
        await publish.WaitForOutputAsync(Continued, TimeSpan.FromMinutes(3));
        await publish.InterruptAsync();
        Assert.AreNotEqual(0, (await publish.CompletionAsync(TimeSpan.FromMinutes(1))).ExitCode);
    }

    private static async Task InMountAsync(TestProject shop, string command)
    {
        (await shop.DotnetAsync("msbuild", shop.ProjectFile, "-t:GenerateMultiStageDockerfile", "-p:Configuration=Release", "-p:ContainerIncrementalBuild=true")).Succeeds();
        var dockerfile = await File.ReadAllTextAsync(Path.Combine(shop.Pipeline(), "Dockerfile"));
        var mount = Mount().Match(dockerfile).Value;
        Assert.AreNotEqual("", mount, dockerfile);
        shop.Write("obj/harm/Dockerfile", $"FROM mcr.microsoft.com/dotnet/sdk:10.0\nARG WHEN\nRUN {mount} cd /mnt && {command}\n");
        var image = await Daemon.DockerAsync("build", "--quiet", "--build-arg", $"WHEN={DateTime.UtcNow.Ticks}", Path.Combine(shop.Root, "obj/harm"));
        Daemon.RemoveAtTheEnd(image);
    }

    // Neither in the image nor in the one of the builder stage.
    private static async Task LeavesNothingAsync(TestProject shop)
    {
        (await PublishAsync(shop, incremental: true, "-p:ContainerTarget=builder")).Succeeds();
        Assert.IsEmpty(await Daemon.ContentsAsync($"{shop.ImageName}:latest-builder", "/mnt"));
        Assert.IsEmpty((await Daemon.FilesAsync($"{shop.ImageName}:latest-builder", "/src")).Keys.Where(file => file.Contains("builds/", StringComparison.Ordinal)));
    }

    [GeneratedRegex("--mount=type=cache[^ ]*")]
    private static partial Regex Mount();
}
