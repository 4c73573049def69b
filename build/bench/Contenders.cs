namespace MultiStage.Build.Bench;

/// <summary>The package under test.</summary>
/// <param name="Work">The folder that it may fill.</param>
/// <param name="Feed">The folder that the package lies in.</param>
/// <param name="Version">The package's version.</param>
/// <param name="Label">Its name in the tables.</param>
/// <param name="Arguments">Arguments of the publish.</param>
internal record ThisPackage(string Work, string Feed, string Version, string Label = "this package", params string[] Arguments)
    : Contender(Label, Work)
{
    protected string Image => "multistage-bench-" + Label.Replace(' ', '-');

    public override void Prepare(App app)
    {
        AddFeed();
        Edits.AddPackage(Folder, app, "MultiStage.Build", Version, " PrivateAssets=\"all\"");
    }

    /// <summary>Lets restores find the package.</summary>
    protected void AddFeed()
    {
        Command.Run(Work, "cp", "-R", Feed, Path.Combine(Folder, "feed"));
        const string Source = "<add key=\"feed\" value=\"feed\" />";
        var own = Directory
            .EnumerateFiles(Folder)
            .FirstOrDefault(file => Path.GetFileName(file).Equals("nuget.config", StringComparison.OrdinalIgnoreCase));
        var config = own is null ? "<configuration><packageSources></packageSources></configuration>\n" : File.ReadAllText(own);
        File.WriteAllText(
            own ?? Path.Combine(Folder, "nuget.config"),
            config.Replace("</packageSources>", Source + "</packageSources>", StringComparison.Ordinal)
        );
    }

    public override void Build(App app) => Publish(app, "quiet");

    /// <summary>Publishes a project or a solution.</summary>
    /// <param name="project">It, relative to the folder.</param>
    /// <param name="arguments">More arguments.</param>
    /// <returns>The log.</returns>
    protected string Publish(string project, params string[] arguments) =>
        Command.Run(Folder, Packages, ["dotnet", "publish", project, "-p:PublishMultiStage=true", .. arguments, "--nologo"]);

    /// <summary>Builds, and tells where its time went.</summary>
    /// <param name="app">The app.</param>
    /// <returns>The log.</returns>
    public string BuildInDetail(App app) => Publish(app, "detailed");

    /// <summary>Writes the Dockerfile alone.</summary>
    /// <param name="app">The app.</param>
    /// <returns>The log, with where the time went.</returns>
    public string Generate(App app) =>
        Command.Run(
            Folder,
            Packages,
            [
                "dotnet",
                "msbuild",
                app.Entry,
                "-t:GenerateMultiStageDockerfile",
                $"-p:ContainerRepository={Image}",
                "-verbosity:detailed",
                "-nologo",
            ]
        );

    /// <summary>Makes the next build evaluate every project again.</summary>
    /// <param name="app">The app.</param>
    public void ForgetFacts(App app)
    {
        foreach (
            var kept in Directory.EnumerateFiles(
                Path.Combine(Folder, Path.GetDirectoryName(app.Entry)!, "obj"),
                "closure.json",
                SearchOption.AllDirectories
            )
        )
        {
            File.Delete(kept);
        }
    }

    private string Publish(App app, string verbosity) =>
        Publish(app.Entry, [$"-p:ContainerRepository={Image}", .. Arguments, "--verbosity", verbosity]);

    public override void MakeCold(App app)
    {
        CleanHost();
        MakeRestoreNew(app);
        CacheMounts.Remove(Work, "multistage-compile");
    }

    public override byte[]? Read(App app, string name) => ReadFromImage(Image, name);

    public override long? ImageBytes() => SizeOf(Image);

    public override void CleanUp() => Command.Try(Work, "docker", "image", "rm", "--force", Image);
}

/// <summary>The package under test without a daemon, into a registry on this machine.</summary>
/// <param name="Work">The folder that it may fill.</param>
/// <param name="Feed">The folder that the package lies in.</param>
/// <param name="Version">The package's version.</param>
/// <param name="Registry">The registry's address.</param>
internal sealed record SdkEngine(string Work, string Feed, string Version, string Registry)
    : ThisPackage(
        Work,
        Feed,
        Version,
        "sdk engine",
        "-p:ContainerBuildEngine=sdk",
        $"-p:ContainerRegistry={Registry}",
        $"-p:ContainerBaseImage={RegistryBase.In(Registry)}"
    )
{
    private string Pushed => $"{Registry}/{Image}:latest";

    public override void Prepare(App app)
    {
        base.Prepare(app);
        RegistryBase.Push(Work, Registry);
    }

    public override byte[]? Read(App app, string name)
    {
        Command.Run(Work, "docker", "pull", "--quiet", Pushed);
        return ReadFromImage(Pushed, name);
    }

    public override long? ImageBytes() => SizeOf(Pushed);

    public override void CleanUp() => Command.Try(Work, "docker", "image", "rm", "--force", Pushed);
}

/// <summary>The base image, in a registry on this machine: what the SDK makes by itself takes it from one, whatever the daemon has.</summary>
internal static class RegistryBase
{
    /// <summary>Its name there.</summary>
    /// <param name="registry">The registry's address.</param>
    public static string In(string registry) => $"{registry}/dotnet/aspnet:10.0";

    /// <summary>Pushes the daemon's.</summary>
    /// <param name="folder">A folder to run in.</param>
    /// <param name="registry">The registry's address.</param>
    public static void Push(string folder, string registry)
    {
        Command.Run(folder, "docker", "tag", "mcr.microsoft.com/dotnet/aspnet:10.0", In(registry));
        Command.Run(folder, "docker", "push", "--quiet", In(registry));
        Command.Try(folder, "docker", "image", "rm", In(registry));
    }
}

/// <summary>The Dockerfile that Visual Studio scaffolds.</summary>
/// <param name="Work">The folder that it may fill.</param>
/// <param name="HasMount">Whether packages are kept in a cache mount.</param>
internal sealed record ScaffoldedDockerfile(string Work, bool HasMount)
    : Contender(HasMount ? "scaffold + packages mount" : "scaffold", Work)
{
    private string Image => HasMount ? "multistage-bench-scaffold-mount" : "multistage-bench-scaffold";

    public override void Prepare(App app) => TurnTo(app);

    public override void TurnTo(App app) => Scaffold.Write(Folder, app.Entry, HasMount);

    public override void Build(App app) => Command.Run(Folder, "docker", "build", "--quiet", "--tag", Image, ".");

    public override void MakeCold(App app)
    {
        MakeRestoreNew(app);
        CacheMounts.Remove(Work, "multistage-bench-packages");
    }

    public override byte[]? Read(App app, string name) => ReadFromImage(Image, name);

    public override long? ImageBytes() => SizeOf(Image);

    public override void CleanUp()
    {
        Command.Try(Work, "docker", "image", "rm", "--force", Image);
        CacheMounts.Remove(Work, "multistage-bench-packages");
    }
}

/// <summary>The .NET SDK's own container support, into a registry on this machine.</summary>
/// <param name="Work">The folder that it may fill.</param>
/// <param name="Registry">The registry's address.</param>
internal sealed record SdkContainer(string Work, string Registry) : Contender("PublishContainer", Work)
{
    private const string Repository = "multistage-bench-sdk";

    private string Image => $"{Registry}/{Repository}:latest";

    public override void Prepare(App app) => RegistryBase.Push(Work, Registry);

    public override void Build(App app) =>
        Command.Run(
            Folder,
            Packages,
            [
                "dotnet",
                "publish",
                app.Entry,
                "-t:PublishContainer",
                $"-p:ContainerRegistry={Registry}",
                $"-p:ContainerRepository={Repository}",
                $"-p:ContainerBaseImage={RegistryBase.In(Registry)}",
                "--verbosity",
                "quiet",
                "--nologo",
            ]
        );

    public override void MakeCold(App app) => CleanHost();

    public override byte[]? Read(App app, string name)
    {
        Command.Run(Work, "docker", "pull", "--quiet", Image);
        return ReadFromImage(Image, name);
    }

    public override long? ImageBytes() => SizeOf(Image);

    public override void CleanUp() => Command.Try(Work, "docker", "image", "rm", "--force", Image);
}

/// <summary>A publish on the host, to a folder: no image at all.</summary>
/// <param name="Work">The folder that it may fill.</param>
internal sealed record HostPublish(string Work) : Contender("host publish", Work)
{
    public override void Prepare(App app) { }

    public override void Build(App app) =>
        Command.Run(
            Folder,
            Packages,
            ["dotnet", "publish", app.Entry, "-o", Path.Combine(Folder, "published"), "--verbosity", "quiet", "--nologo"]
        );

    public override void MakeCold(App app) => CleanHost();

    public override byte[]? Read(App app, string name) =>
        Path.Combine(Folder, "published", name) is var file && File.Exists(file) ? File.ReadAllBytes(file) : null;
}

/// <summary>The cache mounts of builds.</summary>
internal static class CacheMounts
{
    /// <summary>Removes those whose id names something, and no other.</summary>
    /// <param name="folder">A folder to run in.</param>
    /// <param name="name">What the id holds.</param>
    public static void Remove(string folder, string name) =>
        Command.Run(
            folder,
            "docker",
            "builder",
            "prune",
            "--force",
            "--all",
            "--filter",
            "type=exec.cachemount",
            "--filter",
            $"description~={name}"
        );
}
