using MultiStage.Build.Diagnostics;
using MultiStage.Build.Reporting.Console;

namespace MultiStage.Build.Tests.Reporting;

[TestClass]
public sealed class TerminalLoggerTests
{
    [TestMethod]
    [DataRow("publish", null, "xterm", false, true)]
    [DataRow("publish", null, "xterm", true, false, DisplayName = "into a file")]
    [DataRow("publish", null, "dumb", false, false)]
    [DataRow("publish -tl:off", null, "xterm", false, false)]
    [DataRow("publish /terminalLogger:False", null, "xterm", false, false)]
    [DataRow("publish --tl:on", "off", "xterm", true, true, DisplayName = "the command line before the variable")]
    [DataRow("publish -tl", null, "xterm", true, true)]
    [DataRow("publish -tl:auto", "off", "xterm", false, true)]
    [DataRow("publish", "off", "xterm", false, false)]
    [DataRow("-nologo -nodemode:1", null, "xterm", true, true, DisplayName = "a node, which has no console")]
    [DataRow("-nologo /nodeMode:1", "off", "xterm", true, false, DisplayName = "a node that is told")]
    [DataRow("-nodemode:1", null, "", true, false, DisplayName = "a node of a process without a terminal")]
    [DataRow("publish -tlp:default=auto -p:tl=off", null, "xterm", false, true, DisplayName = "other switches")]
    public void It_is_on_where_MSBuild_has_it_on(string arguments, string? logger, string terminal, bool isRedirected, bool isOn) =>
        Assert.AreEqual(
            isOn,
            TerminalLogger.IsOn(
                arguments.Split(' '),
                name =>
                    name == "TERM" ? terminal
                    : name == "MSBUILDTERMINALLOGGER" ? logger
                    : null,
                isRedirected
            )
        );

    [TestMethod]
    public void A_node_on_a_build_server_has_no_terminal() =>
        Assert.IsFalse(TerminalLogger.IsOn(["-nodemode:1"], name => name is "CI" or "TERM" ? "true" : null, isRedirected: true));

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
