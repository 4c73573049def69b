using MultiStage.Build.Budgets;
using MultiStage.Build.Diagnostics;

namespace MultiStage.Build.Tests.Budgets;

[TestClass]
public sealed class BudgetReaderTests
{
    private static readonly SetBudgets s_none = new();

    [TestMethod]
    [DataRow("", DiagnosticSeverity.Error)]
    [DataRow(" ", DiagnosticSeverity.Error)]
    [DataRow("error", DiagnosticSeverity.Error)]
    [DataRow("Error ", DiagnosticSeverity.Error)]
    [DataRow("WARNING", DiagnosticSeverity.Warning)]
    public void A_severity_is_read_in_any_case(string text, DiagnosticSeverity severity) =>
        Assert.AreEqual(severity, (s_none with { Severity = text }).Read().Severity);

    [TestMethod]
    [DataRow("none")]
    [DataRow("warn")]
    [DataRow("1")]
    public void Another_severity_is_an_error(string text) =>
        Fails(
            s_none with
            {
                Severity = text,
            },
            Codes.ValueNotUnderstood,
            "ContainerSizeBudgetSeverity",
            $"ContainerSizeBudgetSeverity is '{text}'; it takes error or warning."
        );

    [TestMethod]
    public void Only_a_budget_that_is_set_is_one()
    {
        Assert.IsEmpty((s_none with { Total = " " }).Read().Budgets);
        Assert.AreEqual(new Budget(BudgetKinds.Total, 120_000_000), (s_none with { Total = "120MB" }).Read().Budgets.Single());
        Fails(
            s_none with
            {
                Total = "5%",
            },
            Codes.BudgetNotUnderstood,
            "ContainerSizeBudget",
            "ContainerSizeBudget is '5%', which is not a valid size: a percentage is not a size."
        );
    }

    [TestMethod]
    public void Budgets_come_in_one_order_whatever_the_projects()
    {
        var budgets = new SetBudgets
        {
            Stages = [new("builder", "900MB"), new("test", "1GB")],
            Paths = [new("b", "/b", "2B"), new("a", "/a/**", "1B")],
            Wasted = "1kB",
            Compressed = "2kB",
            LayerCount = "12",
            Layer = "3kB",
            App = "4kB",
            Total = "5kB",
        }
            .Read()
            .Budgets;

        CollectionAssert.AreEqual(
            new[]
            {
                "total 5000 ContainerSizeBudget",
                "app 4000 ContainerAppSizeBudget",
                "layer 3000 ContainerLayerSizeBudget",
                "layerCount 12 ContainerLayerCountBudget",
                "compressed 2000 ContainerCompressedSizeBudget",
                "wasted 1000 ContainerWastedSizeBudget",
                "path 2 ContainerPathBudget b /b",
                "path 1 ContainerPathBudget a /a/**",
                "stage 900000000 ContainerStageBudget builder",
                "stage 1000000000 ContainerStageBudget test",
            },
            budgets.Select(budget => $"{budget.Kind} {budget.Limit} {budget.Kind.Setting} {budget.Name} {budget.Path}".TrimEnd()).ToArray()
        );
    }

    [TestMethod]
    [DataRow("0")]
    [DataRow("-3")]
    [DataRow("1.5")]
    [DataRow("ten")]
    [DataRow("12MB")]
    [DataRow("99999999999")]
    public void A_number_of_layers_is_a_whole_number(string text) =>
        Fails(
            s_none with
            {
                LayerCount = text,
            },
            Codes.ValueNotUnderstood,
            "ContainerLayerCountBudget",
            $"ContainerLayerCountBudget is '{text}'; it takes a whole number of layers, at least 1."
        );

    [TestMethod]
    public void An_item_says_what_it_lacks()
    {
        Fails(
            s_none with
            {
                Paths = [new("assets", "", "1MB")],
            },
            Codes.BudgetIncomplete,
            "ContainerPathBudget",
            "The ContainerPathBudget item 'assets' has no Path. Write Path=\"/app/wwwroot/**\" or the like."
        );
        Fails(
            s_none with
            {
                Paths = [new("assets", "/app", " ")],
            },
            Codes.BudgetIncomplete,
            "ContainerPathBudget",
            "The ContainerPathBudget item 'assets' has no Max. Write Max=\"20MB\" or the like."
        );
        Fails(
            s_none with
            {
                Stages = [new("builder", "")],
            },
            Codes.BudgetIncomplete,
            "ContainerStageBudget",
            "The ContainerStageBudget item 'builder' has no Max."
        );
        Fails(
            s_none with
            {
                Paths = [new("assets", "app/wwwroot", "1MB")],
            },
            Codes.ValueNotUnderstood,
            "ContainerPathBudget",
            "ContainerPathBudget 'assets' Path is 'app/wwwroot'; it takes an absolute path in the image"
        );
        Fails(
            s_none with
            {
                Paths = [new("assets", "/app", "1 meg")],
            },
            Codes.BudgetNotUnderstood,
            "ContainerPathBudget",
            "Max of ContainerPathBudget 'assets' is '1 meg', which is not a valid size: 'meg' is not a unit."
        );
        Fails(
            s_none with
            {
                Stages = [new("builder", "1MB"), new("Builder", "2MB")],
            },
            Codes.BudgetTwice,
            "ContainerStageBudget",
            "There are two ContainerStageBudget items 'builder'"
        );
    }

    [TestMethod]
    public void A_percentage_warns_below_every_limit_and_a_size_below_the_images()
    {
        var both = s_none with { Total = "1000", LayerCount = "7", Paths = [new("a", "/a", "10")] };
        CollectionAssert.AreEqual(
            new long?[] { 900, 6, 9 },
            (both with { WarnAt = "90%" }).Read().Budgets.Select(budget => budget.WarnAt).ToArray()
        );
        CollectionAssert.AreEqual(
            new long?[] { 955, 6, 9 },
            (both with { WarnAt = " 95.5 % " }).Read().Budgets.Select(budget => budget.WarnAt).ToArray()
        );
        CollectionAssert.AreEqual(
            new long?[] { 999, null, null },
            (both with { WarnAt = "999B" }).Read().Budgets.Select(budget => budget.WarnAt).ToArray()
        );
    }

    [TestMethod]
    [DataRow("1000", "it is not below ContainerSizeBudget")]
    [DataRow("0%", "a percentage lies between 0 and 100")]
    [DataRow("100%", "a percentage lies between 0 and 100")]
    [DataRow("-5%", "a percentage lies between 0 and 100")]
    [DataRow("most%", "a percentage lies between 0 and 100")]
    public void A_point_that_makes_no_sense_is_an_error(string text, string reason) =>
        Fails(
            s_none with
            {
                Total = "1000",
                WarnAt = text,
            },
            Codes.WarnAtUnusable,
            "ContainerSizeBudgetWarnAt",
            $"ContainerSizeBudgetWarnAt is '{text}', and {reason}. Write"
        );

    [TestMethod]
    public void A_point_below_nothing_is_an_error()
    {
        Fails(
            s_none with
            {
                WarnAt = "90%",
            },
            Codes.WarnAtUnusable,
            "ContainerSizeBudgetWarnAt",
            "ContainerSizeBudgetWarnAt is '90%', and there is no budget that it could be a part of."
        );
        Fails(
            s_none with
            {
                App = "1MB",
                WarnAt = "1kB",
            },
            Codes.WarnAtUnusable,
            "ContainerSizeBudgetWarnAt",
            "ContainerSizeBudgetWarnAt is '1kB', and a size is a point below ContainerSizeBudget, which is not set."
        );
        Fails(
            s_none with
            {
                Total = "1MB",
                WarnAt = "soon",
            },
            Codes.BudgetNotUnderstood,
            "ContainerSizeBudgetWarnAt",
            "ContainerSizeBudgetWarnAt is 'soon', which is not a valid size"
        );
    }

    private static void Fails(SetBudgets properties, DiagnosticDescriptor kind, string about, string says)
    {
        var diagnostic = Assert.ThrowsExactly<MultiStageException>(() => properties.Read()).Diagnostic;
        Assert.AreEqual(kind, diagnostic.Descriptor);
        Assert.AreEqual(about, diagnostic.About);
        Assert.StartsWith(says, diagnostic.Message);
    }
}
