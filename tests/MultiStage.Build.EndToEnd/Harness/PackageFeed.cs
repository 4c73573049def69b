namespace MultiStage.Build.EndToEnd.Harness;

/// <summary>The package under test, packed once for a run, with a version that no cache can know.</summary>
/// <param name="Folder">The folder that it is in.</param>
/// <param name="Version">Its version.</param>
public sealed record PackageFeed(string Folder, string Version)
{
    /// <summary>The package's id.</summary>
    public const string PackageId = "MultiStage.Build";

    private static readonly Lazy<Task<PackageFeed>> Packed = new(PackAsync);

    /// <summary>The package file.</summary>
    public string PackageFile => Path.Combine(Folder, $"{PackageId}.{Version}.nupkg");

    /// <summary>Packs, or gives what was packed before in this run.</summary>
    public static Task<PackageFeed> GetAsync() => Packed.Value;

    private static async Task<PackageFeed> PackAsync()
    {
        var feed = new PackageFeed(
            Directory.CreateDirectory(Path.Combine(SuiteRun.Folder, "feed")).FullName,
            $"0.1.0-test.{DateTimeOffset.UtcNow.ToUnixTimeMilliseconds()}"
        );
        var project = Path.Combine(SuiteRun.Repository, "src", "MultiStage.Build.Tasks");

        // With the user's packages folder: the repository's own dependencies are not what is isolated.
        var packages = Environment.GetEnvironmentVariable("NUGET_PACKAGES");
        var pack = await Dotnet.RunAsync(
            ["pack", project, "-c", "Release", $"-p:Version={feed.Version}", "-o", feed.Folder],
            SuiteRun.Repository,
            [new("NUGET_PACKAGES", packages)]
        );
        pack.Succeeds();
        Assert.IsTrue(File.Exists(feed.PackageFile), $"{feed.PackageFile} was not packed.\n{pack}");
        return feed;
    }
}
