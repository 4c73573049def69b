using MultiStage.Build.Images;
using MultiStage.Build.Verification;

namespace MultiStage.Build.Tests.Verification;

[TestClass]
public sealed class VerificationRulesTests
{
    private static readonly HealthTiming s_none = new();
    private static readonly HealthTiming s_quick = new(TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(10), 4);

    [TestMethod]
    public void An_image_with_a_check_has_to_become_healthy_in_the_time_that_Docker_gives_it()
    {
        Assert.AreEqual(
            (VerificationSign.Healthy, TimeSpan.FromSeconds(120)),
            Of(new() { Healthcheck = s_none, ExposedPorts = ["8080/tcp"] }, s_quick)
        );
        Assert.AreEqual((VerificationSign.Healthy, TimeSpan.FromSeconds(10 + (4 * 2) + 3)), Of(new() { Healthcheck = s_quick }, s_none));
    }

    [TestMethod]
    public void An_image_with_TCP_ports_has_to_answer()
    {
        var rules = VerificationRules.Of(new() { ExposedPorts = ["5353/udp", "8080/tcp", "8443/tcp"] }, s_none);

        Assert.AreEqual("8080/tcp 8443/tcp", string.Join(' ', rules.Ports));
        Assert.AreEqual((VerificationSign.Answers, TimeSpan.FromSeconds(120)), (rules.Sign, rules.Limit));
        Assert.AreEqual((VerificationSign.Answers, TimeSpan.FromSeconds(21)), Of(new() { ExposedPorts = ["8080/tcp"] }, s_quick));
    }

    [TestMethod]
    public void An_image_with_neither_has_to_stay_up()
    {
        Assert.AreEqual((VerificationSign.StaysUp, TimeSpan.FromSeconds(5)), Of(new() { ExposedPorts = ["5353/udp"] }, s_none));
        Assert.AreEqual((VerificationSign.StaysUp, TimeSpan.FromSeconds(10)), Of(new(), s_quick));
    }

    private static (VerificationSign Sign, TimeSpan Limit) Of(ImageConfiguration image, HealthTiming timing)
    {
        var rules = VerificationRules.Of(image, timing);
        return (rules.Sign, rules.Limit);
    }
}
