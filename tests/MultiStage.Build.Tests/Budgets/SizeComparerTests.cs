using MultiStage.Build.Budgets.Baselines;
using MultiStage.Build.Images;
using static MultiStage.Build.Tests.Budgets.SizeBaselineTests;

namespace MultiStage.Build.Tests.Budgets;

[TestClass]
public sealed class SizeComparerTests
{
    private static readonly SizeBaseline s_before = Baseline(
        ("package Serilog/4.2.0", 180_000),
        ("package Dapper/2.1.0", 250_000),
        ("app Shop.Web", 70_000),
        ("project Shop.Orders", 1_000)
    );

    [TestMethod]
    public void What_is_new_grown_shrunk_and_gone_is_told_the_largest_growth_first()
    {
        var now = Baseline(
            ("package Serilog/4.3.0", 181_000),
            ("package SkiaSharp/2.88.9", 25_300_000),
            ("app Shop.Web", 60_000),
            ("project Shop.Orders", 1_000)
        );
        var comparison = SizeComparer.Compare(s_before, now, "web.size.json");
        Assert.IsTrue(comparison.IsCompared);
        Assert.AreEqual(now.TotalBytes - s_before.TotalBytes, comparison.GrowthBytes);
        Assert.AreEqual(
            """
            package SkiaSharp null→2.88.9 0→25300000 New
            package Serilog 4.2.0→4.3.0 180000→181000 Grown
            app Shop.Web null→null 70000→60000 Shrunk
            package Dapper 2.1.0→null 250000→0 Gone
            """.ReplaceLineEndings("\n"),
            string.Join(
                '\n',
                comparison
                    .Of(ChangeSubject.Origin)
                    .Select(change =>
                        $"{change.Name} {change.VersionBefore ?? "null"}→{change.VersionAfter ?? "null"} {change.Before}→{change.After} "
                        + $"{change.Kind}"
                    )
            )
        );
    }

    [TestMethod]
    public void The_same_image_has_not_changed()
    {
        var comparison = SizeComparer.Compare(s_before, s_before, "web.size.json");
        Assert.IsEmpty(comparison.Changes);
        Assert.AreEqual((0L, 0L, false), (comparison.GrowthBytes, comparison.BaseGrowthBytes, comparison.BaseChanged));
    }

    [TestMethod]
    public void An_update_of_the_base_image_is_no_growth_of_the_app()
    {
        var now = s_before with
        {
            Base = new BaselineBase("aspnet:10.0", "sha256:bb", 105_000_000),
            TotalBytes = s_before.TotalBytes + 5_000_000,
        };
        var comparison = SizeComparer.Compare(s_before, now, "web.size.json");
        Assert.AreEqual((0L, 5_000_000L, true), (comparison.GrowthBytes, comparison.BaseGrowthBytes, comparison.BaseChanged));
    }

    [TestMethod]
    public void Where_neither_base_image_was_measured_the_whole_images_are_compared()
    {
        var before = s_before with { Base = s_before.Base! with { Digest = null, Bytes = null } };
        var comparison = SizeComparer.Compare(before, before with { TotalBytes = before.TotalBytes + 7 }, "web.size.json");
        Assert.AreEqual(
            (7L, 0L, false, true),
            (comparison.GrowthBytes, comparison.BaseGrowthBytes, comparison.BaseChanged, comparison.IsCompared)
        );
    }

    [TestMethod]
    public void What_is_of_something_else_is_not_compared()
    {
        Refuses(s_before with { Definition = "disk-usage/1" }, "its sizes are 'disk-usage/1', and this image's 'unpacked-bytes/1'");
        Refuses(
            s_before with
            {
                Platform = Platform.Parse("linux/arm64"),
            },
            "it is of the platform linux/arm64, and this image of linux/amd64"
        );
        Refuses(
            s_before with
            {
                Base = s_before.Base! with { Reference = "aspnet:9.0" },
            },
            "its base image is aspnet:9.0, and this image's aspnet:10.0"
        );
        Refuses(s_before with { Base = null }, "its base image is scratch, and this image's aspnet:10.0");
        Refuses(s_before with { Base = s_before.Base! with { Bytes = null } }, "the base image aspnet:10.0 was not there to be measured");

        static void Refuses(SizeBaseline before, string reason)
        {
            var comparison = SizeComparer.Compare(before, s_before, "web.size.json");
            Assert.AreEqual(reason, comparison.NotComparedBecause);
            Assert.IsEmpty(comparison.Changes);
        }
    }

    [TestMethod]
    public void A_layer_is_known_by_its_instruction_and_its_turn()
    {
        var before = s_before with { Layers = [new("RUN a", 1), new("RUN a", 2), new("RUN b", 3)] };
        var now = s_before with { Layers = [new("RUN a", 1), new("RUN c", 7), new("RUN a", 5)] };
        Assert.AreEqual(
            "RUN c 0→7, RUN a 2→5, RUN b 3→0",
            string.Join(
                ", ",
                SizeComparer
                    .Compare(before, now, "")
                    .Of(ChangeSubject.Layer)
                    .Select(change => $"{change.Name} {change.Before}→{change.After}")
            )
        );
    }

    [TestMethod]
    public void A_small_file_that_the_baseline_has_no_line_for_is_not_called_new()
    {
        var before = s_before with { Files = Files(("/app/kept.dll", 100_000), ("/app/lost.dll", 90_000)), FilesFrom = 65_536 };
        var now = s_before with { Files = Files(("/app/kept.dll", 10), ("/app/small", 65_535), ("/app/large", 65_536)) };
        Assert.AreEqual(
            "/app/large New, /app/lost.dll Gone, /app/kept.dll Shrunk",
            string.Join(", ", SizeComparer.Compare(before, now, "").Of(ChangeSubject.File).Select(change => $"{change.Name} {change.Kind}"))
        );
    }

    [TestMethod]
    [DataRow("package Serilog/4.2.0", "package Serilog", "4.2.0", "Serilog 4.2.0")]
    [DataRow("other COPY a/b /c", "other COPY a/b /c", null, "COPY a/b /c")]
    [DataRow("project Shop.Orders", "project Shop.Orders", null, "Shop.Orders")]
    public void Packages_alone_have_a_version(string key, string name, string? version, string shown)
    {
        Assert.AreEqual((name, version), OriginKey.Split(key));
        Assert.AreEqual(shown, OriginKey.Shown(key));
    }
}
