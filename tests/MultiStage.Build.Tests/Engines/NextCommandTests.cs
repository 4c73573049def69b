using MultiStage.Build.Engines;
using MultiStage.Build.Images;

namespace MultiStage.Build.Tests.Engines;

[TestClass]
public sealed class NextCommandTests
{
    private static readonly ImageReference s_image = ImageReference.TryParse("registry.example/shop/web:1")!;

    [TestMethod]
    [DataRow("unauthorized: authentication required", null, "Log in: docker login registry.example")]
    [DataRow("pull access denied", null, "Log in: docker login registry.example")]
    [DataRow("no such host", null, "See the registry's own answer: docker pull registry.example/shop/web:1")]
    [DataRow(
        "no matching manifest",
        "linux/arm64",
        "See the registry's own answer: docker pull --platform linux/arm64 registry.example/shop/web:1"
    )]
    public void After_a_pull_it_is_what_to_type(string answer, string? platform, string expected) =>
        Assert.AreEqual(expected, NextCommand.AfterPull(s_image, platform is null ? null : Platform.Parse(platform), answer));

    [TestMethod]
    [DataRow("denied: requested access to the resource is denied", "Log in: docker login registry.example")]
    [DataRow("blob upload invalid", "See the registry's own answer: docker push registry.example/shop/web:1")]
    public void After_a_push_it_is_what_to_type(string answer, string expected) =>
        Assert.AreEqual(expected, NextCommand.AfterPush(s_image, answer));
}
