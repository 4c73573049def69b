using MultiStage.Build.Images;

namespace MultiStage.Build.Tests.Images;

[TestClass]
public sealed class DotNetImageTests
{
    [TestMethod]
    [DataRow("mcr.microsoft.com/dotnet/aspnet", "aspnet", "", "", false, true, false)]
    [DataRow("mcr.microsoft.com/dotnet/aspnet:11.0-preview", "aspnet", "11.0", "", false, true, false)]
    [DataRow("mcr.microsoft.com/dotnet/aspnet:11.0-preview-resolute-chiseled", "aspnet", "11.0", "resolute", false, false, false)]
    [DataRow("mcr.microsoft.com/dotnet/aspnet:11.0.100-preview.3-alpine3.23", "aspnet", "11.0.100", "alpine3.23", true, true, false)]
    [DataRow("mcr.microsoft.com/dotnet/runtime:8.0-jammy-chiseled", "runtime", "8.0", "jammy", false, false, false)]
    [DataRow("mcr.microsoft.com/dotnet/runtime-deps:8.0-bookworm-slim-arm64v8", "runtime-deps", "8.0", "bookworm", false, true, false)]
    [DataRow("mcr.microsoft.com/dotnet/runtime-deps:8.0-arm64v8", "runtime-deps", "8.0", "", false, true, false)]
    [DataRow("mcr.microsoft.com/dotnet/sdk:10.0-noble-aot", "sdk", "10.0", "noble", false, true, true)]
    [DataRow("mirror.example.com:5000/dotnet/nightly/sdk:11.0-preview-aot", "sdk", "11.0", "", false, true, true)]
    [DataRow("dotnet/runtime:8.0-cbl-mariner2.0-distroless", "runtime", "8.0", "cbl-mariner2.0", false, false, false)]
    [DataRow("dotnet/sdk@sha256:0123", "sdk", "", "", false, true, false)]
    public void Its_name_tells_what_is_in_it(
        string name,
        string repository,
        string version,
        string distribution,
        bool isMusl,
        bool hasShell,
        bool hasToolchain
    )
    {
        var image = DotNetImage.TryParse(name)!;
        Assert.AreEqual((repository, version, distribution), (image.Repository, image.Version, image.Distribution));
        Assert.AreEqual((isMusl, hasShell, hasToolchain), (image.IsMusl, image.HasShell, image.HasToolchain));
        Assert.AreEqual(name.Contains('@', StringComparison.Ordinal), image.IsByDigest);
    }

    [TestMethod]
    [DataRow("debian:12-slim")]
    [DataRow("scratch")]
    [DataRow("")]
    [DataRow("mcr.microsoft.com/dotnet/framework/aspnet:4.8")]
    [DataRow("example.com/mydotnet/aspnet:10.0")]
    public void Any_other_image_is_none(string name) => Assert.IsNull(DotNetImage.TryParse(name));

    [TestMethod]
    [DataRow("scratch", null, false)]
    [DataRow("nginx:1.27-alpine", true, true)]
    [DataRow("example.com/team/alpine-base:1", true, true)]
    [DataRow("mcr.microsoft.com/dotnet/aspnet:10.0-alpine3.22", true, true)]
    [DataRow("mcr.microsoft.com/dotnet/aspnet:10.0", false, true)]
    [DataRow("mcr.microsoft.com/dotnet/aspnet:10.0-noble-chiseled", false, false)]
    [DataRow("gcr.io/distroless/cc-debian12", null, false)]
    [DataRow("example.com/team/tools:1", null, true)]
    public void A_name_tells_the_C_library_and_whether_there_is_a_shell(string name, bool? isMusl, bool hasShell)
    {
        var system = ImageSystem.Of(name);
        Assert.AreEqual((isMusl, hasShell), (system.IsMusl, system.HasShell));
    }
}
