using System.Diagnostics;
using CsCheck;
using MultiStage.Build.Pipeline;

namespace MultiStage.Build.Tests.Pipeline;

[TestClass]
public sealed class UnifiedDiffTests
{
    private static readonly Gen<string> s_text = Gen.Select(
        Generate.OneOf("a", "b", "c", "", "-- x", "@@ y", "\\ z").Array[0, 30],
        Gen.Bool,
        (lines, ended) => string.Join('\n', lines) + (ended && lines.Length > 0 ? "\n" : "")
    );

    [TestMethod]
    public void Equal_texts_have_no_difference() => s_text.Sample(text => Assert.AreEqual("", UnifiedDiff.Of("f", text, text)));

    [TestMethod]
    public void Texts_that_differ_have_a_difference() =>
        Gen.Select(s_text, s_text)
            .Where((actual, expected) => actual != expected)
            .Sample((actual, expected) => Assert.AreNotEqual("", UnifiedDiff.Of("f", actual, expected)));

    [TestMethod]
    [OSCondition(OperatingSystems.Linux)]
    public void Patch_makes_of_the_one_text_the_other() =>
        Gen.Select(s_text, s_text)
            .Where((actual, expected) => actual != expected)
            .Sample(
                (actual, expected) =>
                {
                    using var folder = new TempFolder();
                    folder.Write("f", actual);
                    var diff = folder.Write("f.diff", UnifiedDiff.Of("f", actual, expected));
                    var start = new ProcessStartInfo("patch", ["--silent", "--force", "--posix", "--fuzz=0", folder["f"], diff])
                    {
                        RedirectStandardOutput = true,
                    };
                    using var process = Process.Start(start)!;
                    var output = process.StandardOutput.ReadToEnd();
                    process.WaitForExit();
                    Assert.AreEqual(0, process.ExitCode, output + File.ReadAllText(diff));
                    Assert.AreEqual(expected, File.Exists(folder["f"]) ? File.ReadAllText(folder["f"]) : "", File.ReadAllText(diff));
                },
                iter: 30,
                threads: 1
            );

    [TestMethod]
    public void Hunks_have_three_lines_around_them_and_join_where_they_meet()
    {
        var actual = string.Concat(Enumerable.Range(1, 30).Select(i => $"{i}\n"));
        var expected = actual
            .Replace("\n5\n", "\nfive\n", StringComparison.Ordinal)
            .Replace("\n11\n", "\n11\n11½\n", StringComparison.Ordinal)
            .Replace("\n25\n", "\n", StringComparison.Ordinal);
        Assert.AreEqual(
            "--- f (on disk)\n+++ f (as generated)\n"
                + "@@ -2,13 +2,14 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n 9\n 10\n 11\n+11½\n 12\n 13\n 14\n"
                + "@@ -22,7 +23,6 @@\n 22\n 23\n 24\n-25\n 26\n 27\n 28\n",
            UnifiedDiff.Of("f", actual, expected)
        );
    }

    [TestMethod]
    public void A_missing_line_end_is_a_difference_and_said() =>
        Assert.AreEqual(
            "--- f (on disk)\n+++ f (as generated)\n@@ -1,2 +1,2 @@\n a\n-b\n\\ No newline at end of file\n+b\n",
            UnifiedDiff.Of("f", "a\nb", "a\nb\n")
        );

    [TestMethod]
    public void A_file_that_is_missing_is_all_new() =>
        Assert.AreEqual("--- f (on disk)\n+++ f (as generated)\n@@ -0,0 +1,2 @@\n+a\n+b\n", UnifiedDiff.Of("f", "", "a\nb\n"));
}
