using System.Globalization;
using MultiStage.Build.Diagnostics;
using MultiStage.Build.Projects.Companions;

namespace MultiStage.Build.Tests.Projects;

[TestClass]
public sealed class DockerDurationTests
{
    [TestMethod]
    [DataRow("30s", 30)]
    [DataRow("1m30s", 90)]
    [DataRow("500ms", 0.5)]
    [DataRow("1.5h", 5400)]
    [DataRow(".5m", 30)]
    [DataRow("1000us", 0.001)]
    [DataRow("1000000ns", 0.001)]
    public void Dockers_durations_are_read(string text, double seconds) =>
        Assert.AreEqual(TimeSpan.FromSeconds(seconds), DockerDuration.Parse("ContainerHealthcheckInterval", text));

    [TestMethod]
    public void None_is_none() => Assert.IsNull(DockerDuration.Parse("ContainerHealthcheckInterval", ""));

    [TestMethod]
    [DataRow("30")]
    [DataRow("0s")]
    [DataRow("-5s")]
    [DataRow("5 s")]
    [DataRow("5d")]
    [DataRow("5S")]
    [DataRow("s")]
    [DataRow("100us")]
    [DataRow("00:00:05")]
    [DataRow("30s\n")]
    [DataRow("99999999999999999999h")]
    public void What_Docker_refuses_is_an_error_that_names_the_property(string text)
    {
        var error = Assert.ThrowsExactly<MultiStageException>(() => DockerDuration.Parse("ContainerHealthcheckTimeout", text)).Diagnostic;

        Assert.AreSame(Codes.ValueNotUnderstood, error.Descriptor);
        Assert.AreEqual("ContainerHealthcheckTimeout", error.About);
        Assert.Contains("such as 30s", error.Message);
    }

    [TestMethod]
    [DataRow("", null)]
    [DataRow("1", 1)]
    [DataRow("20", 20)]
    public void Retries_are_a_number(string text, int? expected) => Assert.AreEqual(expected, HealthcheckRules.Retries(text));

    [TestMethod]
    [DataRow("0")]
    [DataRow("-1")]
    [DataRow("2.5")]
    [DataRow("two")]
    public void Retries_that_are_no_number_from_1_on_are_an_error(string text) =>
        Assert.AreEqual(
            "ContainerHealthcheckRetries",
            Assert.ThrowsExactly<MultiStageException>(() => HealthcheckRules.Retries(text)).Diagnostic.About
        );

    [TestMethod]
    public void The_machines_culture_does_not_matter()
    {
        var previous = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("de-DE");
            Assert.AreEqual(TimeSpan.FromSeconds(1.5), DockerDuration.Parse("ContainerHealthcheckInterval", "1.5s"));
        }
        finally
        {
            CultureInfo.CurrentCulture = previous;
        }
    }
}
