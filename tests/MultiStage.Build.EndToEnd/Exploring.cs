using System.Text.Json.Nodes;
using MultiStage.Build.Diagnostics;
using MultiStage.Build.EndToEnd.Harness;

namespace MultiStage.Build.EndToEnd;

/// <summary>Variants of an image are built, tried out and measured, and nothing of them stays.</summary>
[TestClass]
public sealed class Exploring : EndToEndTest
{
    [TestMethod]
    public async Task What_trimming_breaks_fails_the_check_and_what_works_is_as_large_as_a_publish_of_it()
    {
        var web = await SingleWebAsync();
        // The name is put together, so that the trimmer cannot see what it leads to.
        web.Write(
            "Program.cs",
            """
            var name = string.Join("", "Plug", "in");
            var app = WebApplication.Create(args);
            app.MapGet("/", () => "Hello");
            app.MapGet("/plugin", () => Activator.CreateInstance(Type.GetType(name)!)!.ToString());
            app.Run();

            sealed class Plugin
            {
                public override string ToString() => "plugged in";
            }
            """
        );
        web.SetProperty("ContainerVariantCheck", "curl --fail --silent --show-error $CONTAINER_ADDRESS/plugin");
        var mark = $"explored-{Guid.NewGuid():N}";
        web.Insert("SingleWeb.csproj", $"<ItemGroup><ContainerLabel Include=\"{mark}\" Value=\"1\" /></ItemGroup>");
        (await web.DotnetAsync("restore", web.ProjectFile)).Succeeds();
        var assets = await File.ReadAllTextAsync(Path.Combine(web.ProjectFolder, "obj", "project.assets.json"));

        var run = (await ExploreAsync(web, "trimmed", "chiseled-extra")).Succeeds();

        var (today, chiseled, trimmed) = (Row(web, "today"), Row(web, "chiseled-extra"), Row(web, "trimmed"));
        Assert.AreEqual("works", (string?)chiseled["outcome"]);
        Assert.IsGreaterThan((long)chiseled["totalBytes"]!, (long)today["totalBytes"]!);
        Assert.HasCount(5, chiseled["startMilliseconds"]!.AsArray());
        Assert.IsGreaterThan(1_000_000, (long)chiseled["idleBytes"]!);
        Assert.AreEqual("fails", (string?)trimmed["outcome"]);
        Assert.Contains("the check fails with exit code 22", (string)trimmed["because"]!);
        var warnings = await File.ReadAllTextAsync(Path.Combine(Explored(web), (string)trimmed["warningsFile"]!));
        Assert.Contains("warning IL2", warnings);
        Assert.Contains("Smallest that works: chiseled-extra", run.Output);
        Assert.Contains("<ContainerFamily>noble-chiseled-extra</ContainerFamily>", run.Output);
        Assert.AreEqual("", await Harness.Daemon.DockerAsync("image", "ls", "--all", "--quiet", "--filter", $"label={mark}"));
        Assert.AreEqual("", await Harness.Daemon.DockerAsync("ps", "--all", "--quiet", "--filter", $"label={mark}"));
        Assert.AreEqual(assets, await File.ReadAllTextAsync(Path.Combine(web.ProjectFolder, "obj", "project.assets.json")));

        // A limit on the pull size has every byte counted, as an exploration does.
        (await web.PublishAsync("-p:ContainerFamily=noble-chiseled-extra", "-p:ContainerCompressedSizeBudget=1GB")).Succeeds();
        Assert.AreEqual((long)chiseled["totalBytes"]!, await TestProject.SizeAsync(web.Pipeline()));
    }

    [TestMethod]
    public async Task A_console_app_that_cannot_be_native_says_why_and_one_that_does_not_work_today_is_not_explored()
    {
        var greeter = await LibraryAsync();
        greeter.Write(
            "Greeter.App/Program.cs",
            """
            using System.Reflection;
            using System.Reflection.Emit;

            AssemblyBuilder.DefineDynamicAssembly(new AssemblyName("Made"), AssemblyBuilderAccess.Run);
            Console.WriteLine(Greeter.Greeting.For("container"));
            """
        );
        // What only the app can be must not reach what it references.
        greeter.EditFile("Greeter/Greeter.csproj", text =>
            text.Replace(
                ">net10.0</TargetFramework>",
                ">netstandard2.0</TargetFramework><LangVersion>latest</LangVersion>",
                StringComparison.Ordinal
            )
        );
        greeter.Insert(
            "Greeter.App/Greeter.App.csproj",
            """<ItemGroup><ContainerVariant Include="missing-base" ContainerBaseImage="localhost:1/no/such:image" /></ItemGroup>"""
        );
        (await greeter.DotnetAsync("restore", greeter.ProjectFile)).Succeeds();

        var nothing = await ExploreAsync(greeter, ["native"], "-p:ContainerVariantCheck=exit 1");
        (await ExploreAsync(greeter, "native", "missing-base")).Succeeds();

        Assert.Contains($"{Codes.NothingToExplore.Code}: Today's image fails: the check fails with exit code 1", nothing.Output);
        Assert.AreEqual("works", (string?)Row(greeter, "today")["outcome"]);
        Assert.AreEqual("ended with exit code 0", (string?)Row(greeter, "today")["because"]);
        Assert.AreEqual("fails", (string?)Row(greeter, "native")["outcome"]);
        Assert.Contains("PlatformNotSupportedException", (string)Row(greeter, "native")["because"]!);
        Assert.AreEqual("cannotBeBuilt", (string?)Row(greeter, "missing-base")["outcome"]);
        Assert.IsTrue(File.Exists(Path.Combine(Explored(greeter), "explore.html")));
    }

    private static Task<CommandResult> ExploreAsync(TestProject project, params string[] variants) =>
        ExploreAsync(project, variants, "-v:m");

    private static async Task<CommandResult> ExploreAsync(TestProject project, string[] variants, string argument)
    {
        await Harness.Daemon.RequireAsync();
        return await project.DotnetAsync(
            "msbuild",
            project.ProjectFile,
            "-t:ExploreMultiStageImages",
            $"-p:ContainerVariants={string.Join("%3B", variants)}",
            argument
        );
    }

    // Where a publish has its reports: `dotnet msbuild` is Debug, and what is explored is the Release that a publish makes.
    private static string Explored(TestProject project) => project.Pipeline();

    private static JsonNode Row(TestProject project, string name)
    {
        var json = JsonNode.Parse(File.ReadAllText(Path.Combine(Explored(project), "explore.json")))!;
        return json["variants"]!.AsArray().Append(json["today"]).Single(row => (string?)row!["name"] == name)!;
    }
}
