using System.Collections.Immutable;
using MultiStage.Build.Diagnostics;
using MultiStage.Build.Projects;
using MultiStage.Build.Projects.Container;
using MultiStage.Build.Tests.Stages;

namespace MultiStage.Build.Tests.Images;

[TestClass]
public sealed class BaseImageRulesTests
{
    private static readonly ContainerSettings s_web = new()
    {
        BaseImage = "mirror/aspnet:10.0",
        Repository = "web",
        Tags = ["latest"],
        SdkVersion = "10.0.401",
        FrameworkVersion = "10.0",
    };

    [TestMethod]
    [DataRow(false, "APP_UID=1654 ASPNETCORE_HTTP_PORTS=8080", "$APP_UID", "8080/tcp", null)]
    [DataRow(false, "ASPNETCORE_HTTP_PORTS=8080", "", "8080/tcp", "no APP_UID")]
    [DataRow(false, "APP_UID=1001 ASPNETCORE_URLS=http://+:9090", "$APP_UID", "9090/tcp", "the ports 9090/tcp")]
    [DataRow(false, "", "", "", "no APP_UID and no port to listen on")]
    [DataRow(true, "", "", "", null)]
    [DataRow(true, "APP_UID=1654 ASPNETCORE_HTTP_PORTS=8080", "$APP_UID", "8080/tcp", "its own user, APP_UID and the ports 8080/tcp")]
    public void User_and_ports_come_from_the_image_and_a_difference_is_told(
        bool hasOwnRuntime,
        string environment,
        string user,
        string ports,
        string? difference
    )
    {
        var expected = ContainerRules.Apply(s_web with { HasOwnRuntime = hasOwnRuntime }, null);

        var found = BaseImageRules.Correct(expected, Variables(environment));

        Assert.AreEqual(user, found.User);
        Assert.AreEqual(ports, string.Join(' ', found.Ports));
        var told = BaseImageRules.Difference(expected, found);
        Assert.AreSame(difference is null ? null : Codes.BaseImageIsOther, told?.Descriptor);
        Assert.StartsWith($"'mirror/aspnet:10.0' has {difference}", told?.Message ?? "'mirror/aspnet:10.0' has ");
    }

    [TestMethod]
    public void What_the_project_says_itself_wins()
    {
        var expected = ContainerRules.Apply(
            s_web with
            {
                User = "me",
                Ports = [new("53", "udp")],
                Environment = [new("ASPNETCORE_HTTP_PORTS", "5000")],
            },
            null
        );

        var found = BaseImageRules.Correct(expected, Variables("APP_UID=1654 ASPNETCORE_HTTP_PORTS=8080"));

        Assert.AreEqual("me 53/udp 5000/tcp", $"{found.User} {string.Join(' ', found.Ports)}");
        Assert.IsNull(BaseImageRules.Difference(expected, found));
    }

    [TestMethod]
    [DataRow("mirror.example/dotnet/aspnet:10.0-custom", true)]
    [DataRow("aspnet", true)]
    [DataRow("mcr.microsoft.com/dotnet/aspnet:10.0", false)]
    [DataRow("scratch", false)]
    [DataRow("Prepared", false)]
    public void An_image_is_looked_at_where_its_name_does_not_say_what_it_is(string image, bool expected)
    {
        var facts = Samples.Web with { Stages = StageFacts.None with { Stages = [new("ContainerStage", "prepared", null)] } };

        Assert.AreEqual(expected, BaseImageRules.MustLook(facts with { Container = facts.Container with { BaseImage = image } }));
    }

    private static ImmutableDictionary<string, string> Variables(string environment) =>
        environment
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .ToImmutableDictionary(pair => pair.Split('=')[0], pair => pair.Split('=', 2)[1]);
}
