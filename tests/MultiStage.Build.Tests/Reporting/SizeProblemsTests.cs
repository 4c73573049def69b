using MultiStage.Build.Budgets;
using MultiStage.Build.Budgets.Baselines;
using MultiStage.Build.Diagnostics;
using MultiStage.Build.Images;
using MultiStage.Build.Measurement;
using MultiStage.Build.Measurement.Files;
using MultiStage.Build.Reporting;
using MultiStage.Build.Reporting.Console;
using MultiStage.Build.Tests.Budgets;

namespace MultiStage.Build.Tests.Reporting;

[TestClass]
public sealed class SizeProblemsTests
{
    private const string Before = "2027-03-31T23:59:59.9999999Z";
    private const string After = "2027-04-01T00:00:00Z";

    // The image of the waivers below, of 100 bytes more or less.
    private const long Limit = 1_000_000;
    private const long Ceiling = 1_200_000;

    [TestMethod]
    [DataRow(Limit, Before, "", true, DisplayName = "kept")]
    [DataRow(Limit + 1, Before, "MULTISTAGE4037", true, DisplayName = "waived by one byte")]
    [DataRow(Ceiling - 1, Before, "MULTISTAGE4037", true)]
    [DataRow(Ceiling, Before, "MULTISTAGE4037", true, DisplayName = "at the ceiling, in the last moment")]
    [DataRow(Ceiling + 1, Before, "MULTISTAGE4001", false, DisplayName = "a byte above the ceiling")]
    [DataRow(Limit + 1, After, "MULTISTAGE4036 MULTISTAGE4001", false, DisplayName = "over, in the first moment after")]
    [DataRow(Limit, After, "MULTISTAGE4036", false, DisplayName = "kept, and the waiver forgotten")]
    public void A_waiver_lets_a_budget_be_broken_up_to_its_ceiling_and_its_end(long bytes, string now, string codes, bool passes)
    {
        var settings = new SetBudgets
        {
            Total = "1MB",
            Waivers = [new("ContainerSizeBudget", "2027-03-31", "the fonts move to a CDN", "1.2MB")],
        }.Read();
        var report = Report(bytes, settings, now);
        Assert.AreEqual(codes, string.Join(' ', Problems(report, settings).Select(diagnostic => diagnostic.Descriptor.Code)));
        Assert.AreEqual(passes, report.Passed);
        foreach (
            var diagnostic in Problems(report, settings)
                .Where(diagnostic => diagnostic.Descriptor.Code is "MULTISTAGE4036" or "MULTISTAGE4037")
        )
        {
            Assert.Contains("the fonts move to a CDN", diagnostic.Message);
        }
    }

    [TestMethod]
    public void An_expired_waiver_names_itself()
    {
        var settings = new SetBudgets
        {
            Total = "1MB",
            Waivers = [new("ContainerSizeBudget", "2027-03-31", "the fonts move to a CDN.", "1.2MB")],
        }.Read();
        var problem = Problems(Report(Limit, settings, After), settings).Single();
        Assert.AreEqual(
            "The waiver for ContainerSizeBudget ended on 2027-03-31 (UTC). Its reason was: the fonts move to a CDN. The budget is kept "
                + "without it: remove it.",
            problem.Message
        );
        Assert.AreEqual("ContainerBudgetWaiver", problem.About);
        Assert.AreEqual(Codes.WaiverExpired, problem.Descriptor);
    }

    [TestMethod]
    [DataRow("ContainerSizeBudget", "1MB", "its AllowUpTo '1MB' is not above the budget")]
    [DataRow("ContainerSizeBudget", "much", "its AllowUpTo 'much' is not a valid size: it does not begin with a digit")]
    [DataRow("ContainerLayerCountBudget", "20MB", "its AllowUpTo '20MB' is not a valid number of layers")]
    [DataRow("ContainerSizeGrowthBudget", "1%", "its AllowUpTo '1%' is not above the budget")]
    [DataRow("ContainerSizeGrowthBudget", "much", "its AllowUpTo 'much' is not a valid growth: it does not begin with a digit")]
    [DataRow(
        "ContainerAppSizeBudget",
        "2MB",
        "there is no such budget; the budgets are ContainerSizeBudget, ContainerLayerCountBudget, assets, ContainerSizeGrowthBudget"
    )]
    public void A_waiver_that_cannot_count_is_an_error_before_the_build(string budget, string allowUpTo, string why)
    {
        var properties = new SetBudgets
        {
            Total = "1MB",
            LayerCount = "10",
            Growth = "5%",
            Paths = [new("assets", "/app/wwwroot/**", "1MB")],
            Waivers = [new(budget, "2027-03-31", "why", allowUpTo)],
        };
        Assert.StartsWith(
            $"The ContainerBudgetWaiver '{budget}' cannot be used: {why}.",
            Failure.Of(Codes.WaiverNotUnderstood, () => properties.Read()).Message
        );
    }

    [TestMethod]
    public void Two_waivers_for_one_budget_are_an_error() =>
        Failure.Of(Codes.WaiverNotUnderstood, () =>
            new SetBudgets
            {
                Total = "1MB",
                Waivers = [new("ContainerSizeBudget", "2027-03-31", "a", "2MB"), new("containersizebudget", "2027-04-30", "b", "3MB")],
            }.Read()
        );

    [TestMethod]
    [DataRow(1_049_990, "", true, DisplayName = "4.999 %")]
    [DataRow(1_050_000, "", true, DisplayName = "5 %")]
    [DataRow(1_050_001, "MULTISTAGE4030", false, DisplayName = "5 % and a byte")]
    [DataRow(1_080_000, "MULTISTAGE4030", false)]
    public void Growth_is_held_against_the_baseline(long bytes, string codes, bool passes)
    {
        var settings = new SetBudgets { Growth = "5%" }.Read();
        var report = Report(bytes, settings, Before, Baseline(1_000_000));
        Assert.AreEqual(codes, string.Join(' ', Problems(report, settings).Select(diagnostic => diagnostic.Descriptor.Code)));
        Assert.AreEqual(passes, report.Passed);
    }

    [TestMethod]
    public void The_failure_says_what_grew_and_how_to_accept_it()
    {
        var settings = new SetBudgets { Growth = "5%;3MB" }.Read();
        var problem = Problems(Report(9_000_000, settings, Before, Baseline(1_000_000)), settings).Single();
        Assert.AreEqual(
            "Image 'web:1' grew by 8 MB (800 %) over its baseline of 1 MB, 5 MB more than its growth budget of 5 % and 3 MB. Largest "
                + "growth: COPY . /app +8 MB. "
                + "Accept the new size: dotnet msbuild web.csproj -t:UpdateMultiStageSizeBaseline. The rejected image is 0123456789ab; "
                + "no tag was moved and nothing was pushed.",
            problem.Message
        );
        Assert.AreEqual(Codes.GrowthBudgetBroken, problem.Descriptor);
    }

    [TestMethod]
    [DataRow("9%", 1_090_000, "MULTISTAGE4037")]
    [DataRow("9%", 1_090_001, "MULTISTAGE4030")]
    [DataRow("9%;100kB", 1_100_000, "MULTISTAGE4037")]
    public void Growth_can_be_waived_up_to_more_growth(string allowUpTo, long bytes, string code)
    {
        var settings = new SetBudgets
        {
            Growth = "5%",
            Waivers = [new("ContainerSizeGrowthBudget", "2027-03-31", "why", allowUpTo)],
        }.Read();
        Assert.AreEqual(code, Problems(Report(bytes, settings, Before, Baseline(1_000_000)), settings).Single().Descriptor.Code);
    }

    [TestMethod]
    public void Without_a_baseline_growth_is_not_checked_and_that_is_told()
    {
        var settings = new SetBudgets { Growth = "5%" }.Read();
        var report = Report(1_000_000, settings, Before);
        Assert.IsTrue(report.Passed);
        Assert.AreEqual(Codes.NoBaseline, Problems(report, settings).Single().Descriptor);
    }

    [TestMethod]
    [DataRow("", DiagnosticSeverity.Error)]
    [DataRow("warning", DiagnosticSeverity.Warning)]
    public void On_a_build_server_a_growth_budget_needs_a_baseline(string severity, DiagnosticSeverity expected)
    {
        var settings = new SetBudgets { Growth = "5%", Severity = severity }.Read();
        var place = new BaselinePlace("web.size.json", "dotnet msbuild web.csproj -t:UpdateMultiStageSizeBaseline") { IsRequired = true };

        var problem = SizeProblems.Of(Report(1_000_000, settings, Before), settings, place).Single().Diagnostic;

        Assert.AreEqual((Codes.NoBaseline.Code, expected), (problem.Descriptor.Code, problem.Descriptor.Severity));
        Assert.Contains(place.AcceptCommand, problem.Message);
    }

    [TestMethod]
    [DataRow("5%")]
    [DataRow("", DisplayName = "without a growth budget")]
    public void A_baseline_of_something_else_is_told_and_not_compared(string growth)
    {
        var settings = new SetBudgets { Growth = growth }.Read();
        var report = Report(9_000_000, settings, Before, Baseline(1_000_000) with { Platform = Platform.Parse("linux/arm64") });
        Assert.IsTrue(report.Passed);
        var problem = Problems(report, settings).Single();
        Assert.AreEqual(Codes.BaselineNotComparable, problem.Descriptor);
        Assert.Contains("it is of the platform linux/arm64, and this image of linux/amd64", problem.Message);
        Assert.Contains("dotnet msbuild web.csproj -t:UpdateMultiStageSizeBaseline", problem.Message);
    }

    [TestMethod]
    public void As_warnings_they_all_let_the_image_through()
    {
        var settings = new SetBudgets
        {
            Total = "1MB",
            Growth = "5%",
            Severity = "warning",
            Waivers = [new("ContainerSizeBudget", "2027-03-31", "why", "2MB")],
        }.Read();
        var problems = Problems(Report(9_000_000, settings, After, Baseline(1_000_000)), settings).ToList();
        Assert.HasCount(3, problems);
        Assert.IsTrue(problems.All(problem => problem.Descriptor.Severity == DiagnosticSeverity.Warning));
        Assert.AreEqual(DiagnosticSeverity.Warning, Codes.BudgetWaived.Severity);
    }

    [TestMethod]
    [DataRow(10_000_000, 8_900_000, "20MB", "set ContainerSizeBudget to 9.4MB, and run dotnet")]
    [DataRow(400_000_000, 300_000_000, "500MB", "set ContainerSizeBudget to 315MB, and run dotnet")]
    [DataRow(400_000_000, 300_000_000, "310MB", "Keep it so: run dotnet")]
    [DataRow(400_000_000, 300_000_000, "", "Keep it so: run dotnet")]
    [DataRow(400_000_000, 385_000_000, "500MB", null, DisplayName = "by less than 5 %")]
    [DataRow(10_000_000, 9_100_000, "20MB", null, DisplayName = "by less than a megabyte")]
    [DataRow(10_000_000, 12_000_000, "20MB", null, DisplayName = "grown")]
    public void After_a_large_loss_it_offers_to_tighten_the_budget(long before, long now, string budget, string? offer)
    {
        var settings = new SetBudgets { Total = budget }.Read();
        var line = ConsoleFindings.Tighten(
            Report(now, settings, Before, Baseline(before)),
            "dotnet msbuild web.csproj -t:UpdateMultiStageSizeBaseline"
        );
        if (offer is null)
        {
            Assert.IsNull(line);
        }
        else
        {
            Assert.Contains(offer, line!);
        }
    }

    [TestMethod]
    [DataRow("/app/wwwroot/**", "MULTISTAGE4021")]
    [DataRow("/app/**", "")]
    public void A_path_budget_that_matches_nothing_is_told(string path, string codes)
    {
        var settings = new SetBudgets { Paths = [new("assets", path, "1MB")] }.Read();
        var measured = new MeasuredImage(
            new ImageSizes(
                "sha256:0123456789abcdef",
                Platform.Parse("linux/amd64"),
                null,
                [new LayerSize("sha256:a", "COPY . /app", 10, false)],
                true
            )
        )
        {
            Breakdown = new SizeBreakdown(
                "sha256:0123456789abcdef",
                "/",
                [new("/app/App.dll", 10, FileKind.Managed, new FileOrigin(OriginKind.App, "App"))]
            ),
        };

        var problems = Problems(
                new SizeReport("web:1", "runtime", measured, ImageVerdicts.Of(measured, settings, null, TimeProvider.System)),
                settings
            )
            .ToList();

        Assert.AreEqual(codes, string.Join(' ', problems.Select(problem => problem.Descriptor.Code)));
        Assert.IsTrue(
            problems.All(problem => problem.About == "ContainerPathBudget" && problem.Message.Contains(path, StringComparison.Ordinal))
        );
    }

    private static IEnumerable<Diagnostic> Problems(SizeReport report, BudgetSettings settings) =>
        SizeProblems
            .Of(report, settings, new BaselinePlace("web.size.json", "dotnet msbuild web.csproj -t:UpdateMultiStageSizeBaseline"))
            .Select(problem => problem.Diagnostic);

    private static SizeBaseline Baseline(long bytes) =>
        new("unpacked-bytes/1", Platform.Parse("linux/amd64"), null, bytes, [new("COPY . /app", bytes)]);

    private static SizeReport Report(long bytes, BudgetSettings settings, string now, SizeBaseline? baseline = null)
    {
        var measured = new MeasuredImage(
            new ImageSizes(
                "sha256:0123456789abcdef",
                Platform.Parse("linux/amd64"),
                null,
                [new LayerSize("sha256:a", "COPY . /app", bytes, false)],
                true
            )
        );
        var found = baseline is null ? null : new BaselineFound(baseline, "web.size.json");
        return new SizeReport("web:1", "runtime", measured, ImageVerdicts.Of(measured, settings, found?.Compare(measured), Clock.At(now)))
        {
            Comparison = found?.Compare(measured),
        };
    }
}
