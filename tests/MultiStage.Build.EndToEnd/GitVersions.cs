using MultiStage.Build.EndToEnd.Harness;

namespace MultiStage.Build.EndToEnd;

/// <summary>What tools compute from the repository comes out in the container, which has none, as it does on this machine.</summary>
[TestClass]
public sealed class GitVersions : EndToEndTest
{
    private const string Project = "Greeter.App/Greeter.App.csproj";

    private const string Show = """

        foreach (var type in new[] { typeof(Program), typeof(Greeter.Greeting) })
        {
            var assembly = type.Assembly;
            var attributes = assembly.GetCustomAttributesData().Where(a => a.AttributeType.Name.Contains("Version") || a.ToString().Contains("RepositoryUrl"));
            Console.WriteLine($"{assembly.GetName().Version} {string.Join(' ', attributes.Select(a => a.ToString()).Order())}");
        }
        Console.WriteLine("shown");

        """;

    [TestMethod]
    [DataRow("MinVer", "8.0.0", "2.3.1-alpha.0.1+")]
    [DataRow("Nerdbank.GitVersioning", "3.10.94", "1.4.2+")]
    public async Task Come_out_as_on_this_machine(string tool, string version, string expected)
    {
        var app = await LibraryAsync();
        app.EditFile("Greeter.App/Program.cs", text => text + Show);
        app.Write("version.json", """{ "version": "1.4" }""");
        // The package that maps sources to commits warns where it finds no repository.
        app.Write(
            "Directory.Build.targets",
            $"""
            <Project>
              <PropertyGroup><PublishRepositoryUrl>true</PublishRepositoryUrl><TreatWarningsAsErrors>true</TreatWarningsAsErrors></PropertyGroup>
              <ItemGroup>
                <PackageReference Include="{tool}" Version="{version}" PrivateAssets="all" />
                <PackageReference Include="Microsoft.SourceLink.GitHub" Version="10.0.403" PrivateAssets="all" />
              </ItemGroup>
            </Project>
            """
        );
        await app.CommitAsync("2026-01-02T03:04:05Z");
        await app.GitAsync("tag", "2.3.0");
        await app.GitAsync("remote", "add", "origin", "https://github.com/example/greeter");
        app.EditFile("Greeter/Greeting.cs", text => text + "\n");
        await app.CommitAsync("2026-01-03T03:04:05Z");

        (await app.PublishAsync()).Succeeds();

        var here = (await app.DotnetAsync(["run", "--project", Project, "-c", "Release"])).Succeeds();
        var container = await Daemon.RunAsync($"{app.ImageName}:latest");
        await container.WaitForLogAsync("shown");
        var there = await container.LogsAsync();
        Assert.Contains(expected, there);
        Assert.Contains("https://github.com/example/greeter", there);
        Assert.AreEqual(Versions(here.Output), Versions(there));
    }

    [TestMethod]
    public async Task A_checkout_of_another_owner_gives_the_same_image()
    {
        var app = await LibraryAsync();
        await app.CommitAsync("2026-01-02T03:04:05Z");
        (await app.PublishAsync()).Succeeds();
        var image = await Daemon.ImageIdAsync($"{app.ImageName}:latest");

        // Git calls such a checkout dubious, and answers nothing of it unless it is told that the folder is safe.
        (await app.DotnetAsync(app.PublishArguments(), [new("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")])).Succeeds();

        Assert.AreEqual(image, await Daemon.ImageIdAsync($"{app.ImageName}:latest"));
    }

    private static string Versions(string output) =>
        string.Join(
            '\n',
            output
                .ReplaceLineEndings("\n")
                .Split('\n')
                .Where(line => line.Contains("FileVersion", StringComparison.Ordinal))
                .Select(line => line.Trim())
        );
}
