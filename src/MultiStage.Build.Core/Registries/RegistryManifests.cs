using System.Text.Json;
using MultiStage.Build.Diagnostics;
using MultiStage.Build.Images;
using Platform = MultiStage.Build.Images.Platform;

namespace MultiStage.Build.Registries;

/// <summary>
/// Asks a registry what it stores of an image, with the credentials that Docker has for it. Source: OCI distribution specification,
/// "Pulling manifests"; Docker's token authentication, https://distribution.github.io/distribution/spec/auth/token/
/// </summary>
internal sealed class RegistryManifests(HttpClient client, RegistryCredentials credentials)
{
    private static readonly string[] s_types =
    [
        "application/vnd.oci.image.index.v1+json",
        "application/vnd.docker.distribution.manifest.list.v2+json",
        "application/vnd.oci.image.manifest.v1+json",
        "application/vnd.docker.distribution.manifest.v2+json",
    ];

    // A manifest may have 4 MB: https://github.com/opencontainers/distribution-spec/blob/main/spec.md#pushing-manifests
    private const int MostBytes = 8 * 1024 * 1024;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    /// <summary>Adds up a pushed image's layers as the registry stores them.</summary>
    /// <param name="name">The name that was pushed.</param>
    /// <param name="digest">The digest that was pushed.</param>
    /// <param name="platform">The platform, such as <c>linux/amd64</c>.</param>
    /// <exception cref="MultiStageException"><see cref="Codes.PullSizeUnknown"/>.</exception>
    /// <returns>The sum in bytes.</returns>
    public static async Task<long> AskAsync(
        RegistryCredentials credentials,
        string name,
        string digest,
        Platform platform,
        CancellationToken cancellationToken
    )
    {
        var reference = ImageReference.TryParse(name) ?? throw Codes.PullSizeUnknown.Error(name, "this is not a valid image name");
        using var client = new HttpClient { Timeout = s_patience, MaxResponseContentBufferSize = MostBytes };
        try
        {
            return await new RegistryManifests(client, credentials).PullSizeAsync(reference, digest, platform, cancellationToken);
        }
        catch (Exception e)
            when (e is HttpRequestException or InvalidDataException
                || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested)
            )
        {
            var why =
                e is OperationCanceledException
                    ? $"{reference.Registry} did not answer within {(int)s_patience.TotalSeconds} s"
                    : e.Message.TrimEnd('.');
            throw new MultiStageException(Codes.PullSizeUnknown.With(name, why) with { About = "ContainerCompressedSizeBudget" }, e);
        }
    }

    /// <summary>Finds a pushed image's manifest.</summary>
    /// <returns>The manifest; null where the registry does not show it to this machine.</returns>
    public static async Task<PushedManifest?> FindAsync(
        RegistryCredentials credentials,
        string name,
        string digest,
        CancellationToken cancellationToken
    )
    {
        if (ImageReference.TryParse(name) is not { } reference)
        {
            return null;
        }

        using var client = new HttpClient { Timeout = s_patience, MaxResponseContentBufferSize = MostBytes };
        try
        {
            // Whoever could push can see what was pushed.
            var login = RegistryCredentials.ForPush(Environment.GetEnvironmentVariable)
                ?? (await credentials.FindAsync(reference.Registry, cancellationToken)).Auth;
            using var manifest = await new RegistryManifests(client, credentials).ManifestAsync(
                reference,
                digest,
                login,
                cancellationToken
            );
            var type = manifest.RootElement.TryGetProperty("mediaType", out var named) ? named.GetString() : null;
            return new PushedManifest(manifest.RootElement.GetRawText(), type ?? s_types[2]);
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    /// <summary>Adds up an image's layers as the registry stores them.</summary>
    /// <param name="digest">The digest that was pushed: of a manifest, or of an index of several platforms.</param>
    /// <param name="platform">The platform, such as <c>linux/amd64</c>, which chooses from an index. Attestations are of no
    /// platform.</param>
    /// <exception cref="HttpRequestException">The registry cannot be reached or refuses.</exception>
    /// <exception cref="InvalidDataException">What it answers is not a manifest of an image for that platform.</exception>
    /// <returns>The sum in bytes.</returns>
    public async Task<long> PullSizeAsync(ImageReference name, string digest, Platform platform, CancellationToken cancellationToken)
    {
        var login = (await credentials.FindAsync(name.Registry, cancellationToken)).Auth;
        try
        {
            using var first = await ManifestAsync(name, digest, login, cancellationToken);
            if (!first.RootElement.TryGetProperty("manifests", out var manifests))
            {
                return LayersOf(first.RootElement);
            }

            var one = manifests.EnumerateArray().FirstOrDefault(entry => PlatformOf(entry) == platform);
            if (one.ValueKind is JsonValueKind.Undefined)
            {
                throw new InvalidDataException($"the registry has no image for {platform} under {digest}");
            }

            using var second = await ManifestAsync(name, one.GetProperty("digest").GetString()!, login, cancellationToken);
            return LayersOf(second.RootElement);
        }
        catch (Exception e)
            when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or OverflowException)
        {
            throw new InvalidDataException("the registry's answer is not a manifest", e);
        }
    }

    private static long LayersOf(JsonElement manifest) =>
        manifest.GetProperty("layers").EnumerateArray().Sum(layer => layer.GetProperty("size").GetInt64());

    private static Platform? PlatformOf(JsonElement entry)
    {
        if (!entry.TryGetProperty("platform", out var platform))
        {
            return null;
        }

        return Platform.Of(
            platform.GetProperty("os").GetString(),
            platform.GetProperty("architecture").GetString(),
            platform.TryGetProperty("variant", out var variant) ? variant.GetString() : null
        );
    }

    private async Task<JsonDocument> ManifestAsync(
        ImageReference name,
        string digest,
        RegistryAuth? login,
        CancellationToken cancellationToken
    )
    {
        var address = new Uri(RegistryClient.RootOf(name.Registry), $"{name.Repository}/manifests/{digest}");
        using var answer = await new RegistryClient(client, login).SendAsync(
            () =>
            {
                var request = new HttpRequestMessage(HttpMethod.Get, address);
                Array.ForEach(s_types, type => request.Headers.Accept.Add(new(type)));
                return request;
            },
            cancellationToken
        );
        answer.EnsureSuccessStatusCode();
        return JsonDocument.Parse(await answer.Content.ReadAsByteArrayAsync(cancellationToken));
    }
}
