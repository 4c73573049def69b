using Docker.DotNet.Models;
using MultiStage.Build.Registries;

namespace MultiStage.Build.Engines.Docker;

/// <summary>Hands credentials to the daemon, which pulls and pushes with them.</summary>
internal static class DockerAuth
{
    /// <summary>Turns credentials into those of the Engine API.</summary>
    /// <param name="auth">The credentials; null for none.</param>
    /// <returns>The same for the daemon.</returns>
    public static AuthConfig? Of(RegistryAuth? auth) =>
        auth is null
            ? null
            : new()
            {
                Username = auth.Username,
                Password = auth.Password,
                IdentityToken = auth.IdentityToken,
                RegistryToken = auth.RegistryToken,
                ServerAddress = auth.ServerAddress,
            };
}
