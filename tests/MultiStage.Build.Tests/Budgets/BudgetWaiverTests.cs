using MultiStage.Build.Budgets.Waivers;
using MultiStage.Build.Diagnostics;

namespace MultiStage.Build.Tests.Budgets;

[TestClass]
public sealed class BudgetWaiverTests
{
    [TestMethod]
    [DataRow("2027-03-31T00:00:00Z", true)]
    [DataRow("2027-03-31T23:59:59.9999999Z", true)]
    [DataRow("2027-04-01T00:00:00Z", false)]
    [DataRow("2027-04-01T11:59:59.9999999+12:00", true, DisplayName = "already tomorrow in Auckland")]
    [DataRow("2027-03-31T12:00:00-12:00", false, DisplayName = "still today on Baker Island")]
    public void It_holds_until_its_day_is_over_in_utc(string now, bool holds)
    {
        var waiver = BudgetWaiver.Parse("ContainerSizeBudget", "2027-03-31", "the fonts move to a CDN", "340MB");
        Assert.AreEqual(holds, waiver.HoldsAt(DateTimeOffset.Parse(now, System.Globalization.CultureInfo.InvariantCulture)));
    }

    [TestMethod]
    [DataRow("", "why", "340MB", "it has no Until")]
    [DataRow("2027-03-31", " ", "340MB", "it has no Reason")]
    [DataRow("2027-03-31", "why", null, "it has no AllowUpTo")]
    [DataRow("31.3.2027", "why", "340MB", "its Until '31.3.2027' is not a valid date; write it as 2027-03-31")]
    [DataRow("2027-02-29", "why", "340MB", "its Until '2027-02-29' is not a valid date; write it as 2027-03-31")]
    [DataRow("2027-03-31T12:00", "why", "340MB", "its Until '2027-03-31T12:00' is not a valid date; write it as 2027-03-31")]
    public void What_lacks_anything_is_an_error(string until, string reason, string? allowUpTo, string why)
    {
        var diagnostic = Failure.Of(Codes.WaiverNotUnderstood, () => BudgetWaiver.Parse("ContainerSizeBudget", until, reason, allowUpTo));
        Assert.StartsWith($"The ContainerBudgetWaiver 'ContainerSizeBudget' cannot be used: {why}.", diagnostic.Message);
        Assert.AreEqual("ContainerBudgetWaiver", diagnostic.About);
    }
}
