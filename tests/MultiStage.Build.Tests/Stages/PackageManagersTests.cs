using MultiStage.Build.Dockerfiles.Writing;
using MultiStage.Build.Images;

namespace MultiStage.Build.Tests.Stages;

[TestClass]
public sealed class PackageManagersTests
{
    [TestMethod]
    [DataRow("mcr.microsoft.com/dotnet/aspnet:10.0", "Apt")]
    [DataRow("mcr.microsoft.com/dotnet/aspnet:8.0-bookworm-slim", "Apt")]
    [DataRow("registry.example:5000/mirror/dotnet/nightly/sdk:10.0-alpine3.22", "Apk")]
    [DataRow("mcr.microsoft.com/dotnet/runtime:10.0-azurelinux3.0", "Tdnf")]
    [DataRow("mcr.microsoft.com/azurelinux/base/core:3.0", "Tdnf")]
    [DataRow("mcr.microsoft.com/dotnet/aspnet:10.0-azurelinux3.0-distroless", "none")]
    [DataRow("mcr.microsoft.com/dotnet/aspnet:10.0-noble-chiseled-extra", "none")]
    [DataRow("golang:1.23", "Apt")]
    [DataRow("golang:1.23-alpine3.21", "Apk")]
    [DataRow("alpine", "Apk")]
    [DataRow("alpine@sha256:0123", "Apk")]
    [DataRow("nginx:latest", "Apt")]
    [DataRow("example.com/team/tools:bookworm", "Apt")]
    [DataRow("example.com/team/tools:1", "unknown")]
    [DataRow("localhost:5000/tools", "unknown")]
    public void An_images_name_tells_its_package_manager(string image, string expected)
    {
        var (isKnown, manager) = ImageSystem.Of(image);
        Assert.AreEqual(expected, isKnown ? manager?.ToString() ?? "none" : "unknown");
    }

    [TestMethod]
    [DataRow(
        "debian:12",
        "RUN apt-get update \\\n    && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends \\\n        a=1 \\\n   "
            + "     b \\\n    && apt-get clean \\\n    && rm -rf /var/lib/apt/lists/*\n"
    )]
    [DataRow("alpine:3", "RUN apk add --no-cache \\\n        a=1 \\\n        b\n")]
    [DataRow("mcr.microsoft.com/azurelinux/base/core:3.0", "RUN tdnf install -y \\\n        a-1 \\\n        b \\\n    && tdnf clean all\n")]
    public void Each_distribution_gets_its_own_line(string image, string expected) =>
        Assert.Contains(
            expected,
            DockerfileWriter.Write(
                Items.Plan(Items.Facts(Items.Stage("x", ("BaseImage", image)), Items.Package("b"), Items.Package("a", ("Version", "1")))),
                null
            )
        );
}
