using MultiStage.Build.Diagnostics;
using MultiStage.Build.Engines.Archives;
using MultiStage.Build.Images;
using MultiStage.Build.Pipeline;
using MultiStage.Build.Tests.Stages;

namespace MultiStage.Build.Tests.Pipeline;

/// <summary>The image that the .NET SDK writes into an archive.</summary>
[TestClass]
public sealed class SdkTargetTests
{
    private const string Configuration = """
        {"config":{"User":"1654","Env":["A=b=c"],"ExposedPorts":{"8080/tcp":{}},"Labels":{"team":"shop"},"WorkingDir":"/app/"},
        "rootfs":{"type":"layers","diff_ids":["sha256:1","sha256:2"]},"architecture":"arm64","variant":"v8","os":"linux",
        "history":[{"comment":"Imported"},{"created_by":"ENV A=b","empty_layer":true},{"created_by":".NET SDK Container Tooling"}]}
        """;

    [TestMethod]
    public void A_publish_that_reports_another_image_than_it_wrote_is_an_error()
    {
        using var folder = new TempFolder();
        folder.Write("runs/1/sdk/0/image.tar");
        var target = new SdkTarget(new(folder["App.csproj"], folder["runs/1"], new Silence()));

        Failure.Of(Codes.SdkImageUnusable, () => target.Take([new("{}", "", "sha256:of-another", "")], "", ""));
        Failure.Of(Codes.SdkImageUnusable, () => target.Take([], "", ""));
    }

    [TestMethod]
    public void It_publishes_into_the_runs_own_folder_and_delivers_nothing()
    {
        using var folder = new TempFolder();
        PipelineFile.Write(folder["runs/1/facts.json"], Samples.Web);

        var publish = new SdkTarget(new(folder["App.csproj"], folder["runs/1"], new Silence())).Prepare("linux-x64", "10.0.100");

        Assert.Contains(KeyValuePair.Create("RuntimeIdentifier", "linux-x64"), publish.Restore);
        Assert.Contains(KeyValuePair.Create("PublishMultiStage", "false"), publish.Restore);
        Assert.Contains(KeyValuePair.Create("ContainerRegistry", ""), publish.Publish);
        Assert.StartsWith(folder["runs/1"], publish.Platforms.Single().Single(property => property.Key == "PublishDir").Value);
    }

    [TestMethod]
    public async Task The_layer_of_the_SDK_is_the_apps_and_the_rest_is_the_base_images()
    {
        var store = Store(Configuration);

        var image = (await store.DescribeAsync("sha256:config", CancellationToken.None))!;
        var below = (await store.DescribeAsync("base", CancellationToken.None))!;

        Assert.AreEqual(Platform.Parse("linux/arm64"), image.Platform);
        Assert.AreEqual("b=c", image.Config.Env["A"]);
        Assert.AreEqual("8080/tcp", image.Config.ExposedPorts.Single());
        Assert.AreEqual("shop", image.Config.Labels["team"]);
        Assert.AreEqual("sha256:1", below.DiffIds.Single());
        Assert.HasCount(2, below.History);
    }

    [TestMethod]
    public async Task Of_an_image_that_the_SDK_has_not_layered_no_base_is_known() =>
        Assert.IsNull(
            await Store(Configuration.Replace(".NET SDK", "other", StringComparison.Ordinal)).DescribeAsync("base", CancellationToken.None)
        );

    [TestMethod]
    public void A_command_that_is_not_there_loads_nothing()
    {
        var problem = Assert.ThrowsExactly<MultiStageException>(() =>
            ArchiveLoad.RunAsync("no-such-program", "image.tar", CancellationToken.None).GetAwaiter().GetResult()
        );
        Assert.AreEqual(Codes.LoadFailed.Code, problem.Diagnostic.Descriptor.Code);
    }

    private static ArchiveStore Store(string configuration) =>
        new(new("", """{"config":{"digest":"sha256:config"}}""", "", "", configuration), "", new());

    private sealed class Silence : ITargetLog
    {
        public void Message(Verbosity verbosity, string text) { }

        public void Problem(DiagnosticSeverity severity, string? code, SourceLocation? place, string text, string? link = null) { }
    }
}
