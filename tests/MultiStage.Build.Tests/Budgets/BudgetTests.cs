using CsCheck;
using MultiStage.Build.Budgets;
using MultiStage.Build.Diagnostics;
using MultiStage.Build.Images;
using MultiStage.Build.Measurement;

namespace MultiStage.Build.Tests.Budgets;

[TestClass]
public sealed class BudgetTests
{
    [TestMethod]
    public void An_image_passes_up_to_its_limit_and_not_a_byte_more() =>
        Gen.Select(Gen.Long[1, 1_000_000_000_000], Gen.Long[-3, 3])
            .Sample(
                (limit, over) =>
                {
                    var sizes = Sizes(Math.Max(0, limit + over));
                    var verdict = BudgetEvaluator.Evaluate(new(sizes), [new Budget(BudgetKinds.Total, limit)]).Single();
                    return verdict
                        == new Verdict(
                            new Budget(BudgetKinds.Total, limit),
                            sizes.Total,
                            over <= 0 ? VerdictStatus.Passed : VerdictStatus.Failed
                        );
                }
            );

    [TestMethod]
    public void No_budget_no_verdict() => Assert.IsEmpty(BudgetEvaluator.Evaluate(new(Sizes(1)), []));

    [TestMethod]
    public void A_broken_budget_names_image_size_limit_cause_and_outcome()
    {
        var diagnostic = Broken(
            DiagnosticSeverity.Error,
            320_000_000,
            (210_300_000, "# debian.sh", true),
            (77_300_000, "COPY pub/ .", false),
            (36_700_000, "RUN make", false)
        );
        Assert.AreEqual(
            "Image 'web:1.4.0' is 324.3 MB, 4.3 MB (1.3 %) over its 320 MB budget. The app's largest layer is 'COPY pub/ .' and takes "
                + "77.3 MB. "
                + "The rejected image is 5f2b8c1d9e0a; no tag was moved and nothing was pushed. Make it smaller, or raise "
                + "ContainerSizeBudget.",
            diagnostic.Message
        );
        Assert.AreEqual("MULTISTAGE4001", diagnostic.Descriptor.Code);
        Assert.AreEqual(DiagnosticSeverity.Error, diagnostic.Descriptor.Severity);
        Assert.AreEqual("ContainerSizeBudget", diagnostic.About);
    }

    [TestMethod]
    public void A_warning_says_that_the_image_is_delivered()
    {
        var diagnostic = Broken(DiagnosticSeverity.Warning, 120_000_000, (120_000_001, "# debian.sh", true));
        Assert.AreEqual(
            "Image 'web:1.4.0' is 120.000001 MB, 1 B (<0.1 %) over its 120 MB budget. "
                + "It is delivered all the same, as 5f2b8c1d9e0a, because ContainerSizeBudgetSeverity is warning.",
            diagnostic.Message
        );
        Assert.AreEqual(DiagnosticSeverity.Warning, diagnostic.Descriptor.Severity);
    }

    [TestMethod]
    public void A_layer_without_an_instruction_is_told_by_its_size() =>
        Assert.Contains(
            "budget. The app's largest layer takes 5 MB. The",
            Broken(DiagnosticSeverity.Error, 1_000_000, (5_000_000, "", false)).Message
        );

    [TestMethod]
    public void A_long_instruction_is_shortened() =>
        Assert.Contains(
            "is 'RUN xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…' and",
            Broken(DiagnosticSeverity.Error, 1, (2, "RUN " + new string('x', 500), false)).Message
        );

    private static Diagnostic Broken(DiagnosticSeverity severity, long limit, params (long Bytes, string CreatedBy, bool IsBase)[] layers)
    {
        var shared = layers.Where(layer => layer.IsBase).ToList();
        var sizes = new ImageSizes(
            "sha256:5f2b8c1d9e0a4b7c5f2b8c1d9e0a4b7c5f2b8c1d9e0a4b7c5f2b8c1d9e0a4b7c",
            Platform.Parse("linux/amd64"),
            new ImageBase("debian:12", shared.Sum(layer => layer.Bytes), shared.Count),
            [.. layers.Select(layer => new LayerSize(null, layer.CreatedBy, layer.Bytes, layer.IsBase))],
            true
        );
        var verdict = BudgetEvaluator.Evaluate(new(sizes), [new Budget(BudgetKinds.Total, limit)]).Single();
        return BudgetDiagnostics.Of(verdict, new(sizes), "web:1.4.0", severity)!;
    }

    private static ImageSizes Sizes(long total) =>
        new("sha256:1", Platform.Parse("linux/amd64"), null, [new LayerSize("sha256:2", "COPY . .", total, false)], true);
}
