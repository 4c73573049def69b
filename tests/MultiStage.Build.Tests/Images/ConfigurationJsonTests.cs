using System.Collections.Immutable;
using MultiStage.Build.Images;

namespace MultiStage.Build.Tests.Images;

[TestClass]
public sealed class ConfigurationJsonTests
{
    [TestMethod]
    public void It_is_a_configuration_of_the_OCI_specification()
    {
        var image = new ImageDescription(
            "sha256:1",
            Platform.Parse("linux/arm/v7"),
            ["sha256:a"],
            [new("COPY . /app", 1, true), new("USER app", 0, false)],
            new()
            {
                User = "app",
                ExposedPorts = ["8080/tcp"],
                Env = ImmutableSortedDictionary<string, string>.Empty.Add("A", "b=c"),
                Entrypoint = ["dotnet", "app.dll"],
            }
        );

        Assert.AreEqual(
            """{"architecture":"arm","os":"linux","variant":"v7","config":{"User":"app","ExposedPorts":{"8080/tcp":{}},"Env":["A=b=c"],"Entrypoint":["dotnet","app.dll"]}"""
                + ""","rootfs":{"type":"layers","diff_ids":["sha256:a"]},"history":[{"created_by":"COPY . /app"},{"created_by":"USER app","empty_layer":true}]}""",
            ConfigurationJson.Write(image)
        );
    }
}
