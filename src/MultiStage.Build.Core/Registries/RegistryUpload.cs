using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using MultiStage.Build.Diagnostics;
using MultiStage.Build.Images;

namespace MultiStage.Build.Registries;

/// <summary>Puts an image, or an index of several, into a registry without a daemon. Source: OCI distribution specification,
/// "Pushing".</summary>
internal sealed class RegistryUpload(RegistryCredentials credentials)
{
    // A layer may take minutes; a registry that does not answer at all is noticed by its connection.
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(30);

    /// <summary>Pushes an image under one name.</summary>
    /// <param name="name">The name, with registry and tag.</param>
    /// <param name="manifest">The image's manifest, which is pushed to the letter.</param>
    /// <param name="open">Opens a blob by its digest.</param>
    /// <exception cref="MultiStageException"><see cref="Codes.PushFailed"/>.</exception>
    public async Task<string> PushAsync(
        string name,
        PushedManifest manifest,
        Func<string, (Stream Content, long Length)> open,
        CancellationToken cancellationToken
    )
    {
        var reference = ImageReference.TryParse(name)
            ?? throw Codes.PushFailed.Error(name, "it is not a valid image name", "Check ContainerRegistry and ContainerRepository");
        var login = RegistryCredentials.ForPush(Environment.GetEnvironmentVariable) is { } given
            ? new RegistryLogin(given)
            : await credentials.FindAsync(reference.Registry, cancellationToken);
        using var client = new HttpClient { Timeout = s_patience };
        var registry = new RegistryClient(client, login.Auth);
        var root = new Uri(RegistryClient.RootOf(reference.Registry), reference.Repository + "/");
        try
        {
            return await PushAsync(registry, root, reference.TagOrDigest, manifest, open, cancellationToken);
        }
        catch (Exception e)
            when (e is HttpRequestException or InvalidDataException or IOException or JsonException or KeyNotFoundException
                || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested)
            )
        {
            var why = e is OperationCanceledException ? $"{reference.Registry} did not answer" : e.Message.TrimEnd('.');
            var refused = login.Problem is null ? why : $"{why} ({login.Problem})";
            throw new MultiStageException(Codes.PushFailed.With(name, refused, $"Log in: docker login {reference.Registry}"), e);
        }
    }

    // A manifest may not name what is not there, so what it names comes first. The images of an index get no name of their own.
    private static async Task<string> PushAsync(
        RegistryClient registry,
        Uri root,
        string tagOrDigest,
        PushedManifest manifest,
        Func<string, (Stream Content, long Length)> open,
        CancellationToken cancellationToken
    )
    {
        using var json = JsonDocument.Parse(manifest.Json);
        if (json.RootElement.TryGetProperty("manifests", out var images))
        {
            foreach (var image in images.EnumerateArray())
            {
                var (digest, type) = (Digest(image), image.GetProperty("mediaType").GetString()!);
                using var text = new StreamReader(open(digest).Content);
                var part = new PushedManifest(await text.ReadToEndAsync(cancellationToken), type);
                await PushAsync(registry, root, digest, part, open, cancellationToken);
            }
        }
        else
        {
            var layers = json.RootElement.GetProperty("layers").EnumerateArray().Append(json.RootElement.GetProperty("config"));
            foreach (var digest in layers.Select(Digest).Distinct(StringComparer.Ordinal))
            {
                await PushBlobAsync(registry, root, digest, open, cancellationToken);
            }
        }

        var bytes = Encoding.UTF8.GetBytes(manifest.Json);
        using var answer = await registry.SendAsync(
            () => Put(new Uri(root, $"manifests/{tagOrDigest}"), new ByteArrayContent(bytes), manifest.MediaType),
            cancellationToken
        );
        await RequireAsync(answer, cancellationToken);
        return "sha256:" + Convert.ToHexStringLower(SHA256.HashData(bytes));
    }

    private static string Digest(JsonElement descriptor) => descriptor.GetProperty("digest").GetString()!;

    private static async Task PushBlobAsync(
        RegistryClient registry,
        Uri root,
        string digest,
        Func<string, (Stream Content, long Length)> open,
        CancellationToken cancellationToken
    )
    {
        using var there = await registry.SendAsync(() => new(HttpMethod.Head, new Uri(root, $"blobs/{digest}")), cancellationToken);
        if (there.StatusCode is HttpStatusCode.OK)
        {
            return;
        }

        using var begun = await registry.SendAsync(() => new(HttpMethod.Post, new Uri(root, "blobs/uploads/")), cancellationToken);
        await RequireAsync(begun, cancellationToken);
        var location = new Uri(root, begun.Headers.Location ?? throw new InvalidDataException("the registry named no place to upload to"));
        var separator = location.Query.Length == 0 ? "?" : "&";
        using var put = await registry.SendAsync(
            () =>
            {
                var (content, length) = open(digest);
                var request = Put(new Uri($"{location}{separator}digest={digest}"), new StreamContent(content), "application/octet-stream");
                request.Content!.Headers.ContentLength = length;
                return request;
            },
            cancellationToken
        );
        await RequireAsync(put, cancellationToken);
    }

    private static HttpRequestMessage Put(Uri address, HttpContent content, string type)
    {
        content.Headers.ContentType = new MediaTypeHeaderValue(type);
        return new(HttpMethod.Put, address) { Content = content };
    }

    // A registry says in the body what is wrong.
    private static async Task RequireAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        if (!answer.IsSuccessStatusCode)
        {
            var body = await answer.Content.ReadAsStringAsync(cancellationToken);
            throw new HttpRequestException($"the registry answered {(int)answer.StatusCode} {Message(body) ?? answer.ReasonPhrase}");
        }
    }

    private static string? Message(string body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            return json.RootElement.GetProperty("errors")[0].GetProperty("message").GetString();
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or IndexOutOfRangeException)
        {
            return null;
        }
    }
}
