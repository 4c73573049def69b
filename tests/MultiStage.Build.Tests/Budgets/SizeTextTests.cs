using System.Globalization;
using CsCheck;
using MultiStage.Build.Budgets;

namespace MultiStage.Build.Tests.Budgets;

[TestClass]
public sealed class SizeTextTests
{
    // Every magnitude equally likely, with the round numbers in which off-by-one lives.
    private static readonly Gen<long> s_size = Gen.OneOf(
        Gen.Select(Gen.Int[0, 60], Gen.Long[0, long.MaxValue]).Select((shift, bits) => bits >> shift),
        Gen.Select(
                Gen.OneOf(1_000L, 1_000_000, 120_000_000, 1_000_000_000, 1_000_000_000_000, 1L << 20, 115L << 20),
                Gen.Int[-60_000, 60_000]
            )
            .Select((round, off) => Math.Max(0, round + off)),
        Gen.Select(Gen.OneOf(1_000L, 1_000_000, 120_000_000, 1_000_000_000), Gen.Int[-2, 2]).Select((round, off) => round + off)
    );

    [TestMethod]
    [DataRow(0, "0 B")]
    [DataRow(12, "12 B")]
    [DataRow(999, "999 B")]
    [DataRow(1_000, "1 kB")]
    [DataRow(1_001, "1.0 kB")]
    [DataRow(950_000, "950 kB")]
    [DataRow(950_400, "950.4 kB")]
    [DataRow(999_960, "1.0 MB")]
    [DataRow(4_300_000, "4.3 MB")]
    [DataRow(324_312_345, "324.3 MB")]
    [DataRow(120_000_000, "120 MB")]
    [DataRow(120_030_000, "120.0 MB")]
    [DataRow(1_240_000_001, "1.24 GB")]
    [DataRow(1_500_000_000, "1.5 GB")]
    [DataRow(999_999_999_999, "1.00 TB")]
    [DataRow(long.MaxValue, "9223372.04 TB")]
    public void A_size_is_written(long bytes, string text) => Assert.AreEqual(text, SizeText.Of(bytes));

    [TestMethod]
    [DataRow(24_312_345, "+24.3 MB")]
    [DataRow(-950_000, "-950 kB")]
    [DataRow(0, "=")]
    [DataRow(long.MinValue, "-9223372.04 TB")]
    public void A_change_has_a_sign(long bytes, string text) => Assert.AreEqual(text, SizeText.OfChange(bytes));

    [TestMethod]
    [DataRow(324_312_345, 320_000_000, "324.3 MB", "320 MB", "4.3 MB")]
    [DataRow(120_000_001, 120_000_000, "120.000001 MB", "120 MB", "1 B")]
    [DataRow(119_999_999, 120_000_000, "119.999999 MB", "120 MB", "1 B")]
    [DataRow(120_000_000, 120_000_000, "120 MB", "120 MB", "0 B")]
    [DataRow(1_000_000_001, 1_000_000_000, "1.000000001 GB", "1 GB", "1 B")]
    [DataRow(999_999_999, 1_000_000_000, "999.999999 MB", "1 GB", "1 B")]
    [DataRow(120_600_000, 120_586_240, "120.6 MB", "120.59 MB", "13.76 kB")]
    [DataRow(324_349_000, 320_050_000, "324.35 MB", "320.05 MB", "4.30 MB")]
    public void Sizes_that_are_compared_make_sense_together(long bytes, long limit, string size, string limitText, string difference) =>
        Assert.AreEqual(new ComparedSize(size, limitText, difference), SizeText.Compare(bytes, limit));

    [TestMethod]
    [DataRow(111_360_000, 120_000_000, "92.8 %")]
    [DataRow(120_000_000, 120_000_000, "100 %")]
    [DataRow(120_000_001, 120_000_000, ">100 %")]
    [DataRow(119_999_999, 120_000_000, "<100 %")]
    [DataRow(60_000_000, 120_000_000, "50 %")]
    public void A_part_of_a_limit_is_a_percentage(long bytes, long limit, string text) =>
        Assert.AreEqual(text, SizeText.PercentOf(bytes, limit));

    [TestMethod]
    [DataRow(4_312_345, 320_000_000, "1.3 %")]
    [DataRow(1, 120_000_000, "<0.1 %")]
    [DataRow(0, 120_000_000, "0 %")]
    public void Nothing_but_the_limit_is_over_by_0_percent(long over, long limit, string text) =>
        Assert.AreEqual(text, SizeText.PercentOver(over, limit));

    [TestMethod]
    public void What_is_written_reads_back_within_half_of_its_last_place() =>
        s_size
            .Where(bytes => bytes > 0)
            .Sample(bytes =>
            {
                var text = SizeText.Of(bytes);
                var (number, unit) = Split(text);
                var exact = number * unit == bytes;
                var place = Place(text) * unit;
                return Math.Abs(number * unit - bytes) <= place / 2
                    && (!exact || (ByteSize.TryParse(text, out var parsed, out _) && parsed == bytes))
                    && (exact || text.Contains('.', StringComparison.Ordinal));
            });

    [TestMethod]
    public void A_size_beside_its_limit_reads_equal_only_when_it_is_and_on_the_right_side_otherwise() =>
        Gen.Select(s_size, s_size)
            .Sample(
                (bytes, limit) =>
                    Math.Sign(Value(SizeText.Compare(bytes, limit).Size) - Value(SizeText.Compare(bytes, limit).Limit))
                    == bytes.CompareTo(limit)
            );

    [TestMethod]
    public void Sizes_near_each_other_read_apart_too() =>
        Gen.Select(s_size, Gen.Long[0, 3_000])
            .Where(t => t.Item1 < long.MaxValue - 3_000)
            .Sample(
                (limit, over) =>
                {
                    var compared = SizeText.Compare(limit + over, limit);
                    return Math.Sign(Value(compared.Size) - Value(compared.Limit)) == Math.Sign(over);
                }
            );

    [TestMethod]
    public void Three_texts_with_one_unit_add_up() =>
        Gen.Select(s_size, s_size)
            .Sample(
                (bytes, limit) =>
                {
                    var compared = SizeText.Compare(bytes, limit);
                    var oneUnit =
                        new[] { compared.Size, compared.Limit, compared.Difference }.Select(text => Split(text).Unit).Distinct().Count()
                        == 1;
                    return !oneUnit || Math.Abs(Value(compared.Size) - Value(compared.Limit)) == Value(compared.Difference);
                }
            );

    private static decimal Value(string text) => Split(text).Number * Split(text).Unit;

    private static (decimal Number, decimal Unit) Split(string text)
    {
        var parts = text.Split(' ');
        var unit = parts[1] switch
        {
            "B" => 1m,
            "kB" => 1e3m,
            "MB" => 1e6m,
            "GB" => 1e9m,
            _ => 1e12m,
        };
        return (decimal.Parse(parts[0], CultureInfo.InvariantCulture), unit);
    }

    private static decimal Place(string text)
    {
        var number = text.Split(' ')[0];
        var point = number.IndexOf('.', StringComparison.Ordinal);
        return point < 0 ? 1 : (decimal)Math.Pow(10, point + 1 - number.Length);
    }
}
