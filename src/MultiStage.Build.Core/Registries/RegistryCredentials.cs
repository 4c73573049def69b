using System.Text;
using System.Text.Json;
using MultiStage.Build.Images;

namespace MultiStage.Build.Registries;

/// <summary>What Docker's own configuration has for a registry.</summary>
/// <param name="Auth">The credentials; null for none. They go to the daemon and nowhere else: neither into a log nor into an
/// exception.</param>
/// <param name="Problem">Why credentials that should be there could not be read; null where nothing went wrong.</param>
internal sealed record RegistryLogin(RegistryAuth? Auth, string? Problem = null);

/// <summary>
/// Finds the credentials that <c>docker login</c> left behind, in the order of the <c>docker</c> command: <c>DOCKER_AUTH_CONFIG</c>, the
/// registry's helper (<c>credHelpers</c>), the helper for all (<c>credsStore</c>), then <c>auths</c> of <c>config.json</c>.
/// </summary>
/// <param name="directory">The folder of Docker's configuration.</param>
/// <param name="patience">How long a helper may take.</param>
internal sealed class RegistryCredentials(string directory, TimeSpan patience)
{
    // What the .NET SDK's container support reads, and tools such as azd set; the last pair is its older name.
    private static readonly (string Name, string Password)[] s_pushVariables =
    [
        ("DOTNET_CONTAINER_PUSH_REGISTRY_UNAME", "DOTNET_CONTAINER_PUSH_REGISTRY_PWORD"),
        ("DOTNET_CONTAINER_REGISTRY_UNAME", "DOTNET_CONTAINER_REGISTRY_PWORD"),
        ("SDK_CONTAINER_REGISTRY_UNAME", "SDK_CONTAINER_REGISTRY_PWORD"),
    ];

    // A login for pushing says nothing of where base images come from.
    private static readonly (string Name, string Password)[] s_pullVariables =
    [
        ("DOTNET_CONTAINER_PULL_REGISTRY_UNAME", "DOTNET_CONTAINER_PULL_REGISTRY_PWORD"),
    ];

    /// <summary>Reads the login that the environment gives for pushing.</summary>
    /// <param name="variable">Reads an environment variable.</param>
    /// <returns>The login; null where the environment gives none.</returns>
    public static RegistryAuth? ForPush(Func<string, string?> variable) => Given(s_pushVariables, variable);

    /// <summary>Finds the login for pulling: Docker's own, else the one that the environment gives.</summary>
    /// <param name="registry">The registry, as <see cref="ImageReference.Registry"/> has it.</param>
    /// <param name="variable">Reads an environment variable.</param>
    /// <returns>The credentials; without any, the registry is asked anonymously.</returns>
    public async Task<RegistryLogin> ForPullAsync(string registry, Func<string, string?> variable, CancellationToken cancellationToken)
    {
        var login = await FindAsync(registry, cancellationToken);
        return login with { Auth = login.Auth ?? Given(s_pullVariables, variable) };
    }

    private static RegistryAuth? Given((string Name, string Password)[] variables, Func<string, string?> variable) =>
        variables
            .Select(pair => (Name: variable(pair.Name), Password: variable(pair.Password)))
            .Where(login => !string.IsNullOrEmpty(login.Name) && !string.IsNullOrEmpty(login.Password))
            .Select(login => new RegistryAuth { Username = login.Name, Password = login.Password })
            .FirstOrDefault();

    // The name under which Docker Hub's credentials have been kept since its first version.
    private const string DockerHubKey = "https://index.docker.io/v1/";

    /// <summary>Looks up a registry.</summary>
    /// <param name="registry">The registry, as <see cref="ImageReference.Registry"/> has it.</param>
    /// <returns>The credentials; without any, the registry is asked anonymously.</returns>
    public async Task<RegistryLogin> FindAsync(string registry, CancellationToken cancellationToken)
    {
        var key = registry == ImageReference.DockerHub ? DockerHubKey : registry;
        try
        {
            if (Environment.GetEnvironmentVariable("DOCKER_AUTH_CONFIG") is { Length: > 0 } inline)
            {
                using var given = JsonDocument.Parse(inline);
                if (InFile(given.RootElement, key) is { } auth)
                {
                    return new(auth);
                }
            }

            var path = Path.Combine(directory, "config.json");
            if (!File.Exists(path))
            {
                return new(null);
            }

            using var configuration = JsonDocument.Parse(await File.ReadAllBytesAsync(path, cancellationToken));
            var login = HelperFor(configuration.RootElement, key) is { } helper
                ? await CredentialHelper.GetAsync(helper, key, patience, cancellationToken)
                : new(null);
            return login.Auth is not null ? login : login with { Auth = InFile(configuration.RootElement, key) };
        }
        catch (Exception e)
            when (e
                    is JsonException
                        or FormatException
                        or InvalidOperationException
                        or ArgumentException
                        or IOException
                        or UnauthorizedAccessException
            )
        {
            // The exception's own text could quote the file.
            return new(null, $"Docker's configuration in {directory} cannot be read");
        }
    }

    private static string? HelperFor(JsonElement configuration, string key)
    {
        if (Member(configuration, "credHelpers") is { } helpers)
        {
            foreach (var helper in helpers.EnumerateObject())
            {
                if (HostOf(helper.Name) == HostOf(key))
                {
                    return helper.Value.GetString();
                }
            }
        }

        return Member(configuration, "credsStore")?.GetString() is { Length: > 0 } store ? store : null;
    }

    private static RegistryAuth? InFile(JsonElement configuration, string key)
    {
        if (Member(configuration, "auths") is not { } auths)
        {
            return null;
        }

        foreach (var entry in auths.EnumerateObject())
        {
            if (HostOf(entry.Name) == HostOf(key) && Read(entry.Value) is { } auth)
            {
                return auth with { ServerAddress = key };
            }
        }

        return null;
    }

    private static RegistryAuth? Read(JsonElement entry)
    {
        var auth = new RegistryAuth
        {
            Username = Member(entry, "username")?.GetString(),
            Password = Member(entry, "password")?.GetString(),
            IdentityToken = Member(entry, "identitytoken")?.GetString(),
            RegistryToken = Member(entry, "registrytoken")?.GetString(),
        };
        if (Member(entry, "auth")?.GetString() is { Length: > 0 } encoded)
        {
            var pair = Encoding.UTF8.GetString(Convert.FromBase64String(encoded)).TrimEnd('\0');
            var colon = pair.IndexOf(':');
            if (colon > 0)
            {
                auth = auth with { Username = pair[..colon], Password = pair[(colon + 1)..] };
            }
        }

        // With a helper, "docker login" leaves an empty entry behind.
        return auth is { Username: null or "", IdentityToken: null or "", RegistryToken: null or "" } ? null : auth;
    }

    // Entries are written as a host, as a URL, and with the path of either version of the registry protocol.
    private static string HostOf(string key)
    {
        var scheme = key.IndexOf("://", StringComparison.Ordinal);
        var rest = scheme < 0 ? key : key[(scheme + 3)..];
        var slash = rest.IndexOf('/');
        return slash < 0 ? rest : rest[..slash];
    }

    private static JsonElement? Member(JsonElement element, string name) =>
        element.ValueKind is JsonValueKind.Object
        && element.TryGetProperty(name, out var value)
        && value.ValueKind is not JsonValueKind.Null
            ? value
            : null;
}
