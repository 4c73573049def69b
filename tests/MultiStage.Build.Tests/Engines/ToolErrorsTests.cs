using MultiStage.Build.Engines.Progress;

namespace MultiStage.Build.Tests.Engines;

[TestClass]
public sealed class ToolErrorsTests
{
    private static readonly string Context = Path.Combine(Path.GetTempPath(), "repo");

    [TestMethod]
    public void A_compiler_error_is_found_in_the_file_on_this_machine() =>
        Assert.AreEqual(
            new ToolError(Path.Combine(Context, "Lib", "C.cs"), 2, 1, "CS0116", "A namespace cannot directly contain members: x"),
            Parse("/src/Lib/C.cs(2,1): error CS0116: A namespace cannot directly contain members: x [/src/Lib/Lib.csproj]")
        );

    [TestMethod]
    public void A_restore_error_has_a_file_and_no_line() =>
        Assert.AreEqual(
            new ToolError(Path.Combine(Context, "Lib", "Lib.csproj"), 0, 0, "NU1101", "Unable to find package Nope."),
            Parse("    /src/Lib/Lib.csproj : error NU1101: Unable to find package Nope. [/src/App/App.csproj]")
        );

    [TestMethod]
    public void A_file_of_the_sdk_keeps_the_container_s_path() =>
        Assert.AreEqual("/usr/share/dotnet/sdk/x.targets", Parse("/usr/share/dotnet/sdk/x.targets(5,6): error NETSDK1005: No.")?.File);

    [TestMethod]
    [DataRow("/src/Lib/C.cs(2,1): warning CS0168: unused [/src/Lib/Lib.csproj]")]
    [DataRow("  App -> /src/App/bin/Release/App.dll")]
    [DataRow("/src/Lib/Lib.csproj : error NU1403:  [/src/App/App.csproj]")]
    [DataRow("0 Error(s)")]
    [DataRow("the error CS1002: is famous")]
    public void Other_lines_are_none(string line) => Assert.IsNull(Parse(line));

    private static ToolError? Parse(string line) => ToolErrors.Parse(line, "/src", Context);
}
