using MultiStage.Build.Diagnostics;
using MultiStage.Build.Reporting.Console;

namespace MultiStage.Build.Tests.Reporting;

[TestClass]
public sealed class TerminalLoggerTests
{
    [TestMethod]
    [DataRow("1", true)]
    [DataRow("0", false)]
    [DataRow(null, false)]
    public void It_is_on_where_MSBuild_says_so(string? value, bool isOn) =>
        Assert.AreEqual(isOn, TerminalLogger.IsOn(name => name == "_MSBUILDTLENABLED" ? value : "1"));

    [TestMethod]
    [DataRow(80, "'/feed' is outside of the build context '/src'. Set ContainerBuildContext\nto a folder that holds both.")]
    [DataRow(0, "'/feed' is outside of the build context '/src'. Set ContainerBuildContext\nto a folder that holds both.")]
    [DataRow(120, "'/feed' is outside of the build context '/src'. Set ContainerBuildContext to a folder that holds both.")]
    public void A_message_is_broken_between_its_words(int columns, string shown) =>
        Assert.AreEqual(shown, TerminalLogger.Shown(new Diagnostic(Codes.NoBaseline, shown.Replace('\n', ' ')), columns));

    [TestMethod]
    public void The_log_in_a_block_keeps_its_lines()
    {
        var line = "    " + new string('x', 200) + " y";

        Assert.AreEqual(
            $"It failed.\n{line}",
            TerminalLogger.Shown(new Diagnostic(Codes.BuildFailed, "It failed.") { Block = $"It failed.\n{line}" }, 80)
        );
    }

    [TestMethod]
    [DataRow("a bb ccc", 4, 2, "a bb\n  ccc")]
    [DataRow("  a bb ccc", 6, 4, "  a bb\n    ccc")]
    [DataRow("/a/long/path b", 4, 2, "/a/long/path\n  b")]
    [DataRow("", 4, 2, "")]
    public void A_word_stays_whole(string line, int width, int indent, string expected) =>
        Assert.AreEqual(expected, WrappedText.Of(line, width, indent));

    [TestMethod]
    public void An_image_that_got_its_names_is_told_with_its_change_and_where_it_is()
    {
        var delivered = new DeliveredImage(GrownReport.Report, ["shop/web:1.4.0", "shop/web:latest"], "obj/size.html")
        {
            Digest = "sha256:5f2b",
        };

        Assert.AreEqual(
            """
            shop/web:1.4.0, shop/web:latest  324.3 MB of 320 MB (101.3 %), +26.6 MB
                  pushed  sha256:5f2b
                  report  obj/size.html
            """.ReplaceLineEndings("\n"),
            delivered.Text(isTerminal: true)
        );
        Assert.AreEqual(
            "shop/web:1.4.0, shop/web:latest (saved to /tmp/web.tar)  324.3 MB of 320 MB (101.3 %), +26.6 MB  obj/size.html",
            (delivered with { SavedTo = "/tmp/web.tar", Digest = "" }).Text(isTerminal: false)
        );
    }
}
