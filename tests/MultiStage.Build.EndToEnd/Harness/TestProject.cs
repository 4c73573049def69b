using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace MultiStage.Build.EndToEnd.Harness;

/// <summary>A copy of a solution from <c>testassets/</c> in a folder of its own, with the package under test in a feed inside it.</summary>
public sealed partial class TestProject
{
    // A network that is away for a minute fails no test of what this package does.
    private const int MostAttempts = 3;

    private readonly PackageFeed _feed;
    private readonly string _logs;
    private int _commands;

    private TestProject(PackageFeed feed, string root, string project, string imageName, string logs)
    {
        (_feed, Root, ProjectFile, ImageName, _logs) = (feed, root, Path.Combine(root, project), imageName, logs);
    }

    /// <summary>The copy's root folder; the build context, unless a test says otherwise.</summary>
    public string Root { get; }

    /// <summary>The project to publish.</summary>
    public string ProjectFile { get; }

    /// <summary>The project's folder.</summary>
    public string ProjectFolder => Path.GetDirectoryName(ProjectFile)!;

    /// <summary>The image repository of this copy, unique to it.</summary>
    public string ImageName { get; }

    /// <summary>What the package wrote for a configuration.</summary>
    /// <param name="configuration">The configuration.</param>
    public string Pipeline(string configuration = "Release") => Path.Combine(ProjectFolder, "obj", configuration, "net10.0", "multistage");

    /// <summary>Copies an asset and gives it the feed, but not yet the package.</summary>
    /// <param name="workspace">Whose it is.</param>
    /// <param name="asset">The folder in <c>testassets/</c>.</param>
    /// <param name="project">The project to publish, relative to that folder.</param>
    public static async Task<TestProject> CopyAsync(Workspace workspace, string asset, string project)
    {
        var copy = await MakeAsync(workspace, asset, project);
        CopyFolder(Path.Combine(SuiteRun.Repository, "testassets", asset), copy.Root);
        copy.AddFeed();
        return copy;
    }

    /// <summary>Generates a web app of many projects and gives it the feed, but not yet the package.</summary>
    /// <param name="workspace">Whose it is.</param>
    /// <param name="projects">How many projects.</param>
    public static async Task<TestProject> GenerateAsync(Workspace workspace, int projects)
    {
        var app = await MakeAsync(workspace, "Generated", "src/App/App.csproj");
        string[] arguments =
        [
            "run",
            Path.Combine(SuiteRun.Repository, "build", "generate.cs"),
            "--",
            app.Root,
            projects.ToString(CultureInfo.InvariantCulture),
        ];
        (await Dotnet.RunAsync(arguments, SuiteRun.Repository)).Succeeds();
        app.AddFeed();
        return app;
    }

    /// <summary>Adds the package to a project as a package reference.</summary>
    /// <param name="project">The project, relative to the root; the one to publish where none is given.</param>
    public TestProject ReferencePackage(string? project = null)
    {
        var central = File.Exists(Path.Combine(Root, "Directory.Packages.props"));
        if (central)
        {
            // Two sources without a mapping are a warning under central versions; naming the sources would tie the test to a machine.
            Insert(
                "Directory.Packages.props",
                $"""
                <PropertyGroup><NoWarn>$(NoWarn);NU1507</NoWarn></PropertyGroup>
                  <ItemGroup><PackageVersion Include="{PackageFeed.PackageId}" Version="{_feed.Version}" /></ItemGroup>
                """
            );
        }

        var version = central ? "" : $" Version=\"{_feed.Version}\"";
        Insert(
            project ?? ProjectFile,
            $"""<ItemGroup><PackageReference Include="{PackageFeed.PackageId}"{version} PrivateAssets="all" /></ItemGroup>"""
        );
        return this;
    }

    /// <summary>Gives a project that has the package already the version under test.</summary>
    public TestProject UpdatePackage()
    {
        EditFile(ProjectFile, text => text.Replace("Version=\"0.1.0\"", $"Version=\"{_feed.Version}\"", StringComparison.Ordinal));
        return this;
    }

    /// <summary>The line that adds the package to a file-based app.</summary>
    public string PackageDirective => $"#:package {PackageFeed.PackageId}@{_feed.Version}";

    /// <summary>Adds the package to the project as an additional SDK.</summary>
    public TestProject UseAsSdk()
    {
        EditFile(ProjectFile, text =>
            text.Insert(
                text.IndexOf('>', StringComparison.Ordinal) + 1,
                $"\n\n  <Sdk Name=\"{PackageFeed.PackageId}\" Version=\"{_feed.Version}\" />"
            )
        );
        return this;
    }

    /// <summary>
    /// Makes every step from the first copy on one of this copy's own: BuildKit merges equal steps of builds that run at the same time, and
    /// one of those builds may fail for it, or
    /// not find the result again.
    /// </summary>
    /// <param name="name">What nothing else has; copies with the same name have the same steps.</param>
    public TestProject HaveOwnSteps(string name)
    {
        Write("feed/name.txt", name);
        return this;
    }

    /// <summary>Sets a property in the project file, on a line of its own.</summary>
    /// <param name="name">The property.</param>
    /// <param name="value">Its value.</param>
    public TestProject SetProperty(string name, string value)
    {
        Insert(ProjectFile, $"<PropertyGroup>\n    <{name}>{value}</{name}>\n  </PropertyGroup>");
        return this;
    }

    /// <summary>Inserts XML before the end of a project file or an import.</summary>
    /// <param name="file">The file, relative to the root.</param>
    /// <param name="xml">What to insert.</param>
    public void Insert(string file, string xml) =>
        EditFile(file, text => text.Replace("</Project>", $"  {xml}\n\n</Project>", StringComparison.Ordinal));

    /// <summary>Changes a file, which must be there.</summary>
    /// <param name="file">The file, relative to the root.</param>
    /// <param name="edit">From the old text to the new one.</param>
    public void EditFile(string file, Func<string, string> edit)
    {
        var before = File.ReadAllText(Path.Combine(Root, file));
        var after = edit(before);
        Assert.AreNotEqual(before, after, $"The edit of {file} changed nothing.");
        Write(file, after);
    }

    /// <summary>Writes a file, making its folder.</summary>
    /// <param name="file">The file, relative to the root.</param>
    /// <param name="text">Its text.</param>
    public void Write(string file, string text)
    {
        var path = Path.Combine(Root, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    /// <summary>Commits everything, in a git repository that the copy becomes.</summary>
    /// <param name="time">The commit's time, such as <c>2026-01-02T03:04:05Z</c>; null for now.</param>
    public async Task CommitAsync(string? time = null)
    {
        await GitAsync("init", "--quiet");
        await GitAsync("add", "--all");
        await GitAsync(["commit", "--quiet", "-m", "Begin"], [new("GIT_COMMITTER_DATE", time), new("GIT_AUTHOR_DATE", time)]);
    }

    /// <summary>Runs git in the copy's root.</summary>
    /// <param name="arguments">The verb and its arguments.</param>
    public Task GitAsync(params string[] arguments) => GitAsync(arguments, []);

    private async Task GitAsync(string[] arguments, KeyValuePair<string, string?>[] environment)
    {
        string[] identity =
        [
            "-c",
            "user.name=Test",
            "-c",
            "user.email=test@localhost",
            "-c",
            "commit.gpgsign=false",
            "-c",
            "tag.gpgsign=false",
        ];
        using var git = RunningCommand.Start("git", [.. identity, .. arguments], Root, environment);
        (await git.CompletionAsync()).Succeeds();
    }

    /// <summary>Publishes the project as an image under <see cref="ImageName"/>.</summary>
    /// <param name="arguments">Further arguments.</param>
    public async Task<CommandResult> PublishAsync(params string[] arguments)
    {
        await Daemon.RequireAsync();
        return await DotnetAsync(PublishArguments(arguments));
    }

    /// <summary>The arguments of <see cref="PublishAsync"/>.</summary>
    /// <param name="arguments">Further arguments.</param>
    public string[] PublishArguments(params string[] arguments) =>
        // On the command line and not in the project file, so that copies of one asset share the daemon's cache.
        ["publish", ProjectFile, "-p:PublishMultiStage=true", $"-p:ContainerRepository={ImageName}", .. arguments];

    /// <summary>Runs an MSBuild verb of <c>dotnet</c> in the copy's root.</summary>
    /// <param name="arguments">The verb and its arguments.</param>
    public Task<CommandResult> DotnetAsync(params string[] arguments) => DotnetAsync(arguments, environment: []);

    /// <summary>Runs an MSBuild verb of <c>dotnet</c> in the copy's root.</summary>
    /// <param name="arguments">The verb and its arguments.</param>
    /// <param name="environment">Variables to set, or with null to remove.</param>
    public async Task<CommandResult> DotnetAsync(IEnumerable<string> arguments, IEnumerable<KeyValuePair<string, string?>> environment)
    {
        for (var attempt = 1; ; attempt++)
        {
            using var command = StartDotnet(arguments, environment);
            var result = await CompleteAsync(command);
            if (!result.MissedFeed || attempt == MostAttempts)
            {
                return result;
            }

            await Task.Delay(TimeSpan.FromSeconds(30));
        }
    }

    /// <summary>Starts an MSBuild verb of <c>dotnet</c> in the copy's root.</summary>
    /// <param name="arguments">The verb and its arguments.</param>
    /// <param name="environment">Variables to set, or with null to remove.</param>
    public RunningCommand StartDotnet(IEnumerable<string> arguments, IEnumerable<KeyValuePair<string, string?>>? environment = null)
    {
        _commands++;
        return Dotnet.Start([.. arguments, $"-bl:{Path.Combine(_logs, LogName("binlog"))}"], Root, environment);
    }

    /// <summary>Runs a program, such as a script that calls <c>dotnet</c>, in the copy's root.</summary>
    /// <param name="program">The program, found on the path.</param>
    /// <param name="arguments">Its arguments.</param>
    public async Task<CommandResult> RunAsync(string program, params string[] arguments)
    {
        await Daemon.RequireAsync();
        _commands++;
        using var command = RunningCommand.Start(program, arguments, Root, Dotnet.Environment());
        return await CompleteAsync(command);
    }

    /// <summary>Reads the image's size out of what the package wrote.</summary>
    /// <param name="pipeline">The folder that the package wrote to.</param>
    /// <returns>The bytes.</returns>
    public static async Task<long> SizeAsync(string pipeline) =>
        JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(pipeline, "size.json")))!["totalBytes"]!.GetValue<long>();

    private async Task<CommandResult> CompleteAsync(RunningCommand command)
    {
        var result = await command.CompletionAsync();
        await File.WriteAllTextAsync(Path.Combine(_logs, LogName("log")), result.ToString());
        RememberImages();
        return result;
    }

    private static async Task<TestProject> MakeAsync(Workspace workspace, string name, string project)
    {
        var (folder, imageName) = workspace.Next();
        return new TestProject(await PackageFeed.GetAsync(), Path.Combine(folder, name), project, imageName, workspace.Logs);
    }

    // Inside the build context, where the restore in the container finds it as well.
    private void AddFeed()
    {
        CopyFolder(_feed.Folder, Path.Combine(Root, "feed"));
        Write(
            "nuget.config",
            """
            <configuration>
              <packageSources>
                <add key="package-under-test" value="feed" />
              </packageSources>
            </configuration>

            """
        );
    }

    // An image that was rejected, or whose tag a later one took, is found by its id alone.
    private void RememberImages()
    {
        foreach (var file in Directory.EnumerateFiles(Root, "image.json", SearchOption.AllDirectories))
        {
            foreach (Match id in ImageId().Matches(File.ReadAllText(file)))
            {
                Daemon.RemoveAtTheEnd(id.Value);
            }
        }
    }

    [GeneratedRegex("sha256:[0-9a-f]{64}")]
    private static partial Regex ImageId();

    private string LogName(string extension) => string.Create(CultureInfo.InvariantCulture, $"{ImageName}-{_commands:00}.{extension}");

    private static void CopyFolder(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var relative = Path.GetRelativePath(from, file);
            if (relative.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj"))
            {
                continue;
            }

            var target = Path.Combine(to, relative);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }
}
