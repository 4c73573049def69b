using System.Net;
using System.Text;
using System.Text.Json;

namespace MultiStage.Build.EndToEnd.Harness;

/// <summary>
/// A registry that wants a bearer token, and the server that gives one for a password: it stands in front of the registry that lets
/// everybody in. Source: https://distribution.github.io/distribution/spec/auth/token/
/// </summary>
internal sealed class TokenRegistry : IDisposable
{
    // What belongs to one connection and is not handed on.
    private static readonly string[] s_ofConnections =
    [
        "Host",
        "Connection",
        "Transfer-Encoding",
        "Content-Length",
        "Authorization",
        "Expect",
    ];

    // HttpListener keeps the last of several lines of one header, and the daemon sends a line for each kind of manifest.
    private const string Manifests =
        "application/vnd.oci.image.index.v1+json, application/vnd.oci.image.manifest.v1+json, "
        + "application/vnd.docker.distribution.manifest.list.v2+json, application/vnd.docker.distribution.manifest.v2+json";

    private static readonly HttpClient s_client = new(new HttpClientHandler { AllowAutoRedirect = false });

    private readonly HttpListener _listener = new();
    private readonly string _token = Guid.NewGuid().ToString("n");

    /// <summary>Begins to listen.</summary>
    public TokenRegistry()
    {
        using (var free = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0))
        {
            free.Start();
            Address = $"127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}";
        }

        _listener.Prefixes.Add($"http://{Address}/");
        _listener.Start();
        _ = ServeAsync();
    }

    /// <summary>Its host and port.</summary>
    public string Address { get; }

    /// <summary>Whom it gives a token.</summary>
    public static string User => "robot";

    /// <summary>The password.</summary>
    public string Password { get; } = Guid.NewGuid().ToString("n");

    /// <summary>How many tokens it gave.</summary>
    public int Tokens { get; private set; }

    /// <inheritdoc />
    public void Dispose() => _listener.Close();

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                var context = await _listener.GetContextAsync();
                _ = Task.Run(() => AnswerAsync(context));
            }
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
        {
            // It was closed.
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        try
        {
            if (context.Request.Url!.AbsolutePath == "/token")
            {
                GiveToken(context);
            }
            else if (context.Request.Headers["Authorization"] != $"Bearer {_token}")
            {
                context.Response.StatusCode = 401;
                context.Response.AddHeader("WWW-Authenticate", $"Bearer realm=\"http://{Address}/token\",service=\"tests\"");
                context.Response.Close("""{"errors":[{"code":"UNAUTHORIZED","message":"authentication required"}]}"""u8.ToArray(), false);
            }
            else
            {
                await HandOnAsync(context);
            }
        }
        catch (Exception e) when (e is HttpListenerException or HttpRequestException or IOException or ObjectDisposedException)
        {
            context.Response.Abort();
        }
    }

    private void GiveToken(HttpListenerContext context)
    {
        var login = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{User}:{Password}"));
        if (context.Request.Headers["Authorization"] != $"Basic {login}")
        {
            context.Response.StatusCode = 401;
            context.Response.Close("""{"details":"incorrect username or password"}"""u8.ToArray(), false);
            return;
        }

        Tokens++;
        context.Response.ContentType = "application/json";
        context.Response.Close(JsonSerializer.SerializeToUtf8Bytes(new { token = _token, expires_in = 300 }), false);
    }

    private async Task HandOnAsync(HttpListenerContext context)
    {
        var (asked, answer) = (context.Request, context.Response);
        using var request = new HttpRequestMessage(new HttpMethod(asked.HttpMethod), $"http://{Registry.Open.Address}{asked.RawUrl}");
        request.Headers.Host = Address;
        if (asked.HasEntityBody)
        {
            request.Content = new StreamContent(asked.InputStream);
            request.Content.Headers.ContentLength = asked.ContentLength64 >= 0 ? asked.ContentLength64 : null;
        }

        foreach (var name in asked.Headers.AllKeys.OfType<string>().Except(s_ofConnections, StringComparer.OrdinalIgnoreCase))
        {
            var value = name == "Accept" ? Manifests : asked.Headers[name];
            if (!request.Headers.TryAddWithoutValidation(name, value))
            {
                request.Content?.Headers.TryAddWithoutValidation(name, value);
            }
        }

        using var given = await s_client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        answer.StatusCode = (int)given.StatusCode;
        foreach (var (name, values) in given.Headers.Concat(given.Content.Headers).Where(header => !s_ofConnections.Contains(header.Key)))
        {
            answer.Headers[name] = string.Join(",", values);
        }

        answer.ContentLength64 = given.Content.Headers.ContentLength ?? 0;
        if (asked.HttpMethod != "HEAD")
        {
            await given.Content.CopyToAsync(answer.OutputStream);
        }

        answer.Close();
    }
}
