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
}
