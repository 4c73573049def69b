using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Docker.DotNet;
using MultiStage.Build.Context;
using MultiStage.Build.Diagnostics;

namespace MultiStage.Build.Engines.Docker;

/// <summary>Where the Docker daemon listens, found as the <c>docker</c> command finds it.</summary>
/// <param name="Address">The endpoint, such as <c>unix:///var/run/docker.sock</c>.</param>
/// <param name="Source">Where it was read, in words.</param>
/// <param name="Certificates">The folder with <c>ca.pem</c>, <c>cert.pem</c> and <c>key.pem</c>; null where the endpoint is not
/// TLS.</param>
internal sealed record DockerEndpoint(Uri Address, string Source, string? Certificates)
{
    /// <summary>The folder of Docker's own configuration: <c>DOCKER_CONFIG</c>, else <c>.docker</c> in the user's home.</summary>
    public static string ConfigurationDirectory =>
        Variable("DOCKER_CONFIG") ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".docker");

    /// <summary>Reads <c>DOCKER_HOST</c>, then <c>DOCKER_CONTEXT</c>, then the current context, then takes the platform's
    /// default.</summary>
    /// <exception cref="MultiStageException"><see cref="Codes.EndpointUnusable"/>.</exception>
    public static DockerEndpoint Resolve(HostSystem? system = null)
    {
        var host = Variable("DOCKER_HOST");
        var context = host is null ? Variable("DOCKER_CONTEXT") ?? CurrentContext() : null;
        var source =
            host is not null ? "DOCKER_HOST"
            : context is null or "default" ? "the default"
            : Variable("DOCKER_CONTEXT") is not null ? $"DOCKER_CONTEXT '{context}'"
            : $"the current Docker context '{context}'";
        try
        {
            var isDefault = host is null && context is null or "default";
            var address = isDefault ? (system ?? HostSystem.This).DockerEndpoint : new DockerConfig().GetEndpoint();
            if (address.Scheme is "ssh")
            {
                throw Unusable(
                    address,
                    source,
                    "ssh is not supported; forward the daemon's socket and set DOCKER_HOST to the forwarded one"
                );
            }

            if (address.Scheme is not ("unix" or "npipe" or "tcp" or "http" or "https"))
            {
                throw Unusable(address, source, $"'{address.Scheme}' is not a transport of the Docker Engine API");
            }

            return new(address, source, CertificatesOf(address, context));
        }
        catch (Exception e)
            when (e is DockerConfigurationException or JsonException or UriFormatException or IOException or UnauthorizedAccessException)
        {
            throw Unusable(host ?? context ?? "default", source, e.Message.TrimEnd('.'));
        }
    }

    private static MultiStageException Unusable(object address, string source, string cause) =>
        Codes.EndpointUnusable.Error(address, source, cause);

    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;

    private static string? CurrentContext()
    {
        var path = Path.Combine(ConfigurationDirectory, "config.json");
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            using var configuration = JsonDocument.Parse(File.ReadAllBytes(path));
            return configuration.RootElement.TryGetProperty("currentContext", out var name) ? name.GetString() : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or IOException or UnauthorizedAccessException)
        {
            throw Unusable("default", path, "it is not a readable Docker configuration: " + e.Message.TrimEnd('.'));
        }
    }

    private static string? CertificatesOf(Uri address, string? context)
    {
        if (address.Scheme is "unix" or "npipe")
        {
            return null;
        }

        if (context is null or "default")
        {
            return Variable("DOCKER_TLS_VERIFY") is null ? null : Variable("DOCKER_CERT_PATH") ?? ConfigurationDirectory;
        }

        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(context)));
        var folder = Path.Combine(ConfigurationDirectory, "contexts", "tls", hash, "docker");
        return Directory.Exists(folder) ? folder : null;
    }
}
