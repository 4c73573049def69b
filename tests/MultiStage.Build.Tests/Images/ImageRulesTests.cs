using System.Collections.Immutable;
using MultiStage.Build.Diagnostics;
using MultiStage.Build.Images;
using MultiStage.Build.Projects.Container;

namespace MultiStage.Build.Tests.Images;

[TestClass]
public sealed class ImageRulesTests
{
    [TestMethod]
    [DataRow("mcr.microsoft.com/dotnet/aspnet:10.0")]
    [DataRow("mcr.microsoft.com/dotnet/runtime:8.0-alpine")]
    [DataRow("mcr.microsoft.com/dotnet/runtime-deps:10.0-noble-chiseled-extra")]
    [DataRow("mcr.microsoft.com/dotnet/nightly/aspnet:11.0-preview")]
    [DataRow("mcr.microsoft.com/dotnet/aspnet@sha256:0123")]
    [DataRow("mcr.microsoft.com/dotnet/aspnet:10.0@sha256:0123")]
    [DataRow("mcr.microsoft.com/dotnet/aspnet:latest")]
    [DataRow("mcr.microsoft.com/dotnet/aspnet")]
    [DataRow("localhost:5000/dotnet/aspnet:9.0")]
    [DataRow("mirror.example.com/mcr/dotnet/aspnet:9.0")]
    [DataRow("dotnet/runtime:9.0")]
    public void From_NET_8_on_images_have_a_user_and_listen_on_8080(string reference) =>
        AssertImage("$APP_UID", "ASPNETCORE_HTTP_PORTS=8080", reference);

    [TestMethod]
    [DataRow("mcr.microsoft.com/dotnet/aspnet:7.0", "10.0")]
    [DataRow("mcr.microsoft.com/dotnet/runtime-deps:6.0-jammy-chiseled", "8.0")]
    [DataRow("localhost:5000/dotnet/aspnet@sha256:0123", "6.0")]
    public void Before_NET_8_images_run_as_root_and_listen_on_80(string reference, string framework) =>
        AssertImage("", "ASPNETCORE_URLS=http://+:80", reference, framework);

    [TestMethod]
    [DataRow("debian:12")]
    [DataRow("scratch")]
    [DataRow("mcr.microsoft.com/dotnet/framework/aspnet:4.8")]
    [DataRow("mcr.microsoft.com/dotnet/aspnet-composite:10.0")]
    [DataRow("example.com/mydotnet/aspnet:10.0")]
    [DataRow("example.com/dotnet/aspnet/app:10.0")]
    [DataRow("")]
    public void Of_other_images_nothing_is_known(string reference) => Assert.IsNull(DotNetBaseImage.TryParse(reference, "10.0"));

    [TestMethod]
    public void A_port_may_be_tcp_or_udp_and_is_tcp_unless_it_says_so() =>
        CollectionAssert.AreEqual(
            new[] { "53/tcp", "53/udp", "8081/tcp" },
            PortRules.Apply([new("8081", ""), new("53", "UDP"), new("53", "Tcp"), new("8081", "tcp")], [])
        );

    [TestMethod]
    [DataRow("0", "tcp")]
    [DataRow("65536", "tcp")]
    [DataRow("-1", "tcp")]
    [DataRow("http", "tcp")]
    [DataRow("80-90", "tcp")]
    [DataRow("80", "sctp")]
    public void A_port_that_is_none_is_an_error(string number, string type)
    {
        var diagnostic = Failure.Of(Codes.ValueNotUnderstood, () => PortRules.Apply([new(number, type)], []));
        Assert.AreEqual("ContainerPort", diagnostic.About);
        Assert.Contains($"'{number}/{type}'", diagnostic.Message);
    }

    [TestMethod]
    [DataRow("10.0", "", "8080/tcp")]
    [DataRow("10.0", "ASPNETCORE_HTTP_PORTS=80", "80/tcp")]
    [DataRow("10.0", "ASPNETCORE_HTTP_PORTS=", "")]
    [DataRow("10.0", "ASPNETCORE_HTTP_PORTS=8080; 9090;x;", "8080/tcp 9090/tcp")]
    [DataRow("10.0", "ASPNETCORE_HTTPS_PORTS=8443", "8080/tcp 8443/tcp")]
    [DataRow("10.0", "ASPNETCORE_URLS=http://+:5000;https://*:5001/;unix:/x", "5000/tcp 5001/tcp")]
    [DataRow("10.0", "ASPNETCORE_URLS=http://[::]:5000 ASPNETCORE_HTTP_PORTS=80", "5000/tcp")]
    [DataRow("10.0", "ASPNETCORE_URLS=http://localhost", "")]
    [DataRow("10.0", "ASPNETCORE_HTTP_PORTS=1 ASPNETCORE_HTTP_PORTS=2", "2/tcp")]
    [DataRow("7.0", "", "80/tcp")]
    [DataRow("7.0", "ASPNETCORE_URLS=http://+:5000", "5000/tcp")]
    // The old images set ASPNETCORE_URLS, which overrides the newer variable.
    [DataRow("7.0", "ASPNETCORE_HTTP_PORTS=5000", "80/tcp")]
    public void What_the_environment_makes_ASP_NET_listen_on_is_exposed(string version, string environment, string expected) =>
        Assert.AreEqual(
            expected,
            string.Join(
                ' ',
                PortRules.Apply(
                    [],
                    Pairs(environment).Insert(0, DotNetBaseImage.TryParse($"mcr.microsoft.com/dotnet/aspnet:{version}", version)!.Listens)
                )
            )
        );

    [TestMethod]
    public void An_unknown_image_exposes_what_the_project_says_alone() =>
        CollectionAssert.AreEqual(new[] { "9000/tcp" }, PortRules.Apply([], Pairs("ASPNETCORE_HTTP_PORTS=9000")));

    [TestMethod]
    [DataRow("10.0.401", null, "10.0")]
    [DataRow("10.0.401", "{}", "10.0")]
    [DataRow("10.0.401", """{ "sdk": { "allowPrerelease": false } }""", "10.0")]
    [DataRow("10.0.401", "{ malformed", "10.0")]
    [DataRow("10.0.401", """{ /* why */ "sdk": { "version": "10.0.400", }, }""", "10.0.400")]
    [DataRow("10.0.401", """{ "sdk": { "version": "10.0.400", "rollForward": "disable" } }""", "10.0.400")]
    [DataRow("10.0.401", """{ "sdk": { "version": "10.0.400", "rollForward": "patch" } }""", "10.0.400")]
    [DataRow("10.0.401", """{ "sdk": { "version": "10.0.400", "rollForward": "LatestPatch" } }""", "10.0.400")]
    [DataRow("10.0.401", """{ "sdk": { "version": "10.0.100", "rollForward": "feature" } }""", "10.0")]
    [DataRow("10.0.401", """{ "sdk": { "version": "10.0.100", "rollForward": "latestFeature" } }""", "10.0")]
    [DataRow("10.0.401", """{ "sdk": { "version": "9.0.100", "rollForward": "latestMajor" } }""", "10.0")]
    [DataRow("11.0.100-preview.3.26101.1", null, "11.0-preview")]
    // No -rc tag was ever made: a release candidate is what major.minor holds until the release.
    [DataRow("11.0.100-rc.1.26401.1", null, "11.0")]
    [DataRow("11.0.100-rtm.1", null, "11.0")]
    [DataRow("11.0.100-servicing.26501.2", null, "11.0")]
    // Images of a preview are tagged without its build number.
    [DataRow("11.0.100-rc.1.26401.1", """{ "sdk": { "version": "11.0.100-rc.1.26401.1" } }""", "11.0.100-rc.1")]
    public void The_SDK_image_fits_what_global_json_accepts(string version, string? globalJson, string tag) =>
        Assert.AreEqual($"mcr.microsoft.com/dotnet/sdk:{tag}", SdkImage.For(version, globalJson));

    private static void AssertImage(string user, string listens, string reference, string framework = "10.0")
    {
        var image = DotNetBaseImage.TryParse(reference, framework);
        Assert.IsNotNull(image);
        Assert.AreEqual(user, image.User);
        Assert.AreEqual(listens, $"{image.Listens.Name}={image.Listens.Value}");
    }

    private static ImmutableArray<NameValue> Pairs(string environment) =>
        [
            .. environment
                .Split(" ASPNETCORE", StringSplitOptions.RemoveEmptyEntries)
                .Select(pair => pair.StartsWith("ASPNETCORE", StringComparison.Ordinal) ? pair : "ASPNETCORE" + pair)
                .Select(pair => new NameValue(
                    pair[..pair.IndexOf('=', StringComparison.Ordinal)],
                    pair[(pair.IndexOf('=', StringComparison.Ordinal) + 1)..]
                )),
        ];
}
