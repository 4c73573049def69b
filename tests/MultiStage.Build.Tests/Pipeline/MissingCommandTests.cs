using MultiStage.Build.Diagnostics;
using MultiStage.Build.Pipeline.Building;

namespace MultiStage.Build.Tests.Pipeline;

/// <summary>A command that a target runs and the SDK image does not have is named, with the item that brings it.</summary>
[TestClass]
public sealed class MissingCommandTests
{
    [TestMethod]
    [DataRow("  /usr/bin/sh: 2: /tmp/MSBuildTempivWMUa/tmp76bf.exec.cmd: npm: not found", "npm", "nodejs;npm")]
    [DataRow("/tmp/MSBuildTemproot/tmp1.exec.cmd: line 2: python3: command not found", "python3", "python3")]
    [DataRow("/bin/sh: /tmp/MSBuildTempa/tmp1.exec.cmd: node: not found", "node", "nodejs;npm")]
    public void Is_told_with_the_packages_that_bring_it(string line, string command, string packages) =>
        Assert.AreEqual(
            $"A target of the project runs '{command}', which the SDK image does not have. Add to the project: "
                + $"<ContainerPackage Include=\"{packages}\" Stage=\"builder\" />",
            MissingCommand.Find(line)?.Message
        );

    [TestMethod]
    public void Is_an_error_of_its_own() =>
        Assert.AreEqual(Codes.CommandNotInImage, MissingCommand.Find("/tmp/MSBuildTempa/a.exec.cmd: make: not found")?.Descriptor);

    [TestMethod]
    [DataRow("/bin/sh: 1: npm: not found")]
    [DataRow("error: the command npm was not found")]
    [DataRow("/tmp/MSBuildTempa/tmp1.exec.cmd: npm: Permission denied")]
    public void Is_not_seen_in_what_no_target_ran(string line) => Assert.IsNull(MissingCommand.Find(line));
}
