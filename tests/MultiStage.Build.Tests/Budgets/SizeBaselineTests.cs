using System.Collections.Immutable;
using MultiStage.Build.Budgets.Baselines;
using MultiStage.Build.Diagnostics;
using MultiStage.Build.Images;

namespace MultiStage.Build.Tests.Budgets;

[TestClass]
public sealed class SizeBaselineTests
{
    private const string Accept = "dotnet msbuild web.csproj -t:UpdateMultiStageSizeBaseline";

    private static readonly SizeBaseline s_web = Baseline(
        ("package Serilog/4.2.0", 180_000),
        ("app Shop.Web", 70_000),
        ("package Dapper/2.1.0", 250_000)
    );

    [TestMethod]
    public void It_is_a_small_sorted_file_with_a_line_for_each_thing()
    {
        var text = SizeBaselineFile.Write(
            s_web with
            {
                Files = Files(
                    ("/app/Serilog.dll", 180_000),
                    ("/app/Dapper.dll", 250_000),
                    ("/app/tiny.json", 65_535),
                    ("/app/Shop.Web.dll", 65_536)
                ),
            }
        );
        Snapshot.Match("size-baseline", "web.size.json", text);
        Assert.AreEqual(
            text,
            SizeBaselineFile.Write(SizeBaselineFile.Read(text, "web.size.json", Accept)),
            "What is read is what was written."
        );
    }

    [TestMethod]
    public void Names_come_back_as_they_were()
    {
        var hostile = s_web with { Files = Files(("/app/\"<!--\\ü\n{}", 100_000)), Layers = [new("RUN echo \"a && b\" # ü", 500_000)] };
        var read = SizeBaselineFile.Read(SizeBaselineFile.Write(hostile), "web.size.json", Accept);
        CollectionAssert.AreEqual(hostile.Files.ToList(), read.Files.ToList());
        CollectionAssert.AreEqual(hostile.Layers, read.Layers);
    }

    [TestMethod]
    [DataRow("", "")]
    [DataRow("null", "it is empty")]
    [DataRow("{}", "")]
    [DataRow("{\n<<<<<<< HEAD\n}", "it holds the marks of a merge conflict")]
    public void A_damaged_file_is_an_error_with_the_command_that_mends_it(string text, string because)
    {
        var diagnostic = Failure.Of(Codes.BaselineUnusable, () => SizeBaselineFile.Read(text, "web.size.json", Accept));
        Assert.StartsWith($"The size baseline 'web.size.json' cannot be read: {because}", diagnostic.Message);
        Assert.EndsWith($"Write it again: {Accept}", diagnostic.Message);
        Assert.AreEqual("ContainerSizeBaseline", diagnostic.About);
    }

    [TestMethod]
    [DataRow("\"totalBytes\": 100500000", "\"totalBytes\": 100500001", "its layers do not add up to its total")]
    [DataRow("\"totalBytes\": 100500000", "\"totalBytes\": 0", "its total is not a valid size")]
    [DataRow("\"app Shop.Web\": 70000", "\"app Shop.Web\": -70000", "a size in it is missing or negative")]
    public void A_file_that_contradicts_itself_is_an_error(string old, string now, string because)
    {
        var text = SizeBaselineFile.Write(s_web);
        Assert.Contains(old, text);
        var diagnostic = Failure.Of(Codes.BaselineUnusable, () =>
            SizeBaselineFile.Read(text.Replace(old, now, StringComparison.Ordinal), "web.size.json", Accept)
        );
        Assert.Contains(because, diagnostic.Message);
    }

    [TestMethod]
    public void A_base_image_is_known_by_its_layers()
    {
        Assert.IsNull(SizeBaseline.ChainId([]));
        Assert.IsNull(SizeBaseline.ChainId(["sha256:a", null]));
        Assert.AreEqual("sha256:a", SizeBaseline.ChainId(["sha256:a"]));
        // sha256("sha256:a sha256:b"), from sha256sum.
        Assert.AreEqual(
            "sha256:970a948bffa8de94d6e22d747ba8c95030e6e546909f98f54e99a13005e173a8",
            SizeBaseline.ChainId(["sha256:a", "sha256:b"])
        );
    }

    internal static SizeBaseline Baseline(params (string Key, long Bytes)[] origins) =>
        new(
            "unpacked-bytes/1",
            Platform.Parse("linux/amd64"),
            new BaselineBase("aspnet:10.0", "sha256:aa", 100_000_000),
            100_000_000 + origins.Sum(origin => origin.Bytes),
            [new("WORKDIR /app/", 0), new("COPY --link /publish/ /app/", origins.Sum(origin => origin.Bytes))]
        )
        {
            Origins = origins.ToImmutableSortedDictionary(origin => origin.Key, origin => origin.Bytes, StringComparer.Ordinal),
        };

    internal static ImmutableSortedDictionary<string, long> Files(params (string Path, long Bytes)[] files) =>
        files.ToImmutableSortedDictionary(file => file.Path, file => file.Bytes, StringComparer.Ordinal);
}
