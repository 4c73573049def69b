using MultiStage.Build.Images;

namespace MultiStage.Build.Tests.Images;

[TestClass]
public sealed class ImageReferenceTests
{
    [TestMethod]
    [DataRow("busybox", "docker.io", "library/busybox", "latest", null, "busybox:latest")]
    [DataRow("busybox:1", "docker.io", "library/busybox", "1", null, "busybox:1")]
    [DataRow("docker.io/library/busybox:1", "docker.io", "library/busybox", "1", null, "busybox:1")]
    [DataRow("index.docker.io/me/app", "docker.io", "me/app", "latest", null, "me/app:latest")]
    [DataRow("me/app", "docker.io", "me/app", "latest", null, "me/app:latest")]
    [DataRow("localhost/app", "localhost", "app", "latest", null, "localhost/app:latest")]
    [DataRow("localhost:5000/a/b", "localhost:5000", "a/b", "latest", null, "localhost:5000/a/b:latest")]
    [DataRow("mcr.microsoft.com/dotnet/sdk:10.0", "mcr.microsoft.com", "dotnet/sdk", "10.0", null, "mcr.microsoft.com/dotnet/sdk:10.0")]
    [DataRow("a.b/c@sha256:12", "a.b", "c", null, "sha256:12", "a.b/c@sha256:12")]
    [DataRow("a.b:5/c:t@sha256:12", "a.b:5", "c", "t", "sha256:12", "a.b:5/c:t@sha256:12")]
    public void A_name_is_taken_apart_as_Docker_does(
        string name,
        string registry,
        string repository,
        string? tag,
        string? digest,
        string written
    )
    {
        var reference = ImageReference.TryParse(name);
        Assert.AreEqual(new ImageReference(registry, repository, tag, digest), reference);
        Assert.AreEqual(written, reference!.ToString());
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("a b")]
    [DataRow("App")]
    [DataRow("a:")]
    [DataRow("a.b/")]
    [DataRow("a@")]
    public void What_is_no_name_is_refused(string name) => Assert.IsNull(ImageReference.TryParse(name));
}
