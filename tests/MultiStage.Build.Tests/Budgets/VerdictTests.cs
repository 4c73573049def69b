using System.Collections.Immutable;
using MultiStage.Build.Budgets;
using MultiStage.Build.Diagnostics;
using MultiStage.Build.Images;
using MultiStage.Build.Measurement;
using MultiStage.Build.Measurement.Files;
using MultiStage.Build.Measurement.Layers;

namespace MultiStage.Build.Tests.Budgets;

/// <summary>Each budget at its boundary, and what is said of it.</summary>
[TestClass]
public sealed class VerdictTests
{
    private const string Rejected =
        "The rejected image is 5f2b8c1d9e0a; no tag was moved and nothing was pushed. Make it smaller, or raise ";

    private static readonly FileOrigin s_app = new(OriginKind.App, "Web", "1.0.0");

    private static readonly MeasuredImage s_measured = new(
        new ImageSizes(
            "sha256:5f2b8c1d9e0a4b7c",
            Platform.Parse("linux/amd64"),
            new ImageBase("debian:12", 2000, 1),
            [
                new(null, "# debian.sh", 2000, true),
                new(null, "COPY a /app/", 600, false),
                new(null, "RUN b", 400, false),
                new(null, "WORKDIR /app", 0, false),
            ],
            true
        )
    )
    {
        Breakdown = new SizeBreakdown(
            "sha256:5f2b8c1d9e0a4b7c",
            "/",
            [
                new("/app/Web.dll", 90, FileKind.Managed, s_app),
                new("/app/runtimes/a.so", 500, FileKind.Native, new(OriginKind.Package, "SkiaSharp", "2.88.9")),
                new("/app/wwwroot/a.js", 100, FileKind.Static, s_app),
                new("/app/wwwroot/b.js", 200, FileKind.Static, s_app),
            ]
        )
        {
            Wasted = [new("/app/x", 100, 1, 2, WasteKind.Overwritten), new("/etc/y", 200, 0, 2, WasteKind.Deleted)],
        },
        StageBytes = ImmutableDictionary<string, long>.Empty.WithComparers(StringComparer.OrdinalIgnoreCase).Add("Builder", 9000),
        Compressed = new CompressedSize(1000, IsEstimate: false),
    };

    public static IEnumerable<object?[]> Budgets =>
        [
            [
                "total",
                3000L,
                null,
                null,
                "MULTISTAGE4001",
                "Image 'web:1' is 3 kB, 1 B (<0.1 %) over its 2.999 kB budget. The app's largest layer is 'COPY a /app/' and takes 600 "
                    + "B. The largest package is SkiaSharp 2.88.9 with 500 B. ",
            ],
            [
                "app",
                1000L,
                null,
                null,
                "MULTISTAGE4004",
                "The app in image 'web:1' is 1 kB, 1 B (0.1 %) over its 999 B budget. The app's largest layer is 'COPY a /app/' and "
                    + "takes 600 B. The largest package is SkiaSharp 2.88.9 with 500 B. ",
            ],
            [
                "layer",
                600L,
                null,
                null,
                "MULTISTAGE4005",
                "The largest layer of image 'web:1' is 600 B, 1 B (0.2 %) over its 599 B budget. It is 'COPY a /app/'. ",
            ],
            [
                "layerCount",
                4L,
                null,
                null,
                "MULTISTAGE4006",
                "The number of layers of image 'web:1' is 4, 1 (33.3 %) over its 3 budget. 3 of them are the app's own. ",
            ],
            [
                "compressed",
                1000L,
                null,
                null,
                "MULTISTAGE4007",
                "The pull size of image 'web:1' is 1 kB, 1 B (0.1 %) over its 999 B budget. The app's largest layer is 'COPY a /app/' "
                    + "and takes 600 B. The largest package is SkiaSharp 2.88.9 with 500 B. ",
            ],
            [
                "wasted",
                300L,
                null,
                null,
                "MULTISTAGE4008",
                "What image 'web:1' carries and no container sees is 300 B, 1 B (0.3 %) over its 299 B budget. The largest file is "
                    + "/etc/y with 200 B, which 'RUN b' deletes. ",
            ],
            [
                "path",
                300L,
                "assets",
                "/app/wwwroot/**",
                "MULTISTAGE4009",
                "'assets' (/app/wwwroot/**) in image 'web:1' is 300 B, 1 B (0.3 %) over its 299 B budget. The largest file is "
                    + "/app/wwwroot/b.js with 200 B. ",
            ],
            [
                "stage",
                9000L,
                "builder",
                null,
                "MULTISTAGE4010",
                "Stage 'builder' of image 'web:1' is 9 kB, 1 B (<0.1 %) over its 8.999 kB budget. ",
            ],
        ];

    [TestMethod]
    [DynamicData(nameof(Budgets))]
    public void A_budget_holds_up_to_its_limit_and_is_broken_by_one_more(
        string kind,
        long value,
        string? name,
        string? path,
        string code,
        string says
    )
    {
        Verdict At(long limit) =>
            BudgetEvaluator.Evaluate(s_measured, [new Budget(BudgetKinds.Named(kind), limit) { Name = name, Path = path }]).Single();

        Assert.AreEqual(VerdictStatus.Passed, At(value + 1).Status);
        Assert.AreEqual(VerdictStatus.Passed, At(value).Status);
        Assert.IsNull(Say(At(value)));
        var broken = At(value - 1);
        Assert.AreEqual((VerdictStatus.Failed, (long?)value, false), (broken.Status, broken.Value, broken.Passed));
        var diagnostic = Say(broken)!;
        Assert.AreEqual(says + Rejected + BudgetKinds.Named(kind).Setting + ".", diagnostic.Message);
        Assert.AreEqual(
            (code, BudgetKinds.Named(kind).Setting, DiagnosticSeverity.Error),
            (diagnostic.Descriptor.Code, diagnostic.About, diagnostic.Descriptor.Severity)
        );
    }

    [TestMethod]
    [DataRow(2700, VerdictStatus.Passed)]
    [DataRow(2999, VerdictStatus.Passed)]
    [DataRow(3000, VerdictStatus.Passed)]
    [DataRow(3001, VerdictStatus.Warned)]
    internal void A_warning_begins_one_byte_above_its_point(long image, VerdictStatus status)
    {
        var sizes = s_measured.Sizes with { Base = null, Layers = [new(null, "", image, false)] };
        Assert.AreEqual(
            status,
            BudgetEvaluator.Evaluate(new(sizes), [new Budget(BudgetKinds.Total, 3333) { WarnAt = 3000 }]).Single().Status
        );
    }

    [TestMethod]
    public void A_warning_says_where_it_begins()
    {
        var verdict = BudgetEvaluator.Evaluate(s_measured, [new Budget(BudgetKinds.Total, 3100) { WarnAt = 2900 }]).Single();
        Assert.IsTrue(verdict.Passed);
        var diagnostic = Say(verdict)!;
        Assert.AreEqual(Codes.BudgetNear, diagnostic.Descriptor);
        Assert.AreEqual(
            "Image 'web:1' is 3 kB, 96.8 % of its 3.1 kB budget. Warnings begin at 2.9 kB (ContainerSizeBudgetWarnAt).",
            diagnostic.Message
        );
    }

    [TestMethod]
    [DataRow(1052, VerdictStatus.Passed)]
    [DataRow(1051, VerdictStatus.Passed)]
    [DataRow(1050, VerdictStatus.Warned)]
    [DataRow(1000, VerdictStatus.Warned)]
    [DataRow(949, VerdictStatus.Warned)]
    [DataRow(948, VerdictStatus.Failed)]
    internal void An_estimate_warns_inside_its_band_and_fails_only_clearly_outside(long limit, VerdictStatus status)
    {
        var estimate = s_measured with { Compressed = new CompressedSize(1000, IsEstimate: true) };
        var verdict = BudgetEvaluator.Evaluate(estimate, [new Budget(BudgetKinds.Compressed, limit)]).Single();
        Assert.AreEqual((status, true), (verdict.Status, verdict.IsEstimate));
        if (status == VerdictStatus.Warned)
        {
            Assert.AreEqual(Codes.BudgetUnsure, Say(verdict)!.Descriptor);
        }

        if (status == VerdictStatus.Failed)
        {
            Assert.StartsWith("The pull size of image 'web:1' is about 1 kB, 52 B (5.5 %) over its 948 B budget.", Say(verdict)!.Message);
        }
    }

    [TestMethod]
    [DataRow("app", null, "the base image is not there to be compared with")]
    [DataRow("layer", null, "the base image is not there to be compared with")]
    [DataRow("compressed", null, "its layers were not compressed")]
    [DataRow("wasted", null, "the image's files were not looked at")]
    [DataRow("path", "/srv", "the image's files were not looked at")]
    [DataRow("stage", null, "that stage's image is not there")]
    public void What_was_not_measured_is_no_kept_budget(string kind, string? path, string reason)
    {
        var unknown = new MeasuredImage(s_measured.Sizes with { Base = new ImageBase("debian:12", null, null) });
        var verdict = BudgetEvaluator
            .Evaluate(unknown, [new Budget(BudgetKinds.Named(kind), long.MaxValue) { Name = "n", Path = path }])
            .Single();

        Assert.AreEqual(
            (VerdictStatus.NotMeasured, (long?)null, false, reason),
            (verdict.Status, verdict.Value, verdict.Passed, verdict.Reason)
        );
        var diagnostic = Say(verdict)!;
        Assert.AreEqual(Codes.BudgetNotMeasured, diagnostic.Descriptor);
        Assert.StartsWith($"{BudgetKinds.Named(kind).Setting} cannot be checked: ", diagnostic.Message);
        Assert.Contains($"was not measured, because {reason}. ", diagnostic.Message);
    }

    [TestMethod]
    public void A_path_beyond_the_folder_that_was_looked_at_is_not_measured()
    {
        var folder = s_measured with
        {
            Breakdown = s_measured.Breakdown! with { Folder = "/app", Wasted = [], WasteUnknownBecause = "nobody looked" },
        };
        Assert.AreEqual("files outside /app were not looked at", Of("path", "/srv/**").Reason);
        Assert.AreEqual(300, Of("path", "/app/wwwroot").Value);
        Assert.AreEqual("nobody looked", Of("wasted", null).Reason);

        Verdict Of(string kind, string? path) =>
            BudgetEvaluator.Evaluate(folder, [new Budget(BudgetKinds.Named(kind), 1) { Name = "n", Path = path }]).Single();
    }

    private static Diagnostic? Say(Verdict verdict) => BudgetDiagnostics.Of(verdict, s_measured, "web:1", DiagnosticSeverity.Error);
}
