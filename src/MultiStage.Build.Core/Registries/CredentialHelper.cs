using System.ComponentModel;
using System.Globalization;
using System.Text.Json;

namespace MultiStage.Build.Registries;

/// <summary>Asks a credential helper, <c>docker-credential-&lt;name&gt;</c>, as the <c>docker</c> command does.</summary>
internal static class CredentialHelper
{
    /// <summary>Runs the helper's <c>get</c>.</summary>
    /// <param name="name">The helper's name, without its prefix.</param>
    /// <param name="key">The registry, as the configuration names it.</param>
    /// <param name="patience">How long it may take.</param>
    /// <returns>The credentials, none, or none and why.</returns>
    public static async Task<RegistryLogin> GetAsync(string name, string key, TimeSpan patience, CancellationToken cancellationToken)
    {
        var program = "docker-credential-" + name;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(patience);
        try
        {
            var answer = await HostProcess.AskAsync(new(program, "get"), key, limit.Token);

            // A helper that knows nothing of the registry says so with an exit code and words of its own.
            return answer.ExitCode == 0 ? new(Read(answer.Output, key)) : new(null);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new(
                null,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"the credential helper '{program}' of Docker's configuration said nothing for {patience.TotalSeconds:0.#} s "
                        + $"(ContainerSilenceLimit)"
                )
            );
        }
        catch (Win32Exception)
        {
            return new(null, $"the credential helper '{program}' of Docker's configuration could not be run");
        }
        catch (Exception e) when (e is JsonException or IOException or InvalidOperationException or KeyNotFoundException)
        {
            return new(null, $"the credential helper '{program}' of Docker's configuration gave no answer that can be read");
        }
    }

    private static RegistryAuth? Read(string output, string key)
    {
        using var answer = JsonDocument.Parse(output);
        var user = answer.RootElement.GetProperty("Username").GetString();
        var secret = answer.RootElement.GetProperty("Secret").GetString();
        if (string.IsNullOrEmpty(user))
        {
            return null;
        }

        // By the helpers' protocol this user name says that the secret is an identity token.
        return user == "<token>"
            ? new() { IdentityToken = secret, ServerAddress = key }
            : new()
            {
                Username = user,
                Password = secret,
                ServerAddress = key,
            };
    }
}
