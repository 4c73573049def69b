using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using MultiStage.Build.Images;

namespace MultiStage.Build.Registries;

/// <summary>Sends requests to a registry and answers its questions for a login. Source: OCI distribution specification; Docker's token
/// authentication, https://distribution.github.io/distribution/spec/auth/token/</summary>
/// <param name="login">The credentials; null for none.</param>
internal sealed class RegistryClient(HttpClient client, RegistryAuth? login)
{
    // What the .NET SDK's container support reads, host by host.
    private const string InsecureVariable = "DOTNET_CONTAINER_INSECURE_REGISTRIES";

    private string? _host;
    private AuthenticationHeaderValue? _authorization = login?.RegistryToken is { Length: > 0 } token ? new("Bearer", token) : null;

    /// <summary>Sends a request, once more where the registry asks for a login.</summary>
    /// <param name="request">Makes the request, with its content.</param>
    /// <returns>The answer, whatever its status.</returns>
    public async Task<HttpResponseMessage> SendAsync(Func<HttpRequestMessage> request, CancellationToken cancellationToken)
    {
        var answer = await SendOnceAsync(request, cancellationToken);
        if (answer.StatusCode is HttpStatusCode.Unauthorized && await AnswerToAsync(answer, cancellationToken) is { } authorization)
        {
            answer.Dispose();
            _authorization = authorization;
            answer = await SendOnceAsync(request, cancellationToken);
        }

        return answer;
    }

    private async Task<HttpResponseMessage> SendOnceAsync(Func<HttpRequestMessage> request, CancellationToken cancellationToken)
    {
        using var message = request();
        // A registry may name another host to upload to, which is not shown the login.
        _host ??= message.RequestUri!.Authority;
        message.Headers.Authorization = message.RequestUri!.Authority == _host ? _authorization : null;
        return await client.SendAsync(message, cancellationToken);
    }

    // A registry says how it wants to be asked: with the password itself, or with a token that another address gives for it.
    private async Task<AuthenticationHeaderValue?> AnswerToAsync(HttpResponseMessage refusal, CancellationToken cancellationToken)
    {
        var challenge = refusal.Headers.WwwAuthenticate.FirstOrDefault(header => header.Scheme.ToUpperInvariant() is "BASIC" or "BEARER");
        if (challenge is null)
        {
            return null;
        }

        if (challenge.Scheme.Equals("Basic", StringComparison.OrdinalIgnoreCase))
        {
            return login is null ? null : Basic(login);
        }

        var parameters = RegistryChallenge.Parse(challenge.Parameter ?? "");
        if (
            !Uri.TryCreate(parameters.GetValueOrDefault("realm"), UriKind.Absolute, out var realm)
            || (realm.Scheme != Uri.UriSchemeHttps && !realm.IsLoopback)
        )
        {
            return null;
        }

        using var answer = await TokenAsync(realm, parameters, cancellationToken);
        answer.EnsureSuccessStatusCode();
        using var given = JsonDocument.Parse(await answer.Content.ReadAsByteArrayAsync(cancellationToken));
        var token = given.RootElement.TryGetProperty("token", out var plain) ? plain : given.RootElement.GetProperty("access_token");
        return new("Bearer", token.GetString());
    }

    private async Task<HttpResponseMessage> TokenAsync(
        Uri realm,
        Dictionary<string, string> parameters,
        CancellationToken cancellationToken
    )
    {
        var fields = parameters.Where(pair => pair.Key is "service" or "scope").ToDictionary(pair => pair.Key, pair => pair.Value);
        if (login?.IdentityToken is { Length: > 0 } identity)
        {
            // What "docker login" at a single sign-on leaves behind is exchanged, never sent as a password.
            using var form = new FormUrlEncodedContent([
                .. fields,
                new("grant_type", "refresh_token"),
                new("refresh_token", identity),
                new("client_id", "multistage-build"),
            ]);
            return await client.PostAsync(realm, form, cancellationToken);
        }

        // The address may have a query of its own.
        var query = string.Join(
            '&',
            fields
                .Select(pair => $"{pair.Key}={Uri.EscapeDataString(pair.Value)}")
                .Prepend(realm.Query.TrimStart('?'))
                .Where(part => part.Length > 0)
        );
        using var request = new HttpRequestMessage(HttpMethod.Get, new UriBuilder(realm) { Query = query }.Uri);
        request.Headers.Authorization = login is null ? null : Basic(login);
        return await client.SendAsync(request, cancellationToken);
    }

    private static AuthenticationHeaderValue Basic(RegistryAuth login) =>
        new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{login.Username}:{login.Password}")));

    /// <summary>The address of a registry, as Docker has it: Docker Hub's has another name than its images, and one on this machine needs
    /// no certificate.</summary>
    /// <param name="registry">The registry, as a reference names it.</param>
    /// <returns>The root of its API.</returns>
    public static Uri RootOf(string registry)
    {
        var host = registry == ImageReference.DockerHub ? "registry-1.docker.io" : registry;
        var address = new Uri($"https://{host}/v2/");
        var insecure = Environment.GetEnvironmentVariable(InsecureVariable)?.Split([',', ';'], StringSplitOptions.TrimEntries) ?? [];
        return address.IsLoopback || insecure.Contains(host) ? new Uri($"http://{host}/v2/") : address;
    }
}
