using MultiStage.Build.Budgets;
using MultiStage.Build.Diagnostics;
using MultiStage.Build.Pipeline;
using MultiStage.Build.Projects;

namespace MultiStage.Build.Tests.Pipeline;

/// <summary>What an engine has to be, so that every target works with it: three interfaces and nothing else.</summary>
[TestClass]
public sealed class NewEngineTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly LogOfTarget _log = new();

    public required TestContext TestContext { get; init; }

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    public async Task An_engine_of_three_interfaces_takes_an_image_from_its_Dockerfile_to_a_registry()
    {
        var engine = new StubEngine();
        var run = await BuiltAsync(engine, noCache: "");
        await new MeasureTarget(run).RunAsync(TestContext.CancellationToken);
        new ReportTarget(run) { Copies = "" }.Run();
        await new EnforceTarget(run).RunAsync(CancellationToken.None);
        await new VerifyTarget(run)
        {
            Interval = "",
            Timeout = "",
            StartPeriod = "",
            Retries = "",
        }.RunAsync(TestContext.CancellationToken);

        await new PushTarget(run).RunAsync(TestContext.CancellationToken);
        var delivered = await new DeliverTarget(run).RunAsync(TestContext.CancellationToken);

        CollectionAssert.AreEqual(new[] { "registry.example/shop:1", "registry.example/shop:latest" }, delivered.Names);
        Assert.AreEqual("sha256:runtime", delivered.ImageId);
        Assert.AreEqual("2000", delivered.Size);
        Assert.StartsWith("sha256:", delivered.ManifestDigest);
        CollectionAssert.AreEqual(
            new[]
            {
                "ensure registry.example/base:1",
                "remove sha256:tools",
                "tag sha256:runtime registry.example/shop:1",
                "tag sha256:runtime registry.example/shop:latest",
                "push registry.example/shop:1",
                "push registry.example/shop:latest",
            },
            engine.Calls
        );
        Assert.IsEmpty(_log.Problems);
    }

    [TestMethod]
    public async Task A_build_without_a_cache_does_not_build_a_stage_with_a_budget_twice()
    {
        var engine = new StubEngine();

        await BuiltAsync(engine, noCache: "true");

        // The runtime stage takes from tools, and takes nothing from lint.
        CollectionAssert.AreEqual(
            new[] { "runtime True", "lint True", "tools False" },
            engine.Builds.Select(build => $"{build.Target} {build.NoCache}").ToList()
        );
    }

    [TestMethod]
    public async Task Images_that_were_built_to_be_measured_go_when_measuring_fails()
    {
        var engine = new StubEngine { Lost = "sha256:runtime" };
        var run = await BuiltAsync(engine, noCache: "");

        await Assert.ThrowsExactlyAsync<MultiStageException>(() => new MeasureTarget(run).RunAsync(TestContext.CancellationToken));

        Assert.Contains("remove sha256:tools", engine.Calls);
        Assert.Contains("remove sha256:lint", engine.Calls);
    }

    private async Task<TargetRun> BuiltAsync(StubEngine engine, string noCache)
    {
        _folder.Write("shop.proj", "<Project />");
        _folder.Write("app", "the app");
        _folder.Write(
            "Dockerfile",
            """
            FROM registry.example/base:1 AS tools
            COPY app /app

            FROM tools AS lint
            RUN check /app

            FROM registry.example/base:1 AS runtime
            COPY --from=tools /app /app

            """
        );
        var run = new TargetRun(_folder["shop.proj"], _folder.Folder("obj/multistage/runs/1"), _log) { OpenAsync = engine.OpenAsync };
        new StagesTarget(run)
        {
            ExistingDockerfile = "Dockerfile",
            BuildContext = "",
            PublishMode = "",
            OutputFolders = ["obj"],
            ArchiveOutputPath = "",
            RuntimeIdentifiers = ["linux-x64"],
            Settings = new()
            {
                BaseImage = "",
                SdkVersion = "",
                FrameworkVersion = "",
                Registry = "registry.example",
                Repository = "shop",
                Tags = ["1", "latest"],
            },
            Healthcheck = new() { FrameworkVersion = "" },
            Stages = StageFacts.None,
        }.Run();
        var dockerfile = new GenerateTarget(run) { Output = "", Target = "" }.Run();
        new BudgetsTarget(run)
        {
            Budgets = new BudgetProperties
            {
                Limits =
                [
                    new BudgetLimit("ContainerSizeBudget", "1MB"),
                    .. noCache.Length > 0 || engine.Lost is not null ? [Stage("lint"), Stage("tools")] : new[] { Stage("tools") },
                ],
            },
            Baseline = "shop.size.json",
            BaselineImage = "",
            TargetFramework = "",
            TargetFrameworks = "",
            Image = "",
            Archive = "",
            RuntimeIdentifier = "",
        }.Run();
        await new PullTarget(run)
        {
            Target = "",
            Engine = "auto",
            Builder = "",
        }.RunAsync(TestContext.CancellationToken);
        await new BuildTarget(run)
        {
            Dockerfile = dockerfile,
            Target = "",
            TargetTagSuffix = "",
            Engine = "auto",
            Builder = "",
            ArchiveOutputPath = "",
            Verify = "",
            NoCache = noCache,
        }.RunAsync(TestContext.CancellationToken);
        return run;
    }

    private static BudgetLimit Stage(string name) => new("ContainerStageBudget", "1MB") { Name = name };

    private sealed class LogOfTarget : ITargetLog
    {
        public List<string> Problems { get; } = [];

        public void Message(Verbosity verbosity, string text) { }

        public void Problem(DiagnosticSeverity severity, string? code, SourceLocation? place, string text, string? link) =>
            Problems.Add($"{code}: {text}");
    }
}
