using MultiStage.Build.Pipeline.Building;

namespace MultiStage.Build.Tests.Pipeline;

/// <summary>A Dockerfile that a hook has edited, and that the base image changes afterwards.</summary>
[TestClass]
public sealed class TextChangeTests
{
    private const string Before = "FROM base AS runtime\nEXPOSE 8080\nWORKDIR /app\nUSER 1654\nENTRYPOINT x\n";

    [TestMethod]
    [DataRow(Before, "FROM base AS runtime\nWORKDIR /app\nUSER app\nENTRYPOINT x\n", "what nobody edited is written anew")]
    [DataRow(
        "# mine\nFROM base AS runtime\nEXPOSE 8080\nWORKDIR /app\nRUN tool\nUSER 1654\nENTRYPOINT x\nHEALTHCHECK NONE\n",
        "# mine\nFROM base AS runtime\nWORKDIR /app\nRUN tool\nUSER app\nENTRYPOINT x\nHEALTHCHECK NONE\n",
        "new lines stay"
    )]
    [DataRow(
        "FROM base AS runtime\nEXPOSE 8080\nUSER root\nENTRYPOINT x\n",
        "FROM base AS runtime\nUSER root\nENTRYPOINT x\n",
        "a line that both changed is the hook's"
    )]
    public void Takes_the_change_and_keeps_the_edit(string edited, string expected, string why)
    {
        const string After = "FROM base AS runtime\nWORKDIR /app\nUSER app\nENTRYPOINT x\n";

        Assert.AreEqual(expected, TextChange.Apply(Before, After, edited), why);
    }
}
