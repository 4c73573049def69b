using MultiStage.Build.Budgets;
using MultiStage.Build.Diagnostics;
using MultiStage.Build.Measurement;
using MultiStage.Build.Tests.Reporting;

namespace MultiStage.Build.Tests.Budgets;

[TestClass]
public sealed class PushedSizeTests
{
    private static readonly BudgetSettings s_settings = new SetBudgets { Total = "1GB", Compressed = "100MB" }.Read();

    private static readonly MeasuredImage s_measured = new(GrownReport.Sizes) { Compressed = new(99_000_000, IsEstimate: true) };

    [TestMethod]
    [DataRow(99_999_999)]
    [DataRow(100_000_000)]
    public void What_the_registry_stores_may_be_as_large_as_the_limit(long bytes) => Assert.IsNull(Problem(bytes));

    [TestMethod]
    public void One_byte_more_is_told_though_the_image_is_pushed()
    {
        var problem = Problem(100_000_001)!;
        Assert.AreEqual("MULTISTAGE4007", problem.Descriptor.Code);
        Assert.AreEqual("ContainerCompressedSizeBudget", problem.About);
        Assert.AreEqual(
            "The pull size of image 'web:1' is 100.000001 MB, 1 B (<0.1 %) over its 100 MB budget. The app's largest layer is 'COPY "
                + "--link --from=builder /publish/ /app/' and takes 77.8 MB. "
                + "The registry has it already: what it stores could only be estimated before. Make it smaller and push it again, or "
                + "raise ContainerCompressedSizeBudget.",
            problem.Message
        );
    }

    [TestMethod]
    public void What_the_estimate_told_already_is_not_told_again() => Assert.IsNull(Problem(120_000_000, estimate: 120_000_000));

    [TestMethod]
    public void Only_a_budget_of_the_pull_size_asks_the_registry()
    {
        Assert.IsTrue(PushedSize.Matters(s_settings));
        Assert.IsFalse(PushedSize.Matters(new SetBudgets { Total = "1GB" }.Read()));
    }

    private static Diagnostic? Problem(long bytes, long estimate = 99_000_000)
    {
        var measured = s_measured with { Compressed = new(estimate, IsEstimate: true) };
        var clock = Clock.At("2026-11-25T12:00:00Z");
        var before = ImageVerdicts.Of(measured, s_settings, null, clock).Single(verdict => verdict.Kind == BudgetKinds.Compressed);
        return PushedSize.Problem(before, PushedSize.Of(measured, s_settings, bytes, clock), measured, "web:1", DiagnosticSeverity.Error);
    }
}
