using MultiStage.Build.Budgets;
using MultiStage.Build.Tests.Measurement;
using static MultiStage.Build.Tests.Measurement.LayerSizesTests;
using static MultiStage.Build.Tests.Measurement.TestArchive;

namespace MultiStage.Build.Tests.Budgets;

[TestClass]
public sealed class ExactnessCheckTests
{
    public required TestContext TestContext { get; init; }

    [TestMethod]
    [DataRow(202_000, DisplayName = "with room to spare")]
    public async Task A_verdict_that_symlinks_cannot_change_needs_no_archive(long limit)
    {
        var (measured, verdicts) = await MeasureAsync(limit, archive: null);
        Assert.AreEqual(100_000, measured.Sizes.Total);
        Assert.AreEqual(limit > 100_000, verdicts.Single().Passed);
    }

    [TestMethod]
    [DataRow(100_002, false)]
    [DataRow(100_003, true)]
    [DataRow(150_000, true)]
    public async Task A_verdict_that_symlinks_may_change_is_decided_to_the_byte(long limit, bool passes)
    {
        var (measured, verdicts) = await MeasureAsync(limit, () =>
            Oci(Tar(File("a", 100_000), Link(System.Formats.Tar.TarEntryType.SymbolicLink, "b", "abc")))
        );
        Assert.AreEqual(100_003, measured.Sizes.Total);
        Assert.AreEqual(passes, verdicts.Single().Passed);
        Assert.IsTrue(measured.Sizes.Exact);
    }

    [TestMethod]
    public async Task Without_budgets_nothing_needs_deciding()
    {
        var source = new FakeImageSource(("id", Image(["sha256:l0"], ("COPY 0 /", 100_000))));
        Assert.IsEmpty(
            (await BudgetedMeasurement.RunAsync(new(source, "id", null), BudgetSettings.None, TestContext.CancellationToken)).Verdicts
        );
    }

    private async Task<BudgetedImage> MeasureAsync(long limit, Func<Stream>? archive)
    {
        var source = new FakeImageSource(("id", Image(["sha256:l0"], ("COPY 0 /", 100_000)))) { Archive = archive };
        return await BudgetedMeasurement.RunAsync(
            new(source, "id", null),
            new SetBudgets { Total = limit.ToString(System.Globalization.CultureInfo.InvariantCulture) }.Read(),
            TestContext.CancellationToken
        );
    }
}
