using System.Text.Json;
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
    [DataRow("ARM64", "linux/arm64")]
    [DataRow("x86_64", "linux/amd64")]
    [DataRow("windows/amd64", "windows/amd64")]
    public void A_platform_has_one_form(string text, string expected) => Assert.AreEqual(expected, Platform.Parse(text).ToString());

    [TestMethod]
    public void Of_a_system_alone_it_is_this_machine_s() => Assert.AreEqual(Platform.OfThisMachine, Platform.Parse("linux"));

    [TestMethod]
    [DataRow("")]
    [DataRow("/")]
    [DataRow("linux/")]
    [DataRow("/amd64")]
    [DataRow("amd65")]
    [DataRow("linux/arm/v7/x")]
    public void What_names_no_platform_is_not_one(string text) => Assert.IsNull(Platform.TryParse(text));

    [TestMethod]
    public void What_an_image_does_not_say_of_itself_is_unknown() =>
        Assert.AreEqual("linux/unknown", Platform.Of("linux", "", null).ToString());

    [TestMethod]
    public void In_JSON_it_is_one_text_and_another_text_is_refused()
    {
        Assert.AreEqual("\"linux/arm64\"", JsonSerializer.Serialize(Platform.Parse("linux/arm64/v8")));
        Assert.AreEqual(Platform.Of("linux", "arm", "v6"), JsonSerializer.Deserialize<Platform>("\"linux/arm/v6\""));
        Assert.ThrowsExactly<JsonException>(() => JsonSerializer.Deserialize<Platform>("\"anything\""));
    }
}
