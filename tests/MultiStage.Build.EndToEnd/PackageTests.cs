using System.IO.Compression;
using System.Xml.Linq;
using MultiStage.Build.EndToEnd.Harness;

namespace MultiStage.Build.EndToEnd;

[TestClass]
public sealed class PackageTests
{
    private static IReadOnlyList<string> s_entries = [];
    private static XElement s_metadata = new("none");

    [ClassInitialize]
    public static async Task Open(TestContext _)
    {
        await using var package = await ZipFile.OpenReadAsync((await PackageFeed.GetAsync()).PackageFile);
        s_entries = [.. package.Entries.Select(entry => entry.FullName)];
        await using var nuspec = await package.GetEntry("MultiStage.Build.nuspec")!.OpenAsync();
        var document = await XDocument.LoadAsync(nuspec, LoadOptions.None, CancellationToken.None);
        s_metadata = document.Root!.Elements().Single(element => element.Name.LocalName == "metadata");
    }

    [TestMethod]
    [DataRow("build/MultiStage.Build.props")]
    [DataRow("build/MultiStage.Build.targets")]
    [DataRow("buildMultiTargeting/MultiStage.Build.targets")]
    [DataRow("Sdk/Sdk.props")]
    [DataRow("Sdk/Sdk.targets")]
    [DataRow("tasks/net10.0/MultiStage.Build.Tasks.dll")]
    [DataRow("tasks/net10.0/MultiStage.Build.Core.dll")]
    [DataRow("tasks/net10.0/Docker.DotNet.dll")]
    [DataRow("README.md")]
    [DataRow("docs/diagnostics.md")]
    [DataRow("CHANGELOG.md")]
    [DataRow("icon.png")]
    public void It_carries(string entry) => Assert.Contains(entry, s_entries);

    [TestMethod]
    public void It_carries_nothing_that_a_project_would_reference() =>
        Assert.IsEmpty(
            s_entries.Where(entry =>
                entry.StartsWith("lib/", StringComparison.Ordinal) || entry.StartsWith("ref/", StringComparison.Ordinal)
            )
        );

    [TestMethod]
    public async Task Two_packs_of_the_same_sources_are_the_same_bytes()
    {
        var feed = await PackageFeed.GetAsync();
        var again = Directory.CreateTempSubdirectory("multistage-").FullName;
        try
        {
            var project = Path.Combine(SuiteRun.Repository, "src", "MultiStage.Build.Tasks");
            string[] arguments = ["pack", project, "-c", "Release", "--no-build", $"-p:Version={feed.Version}", "-o", again];
            (await Dotnet.RunAsync(arguments, SuiteRun.Repository)).Succeeds();
            CollectionAssert.AreEqual(
                await File.ReadAllBytesAsync(feed.PackageFile),
                await File.ReadAllBytesAsync(Path.Combine(again, Path.GetFileName(feed.PackageFile)))
            );
        }
        finally
        {
            Directory.Delete(again, recursive: true);
        }
    }

    [TestMethod]
    public void It_leaves_to_MSBuild_what_is_its_own() =>
        // A second copy of a host's assembly would be loaded beside it, and no task would be recognised as one.
        Assert.IsEmpty(s_entries.Where(entry => Path.GetFileName(entry).StartsWith("Microsoft.Build", StringComparison.Ordinal)));

    [TestMethod]
    public void It_brings_no_dependency_into_a_project() =>
        Assert.IsEmpty(s_metadata.Descendants().Where(element => element.Name.LocalName == "dependency"));

    [TestMethod]
    public void It_is_a_development_dependency() => Assert.AreEqual("true", Metadata("developmentDependency"));

    [TestMethod]
    [DataRow("description")]
    [DataRow("authors")]
    [DataRow("license")]
    [DataRow("readme")]
    [DataRow("icon")]
    [DataRow("releaseNotes")]
    [DataRow("tags")]
    public void It_says_its(string metadata) => Assert.AreNotEqual("", Metadata(metadata));

    private static string Metadata(string name) =>
        s_metadata.Elements().SingleOrDefault(element => element.Name.LocalName == name)?.Value ?? "";
}
