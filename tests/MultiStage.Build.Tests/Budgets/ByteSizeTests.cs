using System.Globalization;
using CsCheck;
using MultiStage.Build.Budgets;
using MultiStage.Build.Diagnostics;

namespace MultiStage.Build.Tests.Budgets;

[TestClass]
public sealed class ByteSizeTests
{
    private static readonly (string Name, long Factor)[] s_units =
    [
        ("", 1),
        ("B", 1),
        ("kB", 1000),
        ("MB", 1_000_000),
        ("GB", 1_000_000_000),
        ("TB", 1_000_000_000_000),
        ("KiB", 1024),
        ("MiB", 1024 * 1024),
        ("GiB", 1L << 30),
        ("TiB", 1L << 40),
    ];

    [TestMethod]
    [DataRow("120MB", 120_000_000)]
    [DataRow("120 MB", 120_000_000)]
    [DataRow("120mb", 120_000_000)]
    [DataRow("  120\tMB ", 120_000_000)]
    [DataRow("115MiB", 120_586_240)]
    [DataRow("115mIb", 120_586_240)]
    [DataRow("1.5 GiB", 1_610_612_736)]
    [DataRow("1048576", 1_048_576)]
    [DataRow("512 kB", 512_000)]
    [DataRow("512KB", 512_000)]
    [DataRow("1B", 1)]
    [DataRow("0.1 MB", 100_000)]
    [DataRow("0000120MB", 120_000_000)]
    [DataRow("1.9999 kB", 1_999)]
    [DataRow("9223372036854775807", long.MaxValue)]
    [DataRow("8388607.9999999 TiB", 9223372036854665856)]
    public void A_size_is_read(string text, long bytes)
    {
        Assert.IsTrue(ByteSize.TryParse(text, out var actual, out var reason), reason);
        Assert.AreEqual(bytes, actual);
    }

    [TestMethod]
    [DataRow("abc", "it does not begin with a digit")]
    [DataRow("NaN", "it does not begin with a digit")]
    [DataRow("∞", "it does not begin with a digit")]
    [DataRow("MB", "it does not begin with a digit")]
    [DataRow(".5 MB", "it does not begin with a digit")]
    [DataRow("$(Budget)", "it does not begin with a digit")]
    [DataRow("١٢٠MB", "it does not begin with a digit")]
    [DataRow("-5", "it is negative")]
    [DataRow("-5 MB", "it is negative")]
    [DataRow("\u22125 MB", "it is negative")]
    [DataRow("+5MB", "a limit has no sign")]
    [DataRow("0", "a size of 0 would reject every image")]
    [DataRow("0.0 GB", "a size of 0 would reject every image")]
    [DataRow("0.0001 kB", "it is less than one byte")]
    [DataRow("5%", "a percentage is not a size")]
    [DataRow("-5 %", "a percentage is not a size")]
    [DataRow("5%;3MB", "it is more than one limit")]
    [DataRow("12XB", "'XB' is not a unit")]
    [DataRow("12 bytes", "'bytes' is not a unit")]
    [DataRow("12MB!", "'MB!' is not a unit")]
    [DataRow("1 MB MB", "'MB MB' is not a unit")]
    [DataRow("0x10", "'x10' is not a unit")]
    [DataRow("1E", "'E' is not a unit")]
    [DataRow("120M", "'M' may be MB or MiB")]
    [DataRow("2g", "'g' may be GB or GiB")]
    [DataRow("9k", "'k' may be kB or KiB")]
    [DataRow("1,5 GB", "its decimal sign is a comma, so write 1.5")]
    [DataRow("1,000", "its comma is ambiguous, so write 1.000 or 1000")]
    [DataRow("1, GB", "it has a comma")]
    [DataRow("1_000", "digits are not grouped")]
    [DataRow("1 000 MB", "digits are not grouped")]
    [DataRow("1'000 MB", "digits are not grouped")]
    [DataRow("1e3", "it has an exponent, so write the number out")]
    [DataRow("1E+3 MB", "it has an exponent, so write the number out")]
    [DataRow("1.2.3 MB", "it has two decimal points")]
    [DataRow("1. MB", "a digit is missing after its decimal point")]
    [DataRow("9223372036854775808", "it is more bytes than can be counted")]
    [DataRow("99999999999999999999 TiB", "it is more bytes than can be counted")]
    public void What_is_no_size_has_a_reason(string text, string reason)
    {
        Assert.IsFalse(ByteSize.TryParse(text, out var bytes, out var actual));
        Assert.AreEqual(reason, actual);
        Assert.AreEqual(0, bytes);
    }

    [TestMethod]
    [DataRow(null)]
    [DataRow("")]
    [DataRow(" \t\n")]
    public void An_empty_property_sets_no_limit(string? text) => Assert.IsNull(ByteSize.ParseBudget("ContainerSizeBudget", text));

    [TestMethod]
    public void A_typo_is_an_error_about_its_property()
    {
        var diagnostic = Assert.ThrowsExactly<MultiStageException>(() => ByteSize.ParseBudget("ContainerSizeBudget", " 5% ")).Diagnostic;
        Assert.AreEqual(Codes.BudgetNotUnderstood, diagnostic.Descriptor);
        Assert.AreEqual("ContainerSizeBudget", diagnostic.About);
        Assert.AreEqual(
            "ContainerSizeBudget is '5%', which is not a valid size: a percentage is not a size. Write a number with a unit, such as "
                + "120MB, 1.5GiB, or plain bytes.",
            diagnostic.Message
        );
    }

    [TestMethod]
    public void Whole_numbers_of_any_unit_are_exact() =>
        Gen.Select(Gen.OneOf(s_units), Gen.Long[1, 8_000_000], Gen.Int[0, 3], Gen.Bool)
            .Sample(
                (unit, count, blanks, upper) =>
                {
                    var text =
                        count.ToString(CultureInfo.InvariantCulture)
                        + new string(' ', blanks)
                        + (upper ? unit.Name.ToUpperInvariant() : unit.Name.ToLowerInvariant());
                    return ByteSize.TryParse(text, out var bytes, out _) && bytes == count * unit.Factor;
                }
            );

    [TestMethod]
    public void Fractions_are_rounded_down() =>
        Gen.Select(Gen.OneOf(s_units), Gen.Int[0, 999], Gen.Int[0, 999_999])
            .Where(t => t.Item2 > 0)
            .Sample(
                (unit, whole, millionths) =>
                {
                    var text = string.Create(CultureInfo.InvariantCulture, $"{whole}.{millionths:D6}{unit.Name}");
                    var expected = decimal.Floor((whole + millionths / 1e6m) * unit.Factor);
                    return ByteSize.TryParse(text, out var bytes, out _) && bytes == expected;
                }
            );

    [TestMethod]
    public void Any_text_is_a_size_or_has_a_reason_and_never_throws() =>
        Gen.String[Gen.Char["0123456789 .,eE+-%;_kKMGTiBb\u00A0\u0660"], 0, 12]
            .Where(t => !string.IsNullOrWhiteSpace(t))
            .Sample(text =>
                ByteSize.TryParse(text, out var bytes, out var reason) ? bytes > 0 && reason.Length == 0 : bytes == 0 && reason.Length > 0
            );
}
