using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using MultiStage.Build.Diagnostics;
using MultiStage.Build.Engines;
using MultiStage.Build.Engines.Docker;

namespace MultiStage.Build.EndToEnd.Engines;

// Which daemon is meant is a matter of the whole process's variables.
[TestClass]
[DoNotParallelize]
public sealed class DockerEngineEndpoints : EngineTest
{
    private static readonly string[] Variables =
    [
        "DOCKER_HOST",
        "DOCKER_CONTEXT",
        "DOCKER_CONFIG",
        "DOCKER_TLS_VERIFY",
        "DOCKER_CERT_PATH",
    ];

    private readonly Dictionary<string, string?> _before = Variables.ToDictionary(name => name, Environment.GetEnvironmentVariable);

    [TestCleanup]
    public void RestoreVariables()
    {
        foreach (var (name, value) in _before)
        {
            Environment.SetEnvironmentVariable(name, value);
        }
    }

    [TestMethod]
    public async Task The_daemon_tells_what_it_is()
    {
        await using var engine = await ConnectAsync();
        Assert.AreEqual(_before["DOCKER_HOST"], engine.Info.Endpoint);
        Assert.AreEqual("DOCKER_HOST", engine.Info.EndpointSource);
        Assert.IsTrue(engine.Info.HasBuildKit);
        Assert.AreEqual(
            await Harness.Daemon.DockerAsync("version", "--format", "{{.Server.Version}} {{.Server.Arch}}"),
            $"{engine.Info.ServerVersion} {engine.Info.Architecture}"
        );
    }

    [TestMethod]
    public async Task A_context_leads_to_the_daemon_by_variable_or_as_the_current_one()
    {
        var configuration = Configure(_before["DOCKER_HOST"]!);
        Environment.SetEnvironmentVariable("DOCKER_HOST", null);
        Environment.SetEnvironmentVariable("DOCKER_CONTEXT", "mine");
        await using (var engine = await ConnectAsync())
        {
            Assert.AreEqual("DOCKER_CONTEXT 'mine'", engine.Info.EndpointSource);
        }

        Environment.SetEnvironmentVariable("DOCKER_CONTEXT", null);
        File.WriteAllText(Path.Combine(configuration, "config.json"), """{ "currentContext": "mine" }""");
        await using (var engine = await ConnectAsync())
        {
            Assert.AreEqual("the current Docker context 'mine'", engine.Info.EndpointSource);
        }
    }

    [TestMethod]
    [DataRow("unix:///nowhere/docker.sock", "there is no such socket")]
    [DataRow("tcp://127.0.0.1:1", "the connection was refused")]
    [DataRow("tcp://nowhere.invalid:2375", "no such host is known")]
    public async Task Where_no_daemon_answers_it_is_said_where_and_why(string host, string why)
    {
        Environment.SetEnvironmentVariable("DOCKER_HOST", host);
        var failure = await Assert.ThrowsExactlyAsync<MultiStageException>(() => DockerEngine.ConnectAsync(new EngineOptions(), Token));
        Assert.AreSame(Codes.NoDaemon, failure.Diagnostic.Descriptor);
        Assert.StartsWith($"No Docker daemon answers at {new Uri(host)} (DOCKER_HOST): {why}. ", failure.Message);
    }

    [TestMethod]
    [DataRow("ssh://me@host", "ssh is not supported")]
    [DataRow("fd://", "'fd' is not a transport")]
    [DataRow("nonsense", "is invalid")]
    public async Task An_endpoint_of_another_kind_is_refused(string host, string why)
    {
        Environment.SetEnvironmentVariable("DOCKER_HOST", host);
        var failure = await Assert.ThrowsExactlyAsync<MultiStageException>(() => DockerEngine.ConnectAsync(new EngineOptions(), Token));
        Assert.AreSame(Codes.EndpointUnusable, failure.Diagnostic.Descriptor);
        Assert.Contains(why, failure.Message);
    }

    [TestMethod]
    public async Task An_unknown_context_is_refused()
    {
        Configure("unix:///x");
        Environment.SetEnvironmentVariable("DOCKER_HOST", null);
        Environment.SetEnvironmentVariable("DOCKER_CONTEXT", "yours");
        var failure = await Assert.ThrowsExactlyAsync<MultiStageException>(() => DockerEngine.ConnectAsync(new EngineOptions(), Token));
        Assert.AreEqual(
            "The Docker endpoint yours (DOCKER_CONTEXT 'yours') cannot be used: The Docker context 'yours' does not exist.",
            failure.Message
        );
    }

    [TestMethod]
    public async Task Tls_is_spoken_with_the_certificates_of_DOCKER_CERT_PATH()
    {
        var certificates = Folder();
        using var server = WriteCertificates(certificates);
        using var forwarder = new TlsForwarder(server, new Uri(_before["DOCKER_HOST"]!).LocalPath);
        Environment.SetEnvironmentVariable("DOCKER_HOST", $"tcp://localhost:{forwarder.Port}");
        Environment.SetEnvironmentVariable("DOCKER_TLS_VERIFY", "1");
        Environment.SetEnvironmentVariable("DOCKER_CERT_PATH", certificates);
        await using (var engine = await ConnectAsync())
        {
            await BuildAsync(engine, Request("FROM busybox\nCOPY . /\nRUN true\n", Folder("a")));
        }

        // Another authority's server is not trusted, and no build goes there.
        using var stranger = WriteCertificates(Folder());
        using var impostor = new TlsForwarder(stranger, new Uri(_before["DOCKER_HOST"]!).LocalPath);
        Environment.SetEnvironmentVariable("DOCKER_HOST", $"tcp://localhost:{impostor.Port}");
        var refused = await Assert.ThrowsExactlyAsync<MultiStageException>(() => DockerEngine.ConnectAsync(new EngineOptions(), Token));
        Assert.AreSame(Codes.NoDaemon, refused.Diagnostic.Descriptor);
        Assert.Contains("the TLS handshake failed", refused.Message);

        Environment.SetEnvironmentVariable("DOCKER_CERT_PATH", Folder());
        var missing = await Assert.ThrowsExactlyAsync<MultiStageException>(() => DockerEngine.ConnectAsync(new EngineOptions(), Token));
        Assert.AreSame(Codes.EndpointUnusable, missing.Diagnostic.Descriptor);
    }

    private string Configure(string host)
    {
        var folder = Folder();
        var meta = Path.Combine(folder, "contexts", "meta", Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes("mine"))));
        Directory.CreateDirectory(meta);
        File.WriteAllText(
            Path.Combine(meta, "meta.json"),
            $$$"""{ "Name": "mine", "Metadata": {}, "Endpoints": { "docker": { "Host": "{{{host}}}" } } }"""
        );
        Environment.SetEnvironmentVariable("DOCKER_CONFIG", folder);
        return folder;
    }

    // An authority of its own, and under it a client and a server for localhost, as "docker context create" wants them.
    private static X509Certificate2 WriteCertificates(string folder)
    {
        var from = DateTimeOffset.UtcNow.AddHours(-1);
        using var authorityKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var authorityRequest = new CertificateRequest(
            "CN=test authority " + folder.GetHashCode(StringComparison.Ordinal),
            authorityKey,
            HashAlgorithmName.SHA256
        );
        authorityRequest.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var authority = authorityRequest.CreateSelfSigned(from, from.AddDays(1));
        File.WriteAllText(Path.Combine(folder, "ca.pem"), authority.ExportCertificatePem());

        using var clientKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var client = new CertificateRequest("CN=client", clientKey, HashAlgorithmName.SHA256).Create(
            authority,
            from,
            from.AddDays(1),
            [1]
        );
        File.WriteAllText(Path.Combine(folder, "cert.pem"), client.ExportCertificatePem());
        File.WriteAllText(Path.Combine(folder, "key.pem"), clientKey.ExportPkcs8PrivateKeyPem());

        using var serverKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var serverRequest = new CertificateRequest("CN=localhost", serverKey, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        serverRequest.CertificateExtensions.Add(names.Build());
        using var server = serverRequest.Create(authority, from, from.AddDays(1), [2]);
        using var withKey = server.CopyWithPrivateKey(serverKey);
        return X509CertificateLoader.LoadPkcs12(withKey.Export(X509ContentType.Pkcs12), null);
    }

    /// <summary>Puts TLS with client certificates in front of the daemon's socket, as a remote daemon has it.</summary>
    private sealed class TlsForwarder(X509Certificate2 certificate, string socket) : DaemonForwarder(socket)
    {
        protected override async Task<Stream> OpenAsync(NetworkStream connection)
        {
            var tls = new SslStream(connection);
            try
            {
                await tls.AuthenticateAsServerAsync(
                    new SslServerAuthenticationOptions
                    {
                        ServerCertificate = certificate,
                        ClientCertificateRequired = true,
                        RemoteCertificateValidationCallback = (_, shown, _, _) => shown is not null,
                    }
                );
                return tls;
            }
            catch
            {
                await tls.DisposeAsync();
                throw;
            }
        }
    }
}
