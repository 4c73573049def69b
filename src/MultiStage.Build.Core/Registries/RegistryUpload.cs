using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using MultiStage.Build.Images;

namespace MultiStage.Build.Registries;

/// <summary>Puts an image, or an index of several, into a registry without a daemon. What the registry has already is not sent again.
/// Source: OCI distribution specification, "Pushing".</summary>
/// <param name="login">The credentials; null for none.</param>
internal sealed class RegistryUpload(HttpClient client, RegistryAuth? login)
{
    /// <summary>Pushes an image under one name.</summary>
    /// <param name="manifest">The image's manifest, which is pushed to the letter.</param>
    /// <param name="open">Opens a blob by its digest.</param>
    /// <exception cref="HttpRequestException">The registry refuses, or the connection broke.</exception>
    public Task<string> PushAsync(
        ImageReference reference,
        PushedManifest manifest,
        Func<string, (Stream Content, long Length)> open,
        CancellationToken cancellationToken
    ) =>
        PushAsync(
            new RegistryClient(client, login),
            new Uri(RegistryClient.RootOf(reference.Registry), reference.Repository + "/"),
            reference.TagOrDigest,
            manifest,
            open,
            cancellationToken
        );

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

    // A registry says in the body what is wrong, and in a header when to ask again.
    private static async Task RequireAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        if (!answer.IsSuccessStatusCode)
        {
            var body = await answer.Content.ReadAsStringAsync(cancellationToken);
            var text = $"the registry answered {(int)answer.StatusCode} {Message(body) ?? answer.ReasonPhrase}";
            var after = answer.Headers.RetryAfter is { } header ? header.Delta ?? header.Date - DateTimeOffset.UtcNow : null;
            throw new HttpRequestException(
                after > TimeSpan.Zero
                    ? string.Create(CultureInfo.InvariantCulture, $"{text}, retry-after: {Math.Ceiling(after.Value.TotalSeconds)}s")
                    : text,
                null,
                answer.StatusCode
            );
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
