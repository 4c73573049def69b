using System.Collections.Immutable;
using MultiStage.Build.Diagnostics;
using MultiStage.Build.Images;
using MultiStage.Build.Projects.Container;

namespace MultiStage.Build.Tests.Projects;

[TestClass]
public sealed class ContainerRulesTests
{
    private static readonly ContainerSettings s_web = new()
    {
        BaseImage = "mcr.microsoft.com/dotnet/aspnet:10.0",
        Repository = "web",
        Tags = ["latest", "1.0"],
        Registry = "registry.example.com",
        AppCommand = ["dotnet", "/app/Web.dll"],
        SdkVersion = "10.0.401",
        FrameworkVersion = "10.0",
    };

    [TestMethod]
    public void A_web_app_that_sets_nothing_gets_the_defaults_of_PublishContainer()
    {
        var facts = ContainerRules.Apply(s_web, null);
        Assert.AreEqual("mcr.microsoft.com/dotnet/sdk:10.0", facts.SdkImage);
        Assert.AreEqual(s_web.BaseImage, facts.BaseImage);
        Assert.AreEqual("$APP_UID", facts.User);
        Assert.AreEqual("/app/", facts.WorkingDirectory);
        Assert.AreEqual("dotnet /app/Web.dll", string.Join(' ', facts.Entrypoint));
        Assert.IsEmpty(facts.Command);
        Assert.AreEqual("8080/tcp", string.Join(' ', facts.Ports));
        Assert.IsNull(facts.Platform);
        Assert.AreEqual("registry.example.com/web:latest,1.0", $"{facts.Registry}/{facts.Repository}:{string.Join(',', facts.Tags)}");
    }

    [TestMethod]
    public void An_answer_is_expected_of_a_web_app_and_of_a_port_that_the_project_names()
    {
        Assert.IsTrue(ContainerRules.Apply(s_web, null).AnswersOnPorts);
        var worker = s_web with { BaseImage = "mcr.microsoft.com/dotnet/runtime:10.0", UsesAspNet = false };
        Assert.AreEqual("8080/tcp", string.Join(' ', ContainerRules.Apply(worker, null).Ports));
        Assert.IsFalse(ContainerRules.Apply(worker, null).AnswersOnPorts);
        Assert.IsTrue(ContainerRules.Apply(worker with { Ports = [new("9000", "tcp")] }, null).AnswersOnPorts);
    }

    [TestMethod]
    public void What_the_project_sets_wins()
    {
        var facts = ContainerRules.Apply(
            s_web with
            {
                SdkImage = "sdk:mine",
                User = "root",
                WorkingDirectory = "/srv",
            },
            """{ "sdk": { "version": "10.0.400" } }"""
        );
        Assert.AreEqual("sdk:mine root /srv", $"{facts.SdkImage} {facts.User} {facts.WorkingDirectory}");
    }

    [TestMethod]
    [DataRow("registry.example/mirror/aspnet:10.0", "10.0", "$APP_UID", "8080/tcp")]
    [DataRow("mine", "8.0", "$APP_UID", "8080/tcp")]
    [DataRow("registry.example/mirror/aspnet:7.0", "7.0", "", "80/tcp")]
    public void An_app_without_a_runtime_of_its_own_runs_on_NETs_images_whatever_they_are_called(
        string image,
        string framework,
        string user,
        string port
    )
    {
        var facts = ContainerRules.Apply(s_web with { BaseImage = image, FrameworkVersion = framework }, null);

        Assert.AreEqual(user, facts.User);
        Assert.AreEqual(port, string.Join(' ', facts.Ports));
    }

    [TestMethod]
    public void An_unknown_base_image_of_an_app_with_a_runtime_of_its_own_keeps_its_user_and_ports()
    {
        var facts = ContainerRules.Apply(s_web with { BaseImage = "debian:12", HasOwnRuntime = true }, null);
        Assert.AreEqual("", facts.User);
        Assert.IsEmpty(facts.Ports);
    }

    [TestMethod]
    [DataRow("", null)]
    [DataRow("linux-x64", "linux/amd64")]
    [DataRow("linux-musl-x64", "linux/amd64")]
    [DataRow("linux-arm64", "linux/arm64")]
    [DataRow("linux-musl-arm64", "linux/arm64")]
    [DataRow("linux-arm", "linux/arm/v7")]
    [DataRow("linux-x86", "linux/386")]
    [DataRow("linux-s390x", "linux/s390x")]
    [DataRow("linux-ppc64le", "linux/ppc64le")]
    [DataRow("linux-riscv64", "linux/riscv64")]
    public void A_runtime_identifier_stands_for_a_platform(string runtimeIdentifier, string? platform) =>
        Assert.AreEqual(platform, ContainerRules.Platform(runtimeIdentifier)?.ToString());

    [TestMethod]
    [DataRow("win-x64")]
    [DataRow("osx-arm64")]
    [DataRow("linux")]
    [DataRow("any")]
    public void Other_systems_have_no_platform(string runtimeIdentifier) =>
        Assert.StartsWith(
            $"'{runtimeIdentifier}' is not a Linux runtime identifier.",
            Failure.Of(Codes.NotLinux, () => ContainerRules.Platform(runtimeIdentifier)).Message
        );

    [TestMethod]
    public void Labels_that_change_while_the_project_does_not_stay_out_of_the_Dockerfile()
    {
        ImmutableArray<NameValue> labels =
        [
            new("org.opencontainers.image.created", "2030-01-01T00:00:00Z"),
            new("org.opencontainers.artifact.created", "2030-01-01T00:00:00Z"),
            new("org.opencontainers.image.authors", "us"),
            new("org.opencontainers.image.version", "1.0.0"),
            new("org.opencontainers.image.revision", "0123abc"),
            new("org.opencontainers.image.base.digest", "sha256:0"),
            new("net.dot.sdk.version", "10.0.401"),
            new("mine", "yes"),
        ];
        Assert.AreEqual("authors version mine", Names(ContainerRules.Apply(s_web with { Labels = labels }, null).Labels));
        var stamped = ContainerRules.Apply(s_web with { Labels = labels, VersionIsStamped = true }, null);
        Assert.AreEqual("authors mine", Names(stamped.Labels));
        Assert.AreEqual("created created version revision digest version", Names(stamped.BuildLabels));
    }

    private static string Names(ImmutableArray<NameValue> labels) => string.Join(' ', labels.Select(label => label.Name.Split('.')[^1]));
}
