using System.Text.RegularExpressions;
using MultiStage.Build.Diagnostics;

namespace MultiStage.Build.Tests.Diagnostics;

[TestClass]
public sealed partial class DiagnosticsTests
{
    [TestMethod]
    public void Every_code_is_unique_and_well_formed()
    {
        Assert.IsGreaterThan(10, Codes.All.Count);
        Assert.HasCount(Codes.All.Count, Codes.All.Select(d => d.Code).Distinct(StringComparer.Ordinal));
        Assert.IsTrue(Codes.All.All(d => CodePattern().IsMatch(d.Code)));
    }

    [TestMethod]
    public void Every_descriptor_says_cause_and_cure()
    {
        foreach (var descriptor in Codes.All)
        {
            Assert.EndsWith(".", descriptor.Cause, descriptor.Code);
            Assert.EndsWith(".", descriptor.Cure, descriptor.Code);
        }
    }

    [TestMethod]
    public void A_message_is_one_line_whatever_is_put_into_it() =>
        Assert.AreEqual("The image build failed at a b: c", Codes.BuildFailed.With("a\r\nb", "c\n").Message);

    [TestMethod]
    public void A_full_stop_of_others_is_not_doubled() =>
        Assert.AreEqual("ContainerBuildContext 'a.' is gone.", Codes.ContextUnusable.With("a.", "is gone.").Message);

    [GeneratedRegex("^MULTISTAGE[1-5][0-9]{3}$")]
    private static partial Regex CodePattern();
}
