using System.Formats.Tar;
using MultiStage.Build.Budgets;
using MultiStage.Build.Budgets.Baselines;
using MultiStage.Build.Images;
using MultiStage.Build.Measurement;
using MultiStage.Build.Tests.Measurement;
using static MultiStage.Build.Tests.Measurement.LayerSizesTests;
using static MultiStage.Build.Tests.Measurement.TestArchive;

namespace MultiStage.Build.Tests.Budgets;

/// <summary>How much of an image is read is decided by what its budgets need.</summary>
[TestClass]
public sealed class BudgetedMeasurementTests
{
    private static readonly ImageDescription s_image = Image(
        ["sha256:l0", "sha256:l1"],
        ("COPY 0 / # buildkit", 1_000_000),
        ("ENV a=b", 0),
        ("COPY 1 / # buildkit", 300)
    ) with
    {
        Config = new() { WorkingDir = "/app/" },
    };

    private static readonly ImageDescription s_base = Image(["sha256:l0"], ("COPY 0 / # buildkit", 1_000_000), ("ENV a=b", 0)) with
    {
        Id = "base-id",
    };

    private static readonly byte[] s_folder = Tar(
        new PaxTarEntry(TarEntryType.Directory, "app/"),
        File("app/a", 100),
        File("app/sub/b", 200)
    );

    public required TestContext TestContext { get; init; }

    [TestMethod]
    public async Task Budgets_of_layers_need_the_history_alone()
    {
        var (measured, verdicts) = await RunAsync(
            Source(),
            new()
            {
                Total = "2MB",
                App = "1MB",
                Layer = "1MB",
                LayerCount = "2",
            }
        );
        Assert.IsNull(measured.Breakdown);
        Assert.IsTrue(verdicts.All(verdict => verdict.Status == VerdictStatus.Passed));
    }

    [TestMethod]
    public async Task A_broken_budget_is_explained_by_the_apps_folder_alone()
    {
        var (measured, verdicts) = await RunAsync(Source(Folder()), new() { Total = "500kB" });
        Assert.AreEqual(VerdictStatus.Failed, verdicts.Single().Status);
        Assert.AreEqual("/app", measured.Breakdown!.Folder);
        Assert.AreEqual(
            "/app/a 100 1, /app/sub/b 200 1",
            string.Join(", ", measured.Breakdown.Files.Select(file => $"{file.Path} {file.Bytes} {file.Layer}"))
        );
        Assert.AreEqual(0, measured.Breakdown.WastedBytes);
    }

    [TestMethod]
    public async Task Budgets_of_paths_and_waste_are_decided_by_the_folder_where_it_holds_all_of_the_app()
    {
        var (_, verdicts) = await RunAsync(Source(Folder()), new() { Wasted = "1", Paths = [new("sub", "/app/sub/**", "200")] });
        Assert.AreEqual("0 Passed, 200 Passed", string.Join(", ", verdicts.Select(verdict => $"{verdict.Value} {verdict.Status}")));
    }

    [TestMethod]
    public async Task A_path_beyond_the_folder_needs_the_archive()
    {
        var (measured, verdicts) = await RunAsync(Source(Folder(), archive: true), new() { Paths = [new("all", "/**/b", "10")] });
        Assert.IsTrue(measured.Breakdown!.IsWhole);
        Assert.AreEqual((3, VerdictStatus.Passed), (verdicts.Single().Value, verdicts.Single().Status));
    }

    [TestMethod]
    public async Task Bytes_that_are_not_in_the_folder_need_the_archive_where_waste_is_limited()
    {
        var folder = new Dictionary<(string, string), byte[]> { [("sha256:i", "/app")] = Tar(File("app/a", 100)) };
        Assert.IsTrue((await RunAsync(Source(folder, archive: true), new() { Wasted = "1kB" })).Measured.Breakdown!.IsWhole);
        var explained = (await RunAsync(Source(folder), new() { Total = "500kB" })).Measured.Breakdown!;
        Assert.AreEqual(200, explained.Gaps.Single().Bytes);
        Assert.IsNull(explained.WastedBytes);
    }

    [TestMethod]
    public async Task A_folder_that_the_base_image_has_too_needs_the_archive()
    {
        var folders = Folder();
        folders[("base-id", "/app")] = Tar(File("app/old", 1));
        Assert.IsTrue((await RunAsync(Source(folders, archive: true), new() { Total = "500kB" })).Measured.Breakdown!.IsWhole);
    }

    [TestMethod]
    public async Task An_image_that_was_read_from_end_to_end_is_not_read_again()
    {
        var first = await RunAsync(Source(archive: true, exactHistory: false), new() { Total = "2MB" });
        Assert.IsTrue(first.Measured.Breakdown!.IsWhole);
        var again = await RunAsync(Source(exactHistory: false), new() { Total = "2MB", Wasted = "1kB" }, first.Measured);
        Assert.AreSame(first.Measured.Breakdown, again.Measured.Breakdown);
        // Another base image makes other layers the app's.
        var other = new FakeImageSource(("id", s_image), ("base", s_base with { DiffIds = ["sha256:other"] }))
        {
            HistorySizesAreExact = false,
            Archive = Archive,
        };
        Assert.AreNotSame(first.Measured.Breakdown, (await RunAsync(other, new(), first.Measured)).Measured.Breakdown);
    }

    [TestMethod]
    public async Task A_pull_size_is_estimated_only_where_a_budget_limits_it()
    {
        var (measured, verdicts) = await RunAsync(Source(archive: true), new() { Compressed = "1MB" });
        Assert.IsTrue(measured.Compressed!.IsEstimate);
        Assert.AreEqual((VerdictStatus.Passed, true), (verdicts.Single().Status, verdicts.Single().IsEstimate));
    }

    [TestMethod]
    public async Task A_stage_is_held_against_its_own_image()
    {
        var settings = new SetBudgets { Stages = [new("builder", "1GB"), new("runtime", "1MB")] }.Read();
        var source = new FakeImageSource(
            ("id", s_image with { Id = "sha256:i" }),
            ("base", s_base),
            ("builder-id", Image(["sha256:b"], ("COPY . .", 900_000_000)))
        )
        {
            Folders = Folder(),
        };
        var request = new MeasureRequest(source, "id", "base") { Stages = ["runtime"], StageImages = StageImages("builder") };
        var (_, verdicts) = await BudgetedMeasurement.RunAsync(request, settings, TestContext.CancellationToken);
        Assert.AreEqual(
            "900000000 Passed, 1000300 Failed",
            string.Join(", ", verdicts.Select(verdict => $"{verdict.Value} {verdict.Status}"))
        );
    }

    [TestMethod]
    [DataRow(100_002, VerdictStatus.Failed)]
    [DataRow(100_003, VerdictStatus.Passed)]
    internal async Task A_stage_that_symlinks_may_put_over_its_budget_is_read_to_the_byte(long limit, VerdictStatus status)
    {
        var settings = new SetBudgets
        {
            Stages = [new("builder", limit.ToString(System.Globalization.CultureInfo.InvariantCulture))],
        }.Read();
        var source = new FakeImageSource(
            ("id", s_image with { Id = "sha256:i" }),
            ("base", s_base),
            ("builder-id", Image(["sha256:l0"], ("COPY 0 /", 100_000)))
        )
        {
            Archive = () => Oci(Tar(File("a", 100_000), Link(TarEntryType.SymbolicLink, "b", "abc"))),
            Folders = Folder(),
        };
        var gated = await BudgetedMeasurement.RunAsync(
            new MeasureRequest(source, "id", "base") { StageImages = StageImages("builder", "same") },
            settings,
            TestContext.CancellationToken
        );
        Assert.AreEqual((status, (long?)100_003), (gated.Verdicts.Single().Status, gated.Verdicts.Single().Value));
        Assert.AreEqual(100_003, gated.Measured.StageBytes["SAME"]);
    }

    [TestMethod]
    [DataRow("2", VerdictStatus.Failed)]
    [DataRow("3", VerdictStatus.Passed)]
    internal async Task A_growth_that_symlinks_may_put_over_its_budget_is_read_to_the_byte(string growth, VerdictStatus status)
    {
        var source = new FakeImageSource(("id", Image(["sha256:l0"], ("COPY 0 /", 100_000))))
        {
            Archive = () => Oci(Tar(File("a", 100_000), Link(TarEntryType.SymbolicLink, "b", "abc"))),
        };
        var baseline = new BaselineFound(
            new("unpacked-bytes/1", Platform.Parse("linux/amd64"), null, 100_000, [new("COPY 0 /", 100_000)]),
            "web.size.json"
        );
        var gated = await BudgetedMeasurement.RunAsync(
            new MeasureRequest(source, "id", null) { Baseline = baseline },
            new SetBudgets { Growth = growth }.Read(),
            TestContext.CancellationToken
        );
        Assert.AreEqual((status, (long?)3), (gated.Verdicts.Single().Status, gated.Verdicts.Single().Value));
    }

    [TestMethod]
    public async Task A_growth_over_an_image_is_the_difference_of_two_exact_sizes()
    {
        var source = new FakeImageSource(("id", Image(["sha256:l0"], ("COPY 0 /", 100_000))))
        {
            Archive = () => Oci(Tar(File("a", 100_000), Link(TarEntryType.SymbolicLink, "b", "abc"))),
        };
        var baseline = await BaselineImage.MeasureAsync(source, "id", null, TestContext.CancellationToken);
        var gated = await BudgetedMeasurement.RunAsync(
            new MeasureRequest(source, "id", null) { Baseline = baseline },
            new SetBudgets { Growth = "0" }.Read(),
            TestContext.CancellationToken
        );
        Assert.AreEqual((VerdictStatus.Passed, (long?)0), (gated.Verdicts.Single().Status, gated.Verdicts.Single().Value));
        Assert.IsTrue(gated.Measured.Sizes.Exact);
    }

    private static System.Collections.Immutable.ImmutableDictionary<string, string> StageImages(params string[] stages) =>
        System.Collections.Immutable.ImmutableDictionary.CreateRange(stages.Select(stage => KeyValuePair.Create(stage, "builder-id")));

    private static Dictionary<(string, string), byte[]> Folder() => new() { [("sha256:i", "/app")] = s_folder };

    private static Stream Archive() => Oci(Tar(File("x", 1_000_000)), Tar(File("app/a", 100), File("app/sub/b", 3)));

    private static FakeImageSource Source(
        Dictionary<(string, string), byte[]>? folders = null,
        bool archive = false,
        bool exactHistory = true
    ) =>
        new(("id", s_image with { Id = "sha256:i" }), ("base", s_base))
        {
            HistorySizesAreExact = exactHistory,
            Folders = folders ?? [],
            Archive = archive ? Archive : null,
        };

    private async Task<BudgetedImage> RunAsync(FakeImageSource source, SetBudgets budgets, MeasuredImage? known = null) =>
        await BudgetedMeasurement.RunAsync(
            new MeasureRequest(source, "id", "base") { Known = known },
            budgets.Read(),
            TestContext.CancellationToken
        );
}
