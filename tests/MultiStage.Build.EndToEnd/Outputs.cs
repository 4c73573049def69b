using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using MultiStage.Build.EndToEnd.Harness;

namespace MultiStage.Build.EndToEnd;

/// <summary>What a script is told of an image that went somewhere.</summary>
[TestClass]
public sealed partial class Outputs : EndToEndTest
{
    [TestMethod]
    public async Task A_push_tells_its_names_and_the_digest_that_the_registry_has()
    {
        var web = await SingleWebAsync();

        var told = await ToldAsync(web, $"-p:ContainerRegistry={Registry.Open.Address}", "-p:ContainerImageTags=\"1.4.0;latest\"");

        var names = told["Items"]!["GeneratedContainerName"]!
            .AsArray()
            .Select(item => (string?)item!["Identity"])
            .Order(StringComparer.Ordinal);
        var image = $"{Registry.Open.Address}/{web.ImageName}";
        Assert.AreEqual($"{image}:1.4.0 {image}:latest", string.Join(' ', names));
        var digest = (string?)told["Properties"]!["GeneratedContainerDigest"];
        Assert.AreEqual(await Registry.Open.FindDigestAsync(web.ImageName, "latest"), digest);
        Assert.AreEqual(digest, (string?)told["Items"]!["GeneratedContainer"]![0]!["ManifestDigest"]);
    }

    [TestMethod]
    public async Task An_archive_in_a_folder_is_named_after_the_repository_and_told()
    {
        var web = await SingleWebAsync();
        var folder = Directory.CreateDirectory(Path.Combine(Workspace.Folder, "archives")).FullName;

        var told = await ToldAsync(web, $"-p:ContainerArchiveOutputPath={folder}");

        var path = Path.Combine(folder, $"{web.ImageName}.tar.gz");
        Assert.AreEqual(path, (string?)told["Properties"]!["GeneratedArchiveOutputPath"]);
        Assert.IsTrue(File.Exists(path));
    }

    [TestMethod]
    public async Task At_detailed_verbosity_the_log_says_what_each_phase_took()
    {
        var web = await SingleWebAsync();

        var publish = (await web.PublishAsync("-v:detailed")).Succeeds();

        var phases = publish
            .Lines.Select(line => Phase().Match(line))
            .Where(match => match.Success)
            .Select(match => match.Groups["done"].Value);
        Assert.AreEqual(
            "facts written, the build context read, Dockerfile written, base images found, context sent, image built, image measured, "
                + "image delivered",
            string.Join(", ", phases.Where(phase => !phase.StartsWith("the closure", StringComparison.Ordinal)))
        );
    }

    // Behind a message MSBuild may name its task.
    [GeneratedRegex(@"^\s+[0-9]+ ms  (?<done>[^(]+?)\s*(\([^)]*\)\s*)*$")]
    private static partial Regex Phase();

    private static async Task<JsonNode> ToldAsync(TestProject web, params string[] arguments)
    {
        var run = await web.DotnetAsync([
            "msbuild",
            web.ProjectFile,
            "-restore",
            "-t:PublishMultiStage",
            $"-p:ContainerRepository={web.ImageName}",
            "-getItem:GeneratedContainer",
            "-getItem:GeneratedContainerName",
            "-getProperty:GeneratedContainerDigest",
            "-getProperty:GeneratedArchiveOutputPath",
            .. arguments,
        ]);
        return JsonNode.Parse(run.Succeeds().Output)!;
    }
}
