using System.Text.Json;
using MultiStage.Build.EndToEnd.Harness;

namespace MultiStage.Build.EndToEnd;

/// <summary>Growth over a baseline, waivers, and reports, with one small app whose image the daemon has.</summary>
[TestClass]
public sealed class SizeGrowth : EndToEndTest
{
    [TestMethod]
    public async Task Growth_is_rejected_until_it_is_accepted()
    {
        var web = (await SingleWebAsync()).SetProperty("ContainerSizeGrowthBudget", "1%;1MB");
        var baseline = Path.ChangeExtension(web.ProjectFile, ".size.json");

        var first = (await web.PublishAsync()).Succeeds();
        Assert.AreEqual("MULTISTAGE4033", first.Warnings.Single().Code, first.ToString());
        var image = await Daemon.ImageIdAsync($"{web.ImageName}:latest");

        await AcceptAsync(web);
        Assert.IsTrue(File.Exists(baseline));
        var written = await File.ReadAllTextAsync(baseline);
        var layers = await LayersAsync(web);
        var second = (await web.PublishAsync()).Succeeds();
        Assert.IsEmpty(second.Warnings, second.ToString());
        Assert.AreEqual(layers, await LayersAsync(web), "The baseline is a part of the image, or its layers depend on it.");
        image = await Daemon.ImageIdAsync($"{web.ImageName}:latest");

        var random = new byte[24_000_000];
        new Random(1).NextBytes(random);
        Directory.CreateDirectory(Path.Combine(web.ProjectFolder, "wwwroot"));
        await File.WriteAllBytesAsync(Path.Combine(web.ProjectFolder, "wwwroot", "data.bin"), random);
        var third = await web.PublishAsync();
        var error = third.FailsWith("MULTISTAGE4030");
        Assert.Contains("-t:UpdateMultiStageSizeBaseline", error.Text);
        Assert.Contains("/app/wwwroot/data.bin", error.Text);
        Assert.AreEqual(image, await Daemon.ImageIdAsync($"{web.ImageName}:latest"), "A rejected image gets no name.");
        Assert.Contains("full report: ", third.Output);

        await AcceptAsync(web);
        Assert.AreNotEqual(written, await File.ReadAllTextAsync(baseline));
        (await web.PublishAsync()).Succeeds();
        Assert.AreNotEqual(image, await Daemon.ImageIdAsync($"{web.ImageName}:latest"));

        // What was accepted is now much more than is needed.
        File.Delete(Path.Combine(web.ProjectFolder, "wwwroot", "data.bin"));
        Assert.Contains("hint: ", (await web.PublishAsync("-p:ContainerSizeBaselineImage=")).Succeeds().Output);
    }

    [TestMethod]
    public async Task An_image_can_be_the_baseline()
    {
        var web = await SingleWebAsync();
        (await web.PublishAsync()).Succeeds();

        var same = (
            await web.PublishAsync("-p:ContainerSizeGrowthBudget=0%", $"-p:ContainerSizeBaselineImage={web.ImageName}:latest")
        ).Succeeds();
        Assert.IsEmpty(same.Warnings, same.ToString());

        var missing = await web.PublishAsync("-p:ContainerSizeGrowthBudget=0%", "-p:ContainerSizeBaselineImage=127.0.0.1:1/no/such:image");
        missing.FailsWith("MULTISTAGE4038");
    }

    [TestMethod]
    public async Task A_waiver_lets_it_through_until_it_ends_and_reports_are_written_before_the_build_fails()
    {
        var web = await SingleWebAsync();
        web.Insert(
            web.ProjectFile,
            """<ItemGroup><ContainerBudgetWaiver Include="ContainerSizeBudget" Until="$(LastDay)" AllowUpTo="2GB" Reason="the base image shrinks" /></ItemGroup>"""
        );
        var reports = Path.Combine(web.Root, "reports");
        var summary = Path.Combine(web.Root, "summary.md");
        string[] arguments = ["-p:ContainerSizeBudget=12MB", $"-p:ContainerSizeReportDirectory={reports}"];

        var waived = (await web.PublishAsync([.. arguments, "-p:LastDay=2999-12-31"])).Succeeds();
        Assert.AreEqual("MULTISTAGE4037", waived.Warnings.Single().Code, waived.ToString());

        var over = await web.DotnetAsync(
            web.PublishArguments([.. arguments, "-p:LastDay=2020-01-01"]),
            [new("GITHUB_ACTIONS", "true"), new("GITHUB_STEP_SUMMARY", summary)]
        );
        Assert.AreEqual("MULTISTAGE4036 MULTISTAGE4001", string.Join(' ', over.Errors.Select(error => error.Code)), over.ToString());
        Assert.Contains("the base image shrinks", over.Errors[0].Text);
        Assert.MatchesRegex(new System.Text.RegularExpressions.Regex("::error file=[^,]*SingleWeb.csproj,line="), over.Output);
        Assert.Contains("MULTISTAGE4001", await File.ReadAllTextAsync(summary));
        using var sarif = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(reports, "SingleWeb.size.sarif")));
        Assert.AreEqual(2, sarif.RootElement.GetProperty("runs")[0].GetProperty("results").GetArrayLength());
        foreach (var name in new[] { "size.html", "size.md", "size.report.json", "cdx.json" })
        {
            Assert.IsTrue(File.Exists(Path.Combine(reports, $"SingleWeb.{name}")), name);
        }

        Assert.IsTrue(File.Exists(Path.Combine(web.Pipeline(), "size.html")));
    }

    // The id holds the time of the build.
    private static Task<string> LayersAsync(TestProject web) =>
        Daemon.DockerAsync("image", "inspect", "--format", "{{json .RootFS.Layers}}", $"{web.ImageName}:latest");

    private static async Task AcceptAsync(TestProject web) =>
        (
            await web.DotnetAsync("msbuild", web.ProjectFile, "-t:UpdateMultiStageSizeBaseline", $"-p:ContainerRepository={web.ImageName}")
        ).Succeeds();
}
