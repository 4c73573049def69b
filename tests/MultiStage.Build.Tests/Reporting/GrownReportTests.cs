using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Json.Schema;
using MultiStage.Build.Reporting;
using MultiStage.Build.Reporting.Ci;
using MultiStage.Build.Reporting.Console;
using MultiStage.Build.Reporting.Page;

namespace MultiStage.Build.Tests.Reporting;

[TestClass]
public sealed partial class GrownReportTests
{
    private const string Case = "size-grown";

    private static readonly JsonSchema s_schema = JsonSchema.FromText(
        File.ReadAllText(RepositoryRoot.Combine("sdk/schemas/size.schema.json"))
    );

    [TestMethod]
    public void Every_text_is_as_it_was()
    {
        Snapshot.Match(
            Case,
            "table.txt",
            ConsoleReport.Table(
                GrownReport.Report,
                new ConsolePlaces("src/Web/obj/Release/net10.0/multistage/size.html", GrownReport.Place.AcceptCommand)
            ) + "\n"
        );
        Snapshot.Match(Case, "line.txt", ConsoleReport.Line(GrownReport.Report) + "\n");
        Snapshot.Match(
            Case,
            "errors.txt",
            string.Concat(
                GrownReport.Problems.Select(problem =>
                    $"{(problem.IsError ? "error" : "warning")} {problem.Diagnostic.Descriptor.Code}: {problem.Diagnostic.Message} "
                    + $"[{problem.Diagnostic.About}]\n"
                )
            )
        );
        var block = GateBlock.Join(
            GrownReport.Problems.Select(problem => problem.Diagnostic),
            GrownReport.Report,
            new ConsolePlaces("src/Web/obj/Release/net10.0/multistage/size.html", GrownReport.Place.AcceptCommand)
        );
        Snapshot.Match(
            Case,
            "terminal.txt",
            string.Concat(
                block.Select(diagnostic => $"{diagnostic.Descriptor.Code}: {diagnostic.Block ?? diagnostic.Message} [{diagnostic.About}]\n")
            )
        );
        Snapshot.Match(Case, "hints.txt", string.Concat(GrownReport.Report.Hints.Select(hint => hint + "\n")));
        Snapshot.Match(Case, "size.json", SizeJson.Write(GrownReport.Report));
        Snapshot.Match(Case, "size.md", MarkdownReport.Write(GrownReport.Report, GrownReport.Problems));
        Snapshot.Match(Case, "size.sarif", SarifReport.Write(GrownReport.Problems));
        Snapshot.Match(Case, "gl-code-quality-report.json", CodeQualityReport.Write(GrownReport.Problems));
    }

    [TestMethod]
    public void The_table_fits_into_a_terminal()
    {
        foreach (
            var line in ConsoleReport
                .Table(GrownReport.Report)
                .Split('\n')
                .Where(line => !line.StartsWith("  hint:", StringComparison.Ordinal))
        )
        {
            Assert.IsLessThanOrEqualTo(100, line.Length, line);
        }
    }

    [TestMethod]
    public void The_JSON_reads_back()
    {
        var json = SizeJson.Write(GrownReport.Report);
        Assert.AreEqual(json, SizeJson.Write(SizeJson.Read(json, "size.json")));
    }

    public static IEnumerable<object[]> All =>
        [
            .. ReportTests.Reports.Select(report => new[] { report[1] }),
            [GrownReport.Report],
            [GrownReport.Of(GrownReport.Report.Measured, null)],
        ];

    [TestMethod]
    [DynamicData(nameof(All))]
    internal void The_JSON_is_what_the_published_schema_says(SizeReport report)
    {
        using var json = JsonDocument.Parse(SizeJson.Write(report));
        var results = s_schema.Evaluate(json.RootElement, new EvaluationOptions { OutputFormat = OutputFormat.List });
        Assert.IsTrue(
            results.IsValid,
            string.Join(
                '\n',
                results
                    .Details?.Where(detail => detail.Errors is not null)
                    .SelectMany(detail => detail.Errors!.Select(error => $"{detail.InstanceLocation}: {error.Value}"))
                    ?? []
            )
        );
    }

    [TestMethod]
    public void The_schema_refuses_what_size_json_never_is()
    {
        Refuses(json => json["totalBytes"] = -1);
        Refuses(json => json.Remove("layers"));
        Refuses(json => json["extra"] = 1);
        Refuses(json => json["verdicts"]![0]!["status"] = "fine");
        Refuses(json => json["comparison"]!["changes"]![0]!["kind"] = "moved");
        Refuses(json => json["hints"]![0]!["bytes"] = "65 MB");

        static void Refuses(Action<JsonObject> damage)
        {
            var json = JsonNode.Parse(SizeJson.Write(GrownReport.Report))!.AsObject();
            damage(json);
            using var document = JsonDocument.Parse(json.ToJsonString());
            Assert.IsFalse(s_schema.Evaluate(document.RootElement).IsValid);
        }
    }

    [TestMethod]
    public void A_fingerprint_does_not_change_with_sizes_and_lines()
    {
        var one = GrownReport.Problems[0];
        var grown = one with { Line = 99, Diagnostic = one.Diagnostic with { Message = "Image 'web' is 999 MB" } };
        Assert.AreEqual(one.Fingerprint, grown.Fingerprint);
        Assert.AreNotEqual(one.Fingerprint, (one with { Subject = "another" }).Fingerprint);
        CollectionAssert.AllItemsAreUnique(GrownReport.Problems.Select(problem => problem.Fingerprint).ToList());
    }

    [TestMethod]
    public void Without_a_problem_SARIF_says_that_there_is_none()
    {
        var run = JsonNode.Parse(SarifReport.Write([]))!["runs"]![0]!;
        Assert.IsEmpty(run["results"]!.AsArray());
        Assert.AreEqual("MultiStage.Build", (string?)run["tool"]!["driver"]!["name"]);
    }

    [TestMethod]
    public void The_page_has_its_own_parts_alone()
    {
        var page = PageReport.Write(GrownReport.Report, "<svg></svg>", _ => "");
        Assert.DoesNotContain("{{", page);
        Assert.DoesNotContain("http", Links().Replace(page, ""), "Nothing is fetched.");
        Assert.HasCount(2, Scripts().Matches(page));
        Assert.DoesNotContain("<img", page, "A file's name is data.");
        Assert.Contains("default-src 'none'", page);
    }

    [TestMethod]
    public void The_page_is_the_same_from_build_to_build() =>
        Assert.AreEqual(PageReport.Write(GrownReport.Report, null, _ => ""), PageReport.Write(GrownReport.Report, null, _ => ""));

    [GeneratedRegex("<script")]
    private static partial Regex Scripts();

    [GeneratedRegex("http-equiv")]
    private static partial Regex Links();
}
