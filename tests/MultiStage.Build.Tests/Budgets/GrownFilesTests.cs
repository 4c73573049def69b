using MultiStage.Build.Budgets.Baselines;
using MultiStage.Build.Images;
using MultiStage.Build.Measurement;
using MultiStage.Build.Measurement.Files;
using MultiStage.Build.Reporting;

namespace MultiStage.Build.Tests.Budgets;

[TestClass]
public sealed class GrownFilesTests
{
    private static readonly FileOrigin s_app = new(OriginKind.App, "Web", "1.0.0");
    private static readonly FileOrigin s_package = new(OriginKind.Package, "Serilog", "4.3.0");

    [TestMethod]
    [DataRow(3_000_000, 100_000, "Web: /app/wwwroot/video.bin", DisplayName = "one file stands out")]
    [DataRow(300_000, 290_000, "Web: /app/wwwroot/video.bin", DisplayName = "more than half")]
    [DataRow(100_000, 100_000, "Web", DisplayName = "no file stands out")]
    public void A_project_that_grew_is_told_with_the_file_that_made_it_grow(int video, int script, string expected)
    {
        var (before, after) = (Image(0, 0, 100_000), Image(video, script, 900_000));
        var names = new BaselineFound(SizeBaselines.Of(before), "web.size.json")
            .Compare(after)
            .Of(ChangeSubject.Origin)
            .Select(ChangeText.Name)
            .ToList();
        CollectionAssert.AreEquivalent((string[])[expected, "Serilog 4.3.0"], names);
    }

    private static MeasuredImage Image(long video, long script, long package)
    {
        AppFile[] files =
        [
            new("/app/Serilog.dll", package, FileKind.Managed, s_package),
            new("/app/Web.dll", 10_000, FileKind.Managed, s_app),
            new("/app/wwwroot/script.js", script, FileKind.Static, s_app),
            new("/app/wwwroot/video.bin", video, FileKind.Static, s_app),
        ];
        return new MeasuredImage(
            new ImageSizes(
                "sha256:0",
                Platform.Parse("linux/amd64"),
                null,
                [new LayerSize(null, "COPY /app .", files.Sum(file => file.Bytes), false)],
                true
            )
        )
        {
            Breakdown = new SizeBreakdown("sha256:0", "/app", [.. files.Where(file => file.Bytes > 0)]),
        };
    }
}
