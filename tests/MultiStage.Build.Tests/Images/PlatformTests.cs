using MultiStage.Build.Images;

namespace MultiStage.Build.Tests.Images;

[TestClass]
public sealed class PlatformTests
{
    [TestMethod]
    [DataRow("linux/arm64/v8", "linux/arm64")]
    [DataRow("linux/aarch64", "linux/arm64")]
    [DataRow("Linux/AMD64", "linux/amd64")]
    [DataRow("linux/x86_64", "linux/amd64")]
    [DataRow("linux/amd64/v1", "linux/amd64")]
    [DataRow("linux/amd64/v3", "linux/amd64/v3")]
    [DataRow("linux/arm", "linux/arm/v7")]
    [DataRow("linux/arm/v6", "linux/arm/v6")]
    [DataRow("linux/arm/7", "linux/arm/v7")]
    [DataRow("linux/i386", "linux/386")]
    [DataRow("linux/s390x", "linux/s390x")]
    [DataRow("linux", "linux")]
    public void A_platform_has_one_form(string text, string expected) => Assert.AreEqual(expected, Platform.Normalize(text));
}
