using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Docker.DotNet;
using Docker.DotNet.Handler.Abstractions;
using Docker.DotNet.NativeHttp;
using MultiStage.Build.Diagnostics;

namespace MultiStage.Build.Engines.Docker;

/// <summary>Opens clients of the Engine API, and reads from the daemon's answers the headers that the client library keeps to
/// itself.</summary>
/// <param name="endpoint">Where the daemon listens.</param>
/// <param name="options">How long it may say nothing.</param>
internal sealed class DockerConnection(DockerEndpoint endpoint, EngineOptions options) : IAuthProvider
{
    // What the client library's models were generated from. A newer daemon is asked to answer in this version.
    private static readonly Version NewestApi = new(1, 54);

    // A daemon that is there answers a ping in milliseconds; a machine that is switched off never does.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Whether the daemon said that it builds with BuildKit (<c>Builder-Version: 2</c>); false until it was asked.</summary>
    public bool HasBuildKit { get; private set; }

    /// <summary>The newest version of the API that the daemon has; null until it was asked, or where it does not say.</summary>
    public Version? ApiVersion { get; private set; }

    /// <inheritdoc/>
    public bool TlsEnabled => endpoint.Certificates is not null;

    /// <inheritdoc/>
    public HttpMessageHandler ConfigureHandler(HttpMessageHandler handler) =>
        new SilenceGuard(options) { InnerHandler = new HeaderReader(this) { InnerHandler = handler } };

    /// <summary>Asks the daemon whether it is there, and agrees with it on a version of the API.</summary>
    /// <exception cref="MultiStageException"><see cref="Codes.NoDaemon"/>, or <see cref="Codes.EndpointUnusable"/> for certificates that
    /// cannot be read.</exception>
    public async Task<DockerClient> OpenAsync(CancellationToken cancellationToken)
    {
        try
        {
            using (var anyVersion = NewClient(null))
            {
                using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
                patience.CancelAfter(options.SilenceLimit < Patience ? options.SilenceLimit : Patience);
                await anyVersion.System.PingAsync(patience.Token);
            }

            return NewClient(ApiVersion is null || ApiVersion < NewestApi ? ApiVersion : NewestApi);
        }
        catch (Exception e) when (e is CryptographicException or FileNotFoundException or DirectoryNotFoundException && TlsEnabled)
        {
            throw new MultiStageException(
                Codes.EndpointUnusable.With(
                    endpoint.Address,
                    endpoint.Source,
                    $"its certificates cannot be read: {e.Message.TrimEnd('.')}"
                ),
                e
            );
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested && e is not MultiStageException)
        {
            throw new MultiStageException(Codes.NoDaemon.With(endpoint.Address, endpoint.Source, Explain(e)), e);
        }
    }

    private DockerClient NewClient(Version? apiVersion)
    {
        var builder = new DockerClientBuilder()
            .WithEndpoint(endpoint.Address)
            .WithApiVersion(apiVersion)
            .WithAuthProvider(this)
            .WithTimeout(Timeout.InfiniteTimeSpan);
        return endpoint.Certificates is { } folder
            ? builder
                .WithTransportOptions(new NativeHttpTransportOptions { ConfigureHandler = handler => UseCertificates(handler, folder) })
                .Build()
            : builder.Build();
    }

    private static void UseCertificates(SocketsHttpHandler handler, string folder)
    {
        using var pem = X509Certificate2.CreateFromPemFile(Path.Combine(folder, "cert.pem"), Path.Combine(folder, "key.pem"));

        // Windows' TLS cannot use a key that was never imported.
        var client = X509CertificateLoader.LoadPkcs12(pem.Export(X509ContentType.Pkcs12), null);
        var authority = X509CertificateLoader.LoadCertificateFromFile(Path.Combine(folder, "ca.pem"));
        handler.SslOptions.ClientCertificates = [client];
        handler.SslOptions.CertificateChainPolicy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            CustomTrustStore = { authority },
        };
    }

    private string Explain(Exception exception)
    {
        var cause = exception.GetBaseException();
        return cause switch
        {
            SocketException { SocketErrorCode: SocketError.AccessDenied } or UnauthorizedAccessException =>
                "permission denied on the socket; this user must be in the group that owns it, usually 'docker'",
            SocketException { SocketErrorCode: SocketError.AddressNotAvailable or SocketError.AddressFamilyNotSupported } when IsSocket =>
                "there is no such socket",
            SocketException when IsSocket && !File.Exists(endpoint.Address.LocalPath) => "there is no such socket",
            SocketException { SocketErrorCode: SocketError.ConnectionRefused } => "the connection was refused",
            SocketException { SocketErrorCode: SocketError.HostNotFound } => "no such host is known",
            TimeoutException or OperationCanceledException => "it did not answer in time",
            AuthenticationException or CryptographicException => "the TLS handshake failed: " + cause.Message.TrimEnd('.'),
            DockerApiException api => DockerRefusal.MessageOf(api).TrimEnd('.'),
            _ => cause.Message.TrimEnd('.'),
        };
    }

    private bool IsSocket => endpoint.Address.Scheme == "unix";

    private void Read(HttpResponseHeaders headers)
    {
        if (headers.TryGetValues("Builder-Version", out var builder))
        {
            HasBuildKit = builder.Contains("2", StringComparer.Ordinal);
        }

        if (headers.TryGetValues("Api-Version", out var api) && Version.TryParse(api.First(), out var version))
        {
            ApiVersion = version;
        }
    }

    private sealed class HeaderReader(DockerConnection connection) : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var response = await base.SendAsync(request, cancellationToken);
            connection.Read(response.Headers);
            return response;
        }
    }
}
