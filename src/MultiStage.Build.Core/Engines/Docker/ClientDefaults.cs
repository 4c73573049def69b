using System.Collections.Immutable;
using System.Text.Json;
using MultiStage.Build.Diagnostics;
using MultiStage.Build.Images;

namespace MultiStage.Build.Engines.Docker;

/// <summary>What the <c>docker</c> command adds to a build that does not say it itself, from its own configuration and
/// environment.</summary>
internal static class ClientDefaults
{
    private const string PlatformVariable = "DOCKER_DEFAULT_PLATFORM";

    // The members of "proxies" and the predefined build arguments they become, in upper and in lower case:
    // https://docs.docker.com/engine/cli/proxy/
    private static readonly (string Member, string Argument)[] s_proxies =
    [
        ("httpProxy", "HTTP_PROXY"),
        ("httpsProxy", "HTTPS_PROXY"),
        ("noProxy", "NO_PROXY"),
        ("ftpProxy", "FTP_PROXY"),
        ("allProxy", "ALL_PROXY"),
    ];

    /// <summary>The platform that builds and pulls are for where nothing chooses one: <c>DOCKER_DEFAULT_PLATFORM</c>, or null for the
    /// daemon's own.</summary>
    /// <exception cref="MultiStageException"><see cref="Codes.ValueNotUnderstood"/>.</exception>
    public static Platform? Platform(Func<string, string?> variable) =>
        variable(PlatformVariable) is { Length: > 0 } text
            ? Images.Platform.TryParse(text) ?? throw Codes.ValueNotUnderstood.Error(PlatformVariable, text, Images.Platform.Takes)
            : null;

    /// <summary>Adds the proxies of Docker's configuration to the arguments of a build. BuildKit keeps them out of the image and of its
    /// cache keys.</summary>
    /// <param name="arguments">The build's own arguments, which win.</param>
    /// <param name="directory">The folder of Docker's configuration.</param>
    /// <param name="daemon">The daemon's address; its entry counts before the one called <c>default</c>.</param>
    /// <exception cref="JsonException">The configuration is not JSON.</exception>
    /// <exception cref="InvalidOperationException">A proxy is not a string.</exception>
    public static ImmutableSortedDictionary<string, string> AddProxies(
        ImmutableSortedDictionary<string, string> arguments,
        string directory,
        string daemon
    )
    {
        var path = Path.Combine(directory, "config.json");
        if (!File.Exists(path))
        {
            return arguments;
        }

        using var configuration = JsonDocument.Parse(File.ReadAllBytes(path));
        if (!configuration.RootElement.TryGetProperty("proxies", out var all) || Entry(all, daemon) is not { } entry)
        {
            return arguments;
        }

        foreach (var (member, argument) in s_proxies)
        {
            if (entry.TryGetProperty(member, out var value) && value.GetString() is { Length: > 0 } proxy)
            {
                arguments = AddMissing(AddMissing(arguments, argument, proxy), argument.ToLowerInvariant(), proxy);
            }
        }

        return arguments;
    }

    private static ImmutableSortedDictionary<string, string> AddMissing(
        ImmutableSortedDictionary<string, string> arguments,
        string name,
        string value
    ) => arguments.ContainsKey(name) ? arguments : arguments.Add(name, value);

    private static JsonElement? Entry(JsonElement proxies, string daemon) =>
        proxies.TryGetProperty(daemon, out var own) ? own
        : proxies.TryGetProperty("default", out var common) ? common
        : null;
}
