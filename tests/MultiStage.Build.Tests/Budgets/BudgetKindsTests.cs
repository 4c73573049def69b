using System.Collections.Immutable;
using System.Text.Json.Nodes;
using MultiStage.Build.Budgets;
using MultiStage.Build.Measurement;
using MultiStage.Build.Reporting;
using MultiStage.Build.Reporting.Ci;
using MultiStage.Build.Reporting.Console;
using MultiStage.Build.Reporting.Page;
using MultiStage.Build.Tests.Reporting;

namespace MultiStage.Build.Tests.Budgets;

/// <summary>Every kind of budget, through everything that has to know of it.</summary>
[TestClass]
public sealed class BudgetKindsTests
{
    private const string Item = "builder";

    private static readonly MeasuredImage s_measured = new(GrownReport.Sizes)
    {
        Breakdown = GrownReport.Breakdown,
        Compressed = new CompressedSize(150_000_000, IsEstimate: false),
        StageBytes = ImmutableDictionary<string, long>.Empty.Add(Item, 900_000_000),
    };

    public static IEnumerable<object[]> Kinds => BudgetKinds.All.Select(kind => new object[] { kind.Name });

    [TestMethod]
    [DynamicData(nameof(Kinds))]
    public void A_broken_budget_is_told_by_every_report(string name)
    {
        var (kind, settings) = (BudgetKinds.Named(name), Settings(BudgetKinds.Named(name), "1"));
        var report = Report(settings);
        var verdict = report.Verdicts.Single();
        Assert.AreEqual((kind, VerdictStatus.Failed, false), (verdict.Kind, verdict.Status, report.Passed));

        var problem = SizeProblems
            .Of(report, settings, GrownReport.Place)
            .Single(problem => problem.Diagnostic.Descriptor.Code == kind.Broken.Code);
        Assert.AreEqual((kind.Setting, kind.IsItem), (problem.Diagnostic.About, problem.Subject == $"{kind.Setting} {Item}"));
        Assert.Contains(kind.Unit.WriteLimit(verdict.Value!.Value), problem.Diagnostic.Message);
        ImmutableArray<FoundProblem> found = [new(problem.Diagnostic, "Web.csproj", 3, 5, problem.Subject)];
        Assert.Contains($"\"ruleId\": \"{kind.Broken.Code}\"", SarifReport.Write(found));
        Assert.Contains(
            $"| {MarkdownText.Of(VerdictText.Name(verdict))} | {VerdictText.Size(verdict)} | {VerdictText.Limit(verdict)} | broken |",
            MarkdownReport.Write(report, found)
        );
        Assert.Contains(VerdictText.Line(verdict), Unescaped(PageData.Write(report, hasStages: false)));
        // The table says in its own column what grew.
        var console = ConsoleReport.Table(report, new ConsolePlaces("size.html", "accept"));
        Assert.Contains(
            kind == BudgetKinds.Growth ? "accept: accept"
                : kind == BudgetKinds.Total ? "  limit 1 B  ["
                : $"  {kind.Label(verdict.Budget)}: limit 1",
            console
        );
    }

    [TestMethod]
    [DynamicData(nameof(Kinds))]
    public void A_budget_and_its_verdict_are_read_as_they_were_written(string name)
    {
        var settings = Settings(BudgetKinds.Named(name), "1");
        var report = Report(settings);
        Assert.AreEqual(report.Verdicts.Single(), SizeJson.Read(SizeJson.Write(report), "size.json").Verdicts.Single());

        using var folder = new TempFolder();
        var file = Path.Combine(folder.Path, "budgets.json");
        PipelineFile.Write(file, settings);
        var read = PipelineFile.Read<BudgetSettings>(file, "MeasureMultiStageImage");
        CollectionAssert.AreEqual(settings.Over(report.Comparison), read.Over(report.Comparison));
    }

    [TestMethod]
    [DynamicData(nameof(Kinds))]
    public void What_is_missing_is_never_kept(string name)
    {
        var kind = BudgetKinds.Named(name);
        var unknown = new MeasuredImage(s_measured.Sizes with { Base = new ImageBase("debian:12", null, null) });
        var settings = Settings(kind, "1TB");
        var verdict = BudgetEvaluator.Evaluate(unknown, settings.Over(null)).Single();
        if (verdict.Value is not null)
        {
            Assert.AreEqual(BudgetNeed.Layers, kind.Needs);
            return;
        }

        Assert.AreEqual(kind.WithoutValue, verdict.Status);
        Assert.AreNotEqual("", verdict.Reason ?? "");
        var report = new SizeReport("web:1", "runtime", unknown, [verdict]);
        Assert.AreEqual(kind.Setting, SizeProblems.Of(report, settings, GrownReport.Place).Single().Diagnostic.About);
    }

    [TestMethod]
    [DynamicData(nameof(Kinds))]
    public void Just_below_the_limit_nothing_is_decided_by_layers_that_may_be_too_small(string name)
    {
        var kind = BudgetKinds.Named(name);
        var verdict = Report(Settings(kind, "1")).Verdicts.Single();
        var comparison = GrownReport.Baseline.Compare(s_measured);
        var isTooClose = ExactnessCheck.IsTooClose(s_measured, comparison, [verdict.Budget with { Limit = verdict.Value!.Value }]);
        Assert.AreEqual(kind.Unit != BudgetUnit.Layers && kind.Needs is not (BudgetNeed.Files or BudgetNeed.Compression), isTooClose);
        Assert.IsFalse(ExactnessCheck.IsTooClose(s_measured, comparison, [verdict.Budget with { Limit = long.MaxValue }]));
    }

    [TestMethod]
    public void No_two_kinds_share_a_name_a_setting_or_a_diagnostic()
    {
        CollectionAssert.AllItemsAreUnique(BudgetKinds.All.Select(kind => kind.Name).ToList());
        CollectionAssert.AllItemsAreUnique(BudgetKinds.All.Select(kind => kind.Setting).ToList());
        CollectionAssert.AllItemsAreUnique(BudgetKinds.All.Select(kind => kind.Broken.Code).ToList());
    }

    // What the targets do not hand over would be a budget that nothing breaks.
    [TestMethod]
    [DynamicData(nameof(Kinds))]
    public void The_targets_hand_it_over(string name)
    {
        var kind = BudgetKinds.Named(name);
        var targets = File.ReadAllText(Path.Combine(RepositoryRoot.Path, "sdk", "build", "MultiStage.Build.Size.targets"));
        Assert.Contains(
            kind.IsItem
                ? $"<_MultiStageBudget Include=\"@({kind.Setting})\" Setting=\"{kind.Setting}\" />"
                : $"<_MultiStageBudget Include=\"{kind.Setting}\" Max=\"$({kind.Setting})\" />",
            targets
        );
    }

    [TestMethod]
    public void A_limit_of_no_kind_is_not_passed_over() =>
        Assert.ThrowsExactly<ArgumentException>(() =>
            BudgetReader.Read(new BudgetProperties { Limits = [new("ContainerSizeBugdet", "1MB")] })
        );

    private static BudgetSettings Settings(BudgetKind kind, string max) =>
        BudgetReader.Read(
            new BudgetProperties
            {
                Limits =
                [
                    new BudgetLimit(kind.Setting, kind.Unit == BudgetUnit.Layers ? "1" : max)
                    {
                        Name = kind.IsItem ? Item : "",
                        Path = kind.HasPath ? "/app/**" : "",
                    },
                ],
            }
        );

    private static SizeReport Report(BudgetSettings settings)
    {
        var comparison = GrownReport.Baseline.Compare(s_measured);
        return new SizeReport("web:1", "runtime", s_measured, ImageVerdicts.Of(s_measured, settings, comparison, TimeProvider.System))
        {
            Comparison = comparison,
        };
    }

    private static string Unescaped(string json) =>
        string.Join('\n', JsonNode.Parse(json)!["verdicts"]!.AsArray().Select(verdict => verdict!["text"]!.GetValue<string>()));
}
