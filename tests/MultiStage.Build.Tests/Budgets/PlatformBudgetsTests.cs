using System.Collections.Immutable;
using MultiStage.Build.Budgets;
using MultiStage.Build.Diagnostics;
using MultiStage.Build.Images;
using MultiStage.Build.Reporting;
using MultiStage.Build.Reporting.Ci;
using MultiStage.Build.Reporting.Console;
using MultiStage.Build.Reporting.Page;
using MultiStage.Build.Tests.Reporting;

namespace MultiStage.Build.Tests.Budgets;

[TestClass]
public sealed class PlatformBudgetsTests
{
    private static readonly Platform s_arm64 = Platform.Parse("linux/arm64");

    [TestMethod]
    [DataRow("linux-arm64")]
    [DataRow("linux/arm64/v8")]
    [DataRow("linux-musl-arm64")]
    public void A_limit_of_a_platform_stands_in_for_the_one_for_all(string platform)
    {
        var settings = Read(Item(platform, ("ContainerSizeBudget", "130MB"), ("ContainerLayerCountBudget", "9")));
        Assert.AreEqual("total 130000000, app 5000000, layerCount 9", Limits(settings.For(s_arm64)));
        Assert.AreEqual("total 120000000, app 5000000", Limits(settings.For(Platform.Parse("linux/amd64"))));
        // A warning begins at the same part of it.
        Assert.AreEqual(117_000_000, settings.For(s_arm64).Budgets[0].WarnAt);
    }

    [TestMethod]
    public void What_could_never_fail_is_an_error()
    {
        (ImmutableArray<ProjectItem> Items, DiagnosticDescriptor Code, string Says)[] wrong =
        [
            ([Item("linux-arm64", ("ContainerSizeBugdet", "1MB"))], Codes.BudgetPlatformUnknown, "ContainerSizeBugdet"),
            ([Item("linux-arm64")], Codes.BudgetPlatformUnknown, "sets no limit"),
            ([Item("arm-64", ("ContainerSizeBudget", "1MB"))], Codes.BudgetPlatformUnknown, "not a platform"),
            ([Item("linux-arm64", ("ContainerSizeBudget", "1 big"))], Codes.BudgetNotUnderstood, "ContainerSizeBudget for linux/arm64"),
            (
                [Item("linux-arm64", ("ContainerSizeBudget", "1MB")), Item("linux/arm64", ("ContainerSizeBudget", "2MB"))],
                Codes.BudgetTwice,
                "linux/arm64"
            ),
        ];
        foreach (var (items, code, says) in wrong)
        {
            Assert.Contains(says, Failure.Of(code, () => Read([.. items])).Message);
        }

        var stray = Read(Item("linux-s390x", ("ContainerSizeBudget", "1MB"))).OfPlatforms;
        Assert.Contains("linux/s390x", Failure.Of(Codes.BudgetPlatformUnknown, () => PlatformBudgets.Require(stray, [s_arm64])).Message);
        Assert.Contains("one alone", Failure.Of(Codes.BudgetPlatformUnknown, () => PlatformBudgets.Require(stray, [])).Message);
    }

    [TestMethod]
    public void The_platform_that_breaks_a_budget_comes_first_in_the_table_of_every_report()
    {
        SizeReport On(SizeReport report, string platform) =>
            report with
            {
                Image = $"web:1 ({platform})",
                Measured = report.Measured with { Sizes = report.Sizes with { Platform = Platform.Parse(platform) } },
            };
        var reports = SizeReport.WorstFirst([On(TestReports.Passing, "linux/amd64"), On(TestReports.Failing, "linux/arm64")]);
        var lines = PlatformTable.Write(reports).Split('\n');
        Assert.AreEqual("web:1  2 platforms, the worst first", lines[0]);
        Assert.StartsWith("  linux/arm64", lines[2]);
        Assert.Contains(" over (ContainerSizeBudget)", lines[2]);
        Assert.Contains(" left (ContainerSizeBudget)", lines[3]);

        var whole = reports[0] with { Platforms = [.. reports.Select(report => report with { PlatformFolder = "of-" + report.Passed })] };
        var markdown = MarkdownReport.Write(whole, []);
        Assert.Contains("**2 platforms, the worst first**\n\n| Platform | Size | App | Budget |\n| --- | ---: | ---: | --- |\n", markdown);
        Assert.IsLessThan(
            markdown.IndexOf("linux/amd64", StringComparison.Ordinal),
            markdown.IndexOf("linux/arm64", StringComparison.Ordinal)
        );
        Assert.DoesNotContain("platforms", MarkdownReport.Write(reports[0], []));
        var page = PageReport.Write(whole, null, report => $"platforms/{report.PlatformFolder}/a b.html");
        Assert.Contains("<a href=\"platforms/of-False/a%20b.html\">linux/arm64</a>", page);
        Assert.DoesNotContain("platforms-title", PageReport.Write(reports[0], null, _ => ""));
    }

    private static string Limits(BudgetSettings settings) =>
        string.Join(", ", settings.Budgets.Select(budget => $"{budget.Kind.Name} {budget.Limit}"));

    private static BudgetSettings Read(params ProjectItem[] items) =>
        BudgetReader.Read(
            new()
            {
                Limits = [new("ContainerSizeBudget", "120MB"), new("ContainerAppSizeBudget", "5MB")],
                Platforms = [.. items],
                WarnAt = "90%",
            }
        );

    private static ProjectItem Item(string platform, params (string Name, string Value)[] metadata) =>
        new("ContainerPlatformBudget", platform, null)
        {
            Metadata = metadata.ToImmutableSortedDictionary(pair => pair.Name, pair => pair.Value, StringComparer.OrdinalIgnoreCase),
        };
}
