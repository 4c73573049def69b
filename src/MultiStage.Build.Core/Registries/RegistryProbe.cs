using MultiStage.Build.Diagnostics;
using MultiStage.Build.Images;

namespace MultiStage.Build.Registries;

/// <summary>Asks whether a registry can be reached at all. What it answers is not looked at: it may want a login.</summary>
internal static class RegistryProbe
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    /// <summary>Makes sure that a base image's registry answers.</summary>
    /// <param name="baseImage">The image's name.</param>
    /// <exception cref="MultiStageException"><see cref="Codes.BaseRegistryUnreachable"/>.</exception>
    public static async Task RequireAsync(string baseImage, CancellationToken cancellationToken)
    {
        if (ImageReference.TryParse(baseImage) is not { } reference)
        {
            return;
        }

        var root = RegistryClient.RootOf(reference.Registry);
        // The .NET SDK tries TLS first where a registry may do without it.
        Uri[] addresses = root.Scheme == Uri.UriSchemeHttps ? [root] : [root, new Uri($"https://{root.Authority}/v2/")];
        using var client = new HttpClient { Timeout = s_patience };
        var why = "";
        foreach (var address in addresses)
        {
            var problem = await ProblemAsync(client, address, cancellationToken);
            if (problem is null)
            {
                return;
            }

            why = why.Length > 0 ? why : problem;
        }

        throw Codes.BaseRegistryUnreachable.ErrorAbout("ContainerBaseImage", baseImage, why);
    }

    private static async Task<string?> ProblemAsync(HttpClient client, Uri address, CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await client.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            return null;
        }
        catch (HttpRequestException e)
        {
            return e.Message.TrimEnd('.');
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return $"{address.Authority} did not answer within {(int)s_patience.TotalSeconds} s";
        }
    }
}
