using CsCheck;
using MultiStage.Build.Budgets;
using MultiStage.Build.Budgets.Baselines;
using MultiStage.Build.Diagnostics;
using MultiStage.Build.Images;
using MultiStage.Build.Measurement;

namespace MultiStage.Build.Tests.Budgets;

[TestClass]
public sealed class GrowthBudgetTests
{
    [TestMethod]
    [DataRow("5%", "5", null, "5 %")]
    [DataRow(" 4.5 % ", "4.5", null, "4.5 %")]
    [DataRow("3MB", null, 3_000_000L, "3 MB")]
    [DataRow("5%;3MB", "5", 3_000_000L, "5 % and 3 MB")]
    [DataRow("1.5 MiB ; 0.25%", "0.25", 1_572_864L, "0.25 % and 1.6 MB")]
    [DataRow("0%", "0", null, "0 %")]
    [DataRow("0", null, 0L, "0 B")]
    public void A_growth_is_read(string text, string? percent, long? bytes, string shown)
    {
        var budget = GrowthBudget.Parse(text)!;
        Assert.AreEqual(percent, budget.Percent?.ToString(System.Globalization.CultureInfo.InvariantCulture));
        Assert.AreEqual(bytes, budget.Bytes);
        Assert.AreEqual(shown, budget.ToString());
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("  ")]
    [DataRow(null)]
    public void Nothing_is_no_budget(string? text) => Assert.IsNull(GrowthBudget.Parse(text));

    [TestMethod]
    [DataRow("5", null)]
    [DataRow("%", "its percentage is not a valid number")]
    [DataRow("-5%", "its percentage is not a valid number")]
    [DataRow("+5%", "its percentage is not a valid number")]
    [DataRow("5e1%", "its percentage is not a valid number")]
    [DataRow("5.%", "its percentage is not a valid number")]
    [DataRow("5,5%", "its decimal sign is a comma, so write a point")]
    [DataRow("0.1234567%", "its percentage has more than six decimals")]
    [DataRow("100001%", "no image grows by so many percent")]
    [DataRow("5%;6%", "it has two percentages")]
    [DataRow("5MB;6MB", "it has two sizes")]
    [DataRow("5%;", "a part of it is empty")]
    [DataRow("5%,3MB", "it does not begin with a digit", DisplayName = "a comma between two")]
    [DataRow("3M", "'M' may be MB or MiB")]
    public void What_is_no_growth_is_an_error(string text, string? reason)
    {
        if (reason is null)
        {
            // Bytes, as in every other budget.
            Assert.AreEqual(5L, GrowthBudget.Parse(text)!.Bytes);
            return;
        }

        var diagnostic = Failure.Of(Codes.GrowthBudgetNotUnderstood, () => GrowthBudget.Parse(text));
        Assert.AreEqual("ContainerSizeGrowthBudget", diagnostic.About);
        if (text != "5%,3MB")
        {
            Assert.Contains(reason, diagnostic.Message);
        }
    }

    [TestMethod]
    [DataRow(4_999_000, true, DisplayName = "4.999 %")]
    [DataRow(4_999_999, true, DisplayName = "5 % - 1 byte")]
    [DataRow(5_000_000, true, DisplayName = "5 %")]
    [DataRow(5_000_001, false, DisplayName = "5 % + 1 byte")]
    [DataRow(0, true)]
    [DataRow(-50_000_000, true, DisplayName = "smaller")]
    public void Exactly_as_much_as_allowed_is_allowed(long growth, bool allowed)
    {
        Assert.AreEqual(allowed, Allows("5%", growth, 100_000_000));
        Assert.AreEqual(allowed, Allows("5MB", growth, 100_000_000));
        Assert.AreEqual(allowed, Allows("5%;5MB", growth, 100_000_000));
    }

    [TestMethod]
    [DataRow(4_999, true, DisplayName = "4.999 % of 100 kB")]
    [DataRow(5_000, true)]
    [DataRow(5_001, false)]
    public void A_small_image_is_measured_to_the_byte(long growth, bool allowed) => Assert.AreEqual(allowed, Allows("5%", growth, 100_000));

    // 5 % of 99,999,999 is 4,999,999.95: the last whole byte below it passes.
    [TestMethod]
    [DataRow(4_999_999, true)]
    [DataRow(5_000_000, false)]
    public void A_part_of_a_byte_is_not_given_away(long growth, bool allowed)
    {
        Assert.AreEqual(allowed, Allows("5%", growth, 99_999_999));
        Assert.AreEqual(4_999_999, GrowthBudget.Parse("5%")!.AllowedBytes(99_999_999));
    }

    [TestMethod]
    [DataRow(2_999_999, true)]
    [DataRow(6_000_000, false, DisplayName = "over both")]
    [DataRow(5_000_000, true, DisplayName = "over the bytes alone")]
    public void With_both_it_takes_both_to_fail(long growth, bool allowed) =>
        Assert.AreEqual(allowed, Allows("5%;3MB", growth, 100_000_000));

    [TestMethod]
    public void Over_the_percentage_alone_is_allowed_too() => Assert.IsTrue(Allows("5%;3MB", 3_000_000, 10_000_000));

    [TestMethod]
    public void What_is_allowed_is_exactly_the_larger_of_both() =>
        Gen.Select(Gen.Int[0, 2000], Gen.Long[0, 1L << 40], Gen.Long[1, 1L << 45], Gen.Int[0, 2])
            .Sample(
                (thousandths, bytes, baseline, parts) =>
                {
                    var (percent, size) = (parts == 1 ? (decimal?)null : thousandths / 1000m, parts == 0 ? (long?)null : bytes);
                    var allowed = new GrowthBudget(percent, size).AllowedBytes(baseline);
                    Assert.IsTrue(Keeps(allowed));
                    Assert.IsFalse(Keeps(allowed + 1));

                    bool Keeps(decimal growth) => growth * 100 <= percent * baseline || growth <= size;
                }
            );

    private static bool Allows(string budget, long growth, long baseline)
    {
        var settings = new SetBudgets { Growth = budget }.Read();
        var comparison = new SizeComparison("web.size.json", baseline, null, null) { GrowthBytes = growth };
        var image = new MeasuredImage(new ImageSizes("sha256:0", Platform.Parse("linux/amd64"), null, [], Exact: true));
        return BudgetEvaluator.Evaluate(image, settings.Over(comparison), comparison).Single().Passed;
    }
}
