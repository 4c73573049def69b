using System.Globalization;
using System.Text;
using MultiStage.Build.Diagnostics;
using MultiStage.Build.Images;
using MultiStage.Build.Measurement;
using MultiStage.Build.Measurement.Files;
using MultiStage.Build.Reporting;
using MultiStage.Build.Reporting.Ci;

namespace MultiStage.Build.Tests.Reporting;

[TestClass]
public sealed class BuildServersTests
{
    [TestMethod]
    [DataRow("CI", "true", true)]
    [DataRow("CI", "1", true)]
    [DataRow("CI", "false", false)]
    [DataRow("CI", "", false)]
    [DataRow("TF_BUILD", "True", true, DisplayName = "a known one, which does not set CI")]
    [DataRow("OTHER", "true", false)]
    public void A_server_is_known_by_CI_or_by_its_own_variable(string variable, string value, bool isOn) =>
        Assert.AreEqual(isOn, BuildServers.IsOn(name => name == variable ? value : null));

    [TestMethod]
    [DataRow("GITHUB_ACTIONS", "true", BuildServer.GitHubActions)]
    [DataRow("TF_BUILD", "True", BuildServer.AzurePipelines)]
    [DataRow("GITLAB_CI", "true", BuildServer.GitLab)]
    [DataRow("GITHUB_ACTIONS", "false", BuildServer.None)]
    [DataRow("CI", "true", BuildServer.None)]
    internal void A_build_server_is_known_by_the_variable_that_it_sets(string name, string value, BuildServer server) =>
        Assert.AreEqual(server, BuildServers.Detect(variable => variable == name ? value : null));

    [TestMethod]
    public void GitLab_folds_the_table() =>
        Assert.AreEqual(
            "\u001b[0Ksection_start:1795608000:image_size[collapsed=true]\r\u001b[0Kweb:latest  1 "
                + "MB\na\nb\n\u001b[0Ksection_end:1795608000:image_size\r\u001b[0K",
            BuildServers.GitLabSection("image_size", "web:latest  1 MB", "a\nb", DateTimeOffset.FromUnixTimeSeconds(1795608000))
        );

    [TestMethod]
    public void Azure_takes_the_summary_from_a_file() =>
        Assert.AreEqual("##vso[task.uploadsummary]/a/100%AZP25/size.md", BuildServers.AzureSummary("/a/100%/size.md"));

    [TestMethod]
    public void A_summary_of_a_hundred_thousand_files_stays_below_a_mebibyte_and_says_what_is_folded()
    {
        var markdown = MarkdownReport.Write(Large(100_000), []);
        Assert.IsLessThan(MarkdownReport.MostBytes, Encoding.UTF8.GetByteCount(markdown));
        Assert.Contains("<details><summary>480 more of 99980</summary>", markdown);
        Assert.AreEqual(markdown.Split("<details>").Length, markdown.Split("</details>").Length);
    }

    [TestMethod]
    [DataRow(3_000)]
    [DataRow(400)]
    [DataRow(10)]
    public void What_does_not_fit_is_left_out_from_the_end_and_told(int room)
    {
        var markdown = MarkdownReport.Write(Large(1_000), [], room);
        Assert.IsLessThanOrEqualTo(room, Encoding.UTF8.GetByteCount(markdown));
        Assert.AreEqual(room > 100, markdown.EndsWith("_The rest did not fit; size.json has all of it._\n", StringComparison.Ordinal));
    }

    [TestMethod]
    public void Several_projects_share_a_jobs_summary_up_to_its_limit()
    {
        using var folder = new TempFolder();
        var path = Path.Combine(folder.Path, "summary.md");
        ReportFiles.AppendSummary(path, Large(10), []);
        var one = new FileInfo(path).Length;
        ReportFiles.AppendSummary(path, Large(10), []);
        Assert.AreEqual(2 * one, new FileInfo(path).Length);
        File.WriteAllText(path, new string('x', MarkdownReport.MostBytes - 2));
        ReportFiles.AppendSummary(path, Large(10), []);
        Assert.AreEqual(MarkdownReport.MostBytes - 2, new FileInfo(path).Length, "GitHub shows nothing of a summary that is too long.");
    }

    [TestMethod]
    public void A_job_summary_that_cannot_be_written_is_one_error()
    {
        using var folder = new TempFolder();
        Failure.Of(Codes.FileNotWritten, () => ReportFiles.AppendSummary(folder.Path, Large(1), []));
    }

    internal static SizeReport Large(int files)
    {
        var origin = new FileOrigin(OriginKind.App, "App");
        var breakdown = new SizeBreakdown(
            "sha256:0",
            "/",
            [
                .. Enumerable
                    .Range(0, files)
                    .Select(i => new AppFile(
                        string.Create(CultureInfo.InvariantCulture, $"/app/wwwroot/lib/d{i / 50:0000}/module{i:000000}.js"),
                        1000 + i % 977 * 37,
                        FileKind.Static,
                        origin
                    )
                    {
                        Layer = 1,
                    }),
            ]
        );
        var sizes = new ImageSizes(
            "sha256:0",
            Platform.Parse("linux/amd64"),
            new ImageBase("aspnet:10.0", 200_000_000, 1),
            [new LayerSize("sha256:b", "FROM", 200_000_000, true), new LayerSize("sha256:0", "COPY . /app", breakdown.Bytes, false)],
            true
        );
        return new SizeReport("web:latest", "runtime", new MeasuredImage(sizes) { Breakdown = breakdown }, []);
    }
}
