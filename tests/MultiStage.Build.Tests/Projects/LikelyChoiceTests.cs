using System.Runtime.InteropServices;
using MultiStage.Build.Projects.Evaluation;

namespace MultiStage.Build.Tests.Projects;

[TestClass]
public sealed class LikelyChoiceTests
{
    [TestMethod]
    [DataRow("net8.0 net10.0 net9.0", "net10.0")]
    [DataRow("netstandard2.0 net48 net8.0 net10.0-windows", "net8.0")]
    [DataRow("net48 net472", "net48")]
    public void The_newest_framework_that_runs_everywhere_is_suggested(string frameworks, string expected) =>
        Assert.AreEqual(expected, LikelyChoice.Framework(frameworks.Split(' ')));

    [TestMethod]
    [DataRow("win-x64 linux-x64 linux-arm64", Architecture.Arm64, "linux-arm64")]
    [DataRow("win-x64 linux-musl-x64 linux-x64", Architecture.X64, "linux-x64")]
    [DataRow("win-x64 linux-musl-x64", Architecture.Arm64, "linux-musl-x64")]
    [DataRow("win-x64 win-arm64", Architecture.Arm64, "linux-arm64")]
    public void The_runtime_identifier_that_fits_this_machine_is_suggested(string identifiers, Architecture machine, string expected) =>
        Assert.AreEqual(expected, LikelyChoice.Runtime(identifiers.Split(' '), machine));
}
