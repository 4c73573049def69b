namespace MultiStage.Build.Bench;

/// <summary>The images of four services that share a library.</summary>
/// <param name="Work">The folder that it may fill.</param>
/// <param name="Feed">The folder that the package lies in.</param>
/// <param name="Version">The package's version.</param>
/// <param name="Label">Its name in the tables.</param>
internal abstract record Services(string Work, string Feed, string Version, string Label) : ThisPackage(Work, Feed, Version, Label)
{
    /// <summary>The solution.</summary>
    protected const string Solution = "Services.slnx";

    /// <summary>The services' names.</summary>
    protected static IReadOnlyList<string> Names { get; } = ["Billing", "Catalog", "Mail", "Orders"];

    /// <summary>The app: the service that is edited, and the library.</summary>
    /// <param name="repository">The repository's root.</param>
    public static App App(string repository) =>
        new(
            Names.Count + 1,
            folder => Command.Run(repository, "cp", "-R", Path.Combine(repository, "testassets", "Services"), folder),
            "src/Catalog/Catalog.csproj",
            "src/Messages/Messages.csproj"
        );

    public override void Prepare(App app)
    {
        AddFeed();
        var props = Path.Combine(Folder, "Directory.Build.props");
        File.WriteAllText(
            props,
            File.ReadAllText(props)
                .Replace(
                    "</Project>",
                    $"""
                      <PropertyGroup>
                        <ContainerRepository>{Image}-$(MSBuildProjectName.ToLowerInvariant())</ContainerRepository>
                        <ContainerDockerfileOutput>Dockerfile</ContainerDockerfileOutput>
                      </PropertyGroup>
                      <ItemGroup>
                        <PackageReference Include="MultiStage.Build" Version="{Version}" PrivateAssets="all" />
                      </ItemGroup>
                    </Project>
                    """,
                    StringComparison.Ordinal
                )
        );
    }

    public override void MakeCold(App app)
    {
        base.MakeCold(app);
        foreach (var service in Names)
        {
            MakeRestoreNew(app with { Entry = $"src/{service}/{service}.csproj" });
        }
    }

    public override byte[]? Read(App app, string name) => ReadFromImage(ImageOf(app.EntryName), name);

    public override long? ImageBytes() => Names.Sum(name => SizeOf(ImageOf(name)));

    public override void CleanUp() => Command.Try(Work, ["docker", "image", "rm", "--force", .. Names.Select(ImageOf)]);

    private string ImageOf(string service) => $"{Image}-{service.ToLowerInvariant()}";
}

/// <summary>One publish of the solution.</summary>
internal sealed record SolutionPublish(string Work, string Feed, string Version) : Services(Work, Feed, Version, "solution")
{
    public override void Build(App app) => Publish(Solution, "--verbosity", "quiet");
}

/// <summary>A publish of each service, one after the other.</summary>
internal sealed record EachPublish(string Work, string Feed, string Version) : Services(Work, Feed, Version, "one after the other")
{
    public override void Build(App app)
    {
        foreach (var name in Names)
        {
            Publish($"src/{name}/{name}.csproj", "--verbosity", "quiet");
        }
    }
}

/// <summary><c>docker buildx bake</c> with the file that the package writes. The Dockerfiles are written anew, as an edit may change
/// them.</summary>
internal sealed record Bake(string Work, string Feed, string Version) : Services(Work, Feed, Version, "bake")
{
    public override void Build(App app)
    {
        Command.Run(Folder, Packages, ["dotnet", "msbuild", Solution, "-restore", "-t:GenerateMultiStageBake", "-v:q", "-nologo"]);
        Command.Run(Folder, "docker", "buildx", "bake");
    }
}
