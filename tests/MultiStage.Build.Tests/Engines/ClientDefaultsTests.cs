using System.Collections.Immutable;
using System.Text.Json;
using MultiStage.Build.Diagnostics;
using MultiStage.Build.Engines.Docker;

namespace MultiStage.Build.Tests.Engines;

[TestClass]
public sealed class ClientDefaultsTests
{
    private const string Proxies = """
        { "proxies": {
            "default": { "httpProxy": "http://common.example:1", "noProxy": "a.example,.b.example,10.0.0.0/8", "allProxy": "socks5://c.example:2" },
            "tcp://10.0.0.1:2375": { "httpsProxy": "http://own.example:3", "ftpProxy": "" } } }
        """;

    [TestMethod]
    public void Each_proxy_becomes_a_build_argument_in_both_cases() =>
        Assert.AreEqual(
            "ALL_PROXY=socks5://c.example:2 HTTP_PROXY=http://common.example:1 NO_PROXY=a.example,.b.example,10.0.0.0/8 "
                + "all_proxy=socks5://c.example:2 http_proxy=http://common.example:1 no_proxy=a.example,.b.example,10.0.0.0/8",
            With(Proxies, "unix:///var/run/docker.sock")
        );

    [TestMethod]
    public void A_daemon_with_an_entry_of_its_own_gets_nothing_of_the_default_one() =>
        Assert.AreEqual("HTTPS_PROXY=http://own.example:3 https_proxy=http://own.example:3", With(Proxies, "tcp://10.0.0.1:2375"));

    [TestMethod]
    public void An_argument_of_the_build_wins() =>
        Assert.AreEqual(
            "HTTPS_PROXY=mine https_proxy=http://own.example:3",
            With(Proxies, "tcp://10.0.0.1:2375", KeyValuePair.Create("HTTPS_PROXY", "mine"))
        );

    [TestMethod]
    [DataRow("{}")]
    [DataRow("""{ "auths": {} }""")]
    [DataRow("""{ "proxies": {} }""")]
    [DataRow("""{ "proxies": { "tcp://other:2375": { "httpProxy": "http://x" } } }""")]
    public void Without_an_entry_nothing_is_added(string configuration) => Assert.AreEqual("", With(configuration, "unix:///x"));

    [TestMethod]
    public void Without_a_configuration_nothing_is_added()
    {
        using var folder = new TempFolder();
        Assert.IsEmpty(ClientDefaults.AddProxies(ImmutableSortedDictionary<string, string>.Empty, folder.Path, "unix:///x"));
    }

    [TestMethod]
    [DataRow("""{ "proxies": """)]
    [DataRow("""{ "proxies": "http://x" }""")]
    [DataRow("""{ "proxies": { "default": { "httpProxy": 1 } } }""")]
    public void A_damaged_configuration_is_no_empty_one(string configuration)
    {
        var error = Assert.Throws<Exception>(() => With(configuration, "unix:///x"));
        Assert.IsTrue(error is JsonException or InvalidOperationException, error.ToString());
    }

    [TestMethod]
    [DataRow(null, null)]
    [DataRow("", null)]
    [DataRow("linux/arm64/v8", "linux/arm64")]
    [DataRow("arm64", "linux/arm64")]
    public void The_default_platform_is_what_the_variable_names(string? value, string? expected) =>
        Assert.AreEqual(expected, ClientDefaults.Platform(_ => value)?.ToString());

    [TestMethod]
    public void A_default_platform_that_is_not_one_is_an_error() =>
        Assert.AreEqual(
            "DOCKER_DEFAULT_PLATFORM is 'amd65'; it takes a platform, such as linux/arm64.",
            Failure.Of(Codes.ValueNotUnderstood, () => ClientDefaults.Platform(_ => "amd65")).Message
        );

    private static string With(string configuration, string daemon, params KeyValuePair<string, string>[] own)
    {
        using var folder = new TempFolder();
        folder.Write("config.json", configuration);
        var arguments = ClientDefaults.AddProxies(own.ToImmutableSortedDictionary(StringComparer.Ordinal), folder.Path, daemon);
        return string.Join(' ', arguments.Select(argument => $"{argument.Key}={argument.Value}"));
    }
}
