using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace MultiStage.Build.EndToEnd.Harness;

/// <summary>A registry that <c>./build/setup.sh</c> started, asked over HTTP.</summary>
public sealed class Registry
{
    private static readonly string[] ManifestTypes =
    [
        "application/vnd.docker.distribution.manifest.v2+json",
        "application/vnd.docker.distribution.manifest.list.v2+json",
        "application/vnd.oci.image.manifest.v1+json",
        "application/vnd.oci.image.index.v1+json",
    ];

    private static readonly HttpClient Client = new() { Timeout = TimeSpan.FromSeconds(20) };

    private readonly string? _credentials;

    private Registry(string address, string? credentials)
    {
        (Address, _credentials) = (address, credentials);
    }

    /// <summary>The registry that lets everybody in.</summary>
    public static Registry Open { get; } = new(Variable("MULTISTAGE_TEST_REGISTRY"), null);

    /// <summary>The registry that asks for a password.</summary>
    public static Registry Guarded { get; } =
        new(
            Variable("MULTISTAGE_TEST_AUTH_REGISTRY"),
            Convert.ToBase64String(
                Encoding.UTF8.GetBytes($"{Variable("MULTISTAGE_TEST_REGISTRY_USER")}:{Variable("MULTISTAGE_TEST_REGISTRY_PASSWORD")}")
            )
        );

    /// <summary>Its host and port.</summary>
    public string Address { get; }

    /// <summary>The digest of what a tag names, or null where there is no such tag.</summary>
    /// <param name="repository">The repository.</param>
    /// <param name="tag">The tag.</param>
    public async Task<string?> FindDigestAsync(string repository, string tag)
    {
        using var request = Request(HttpMethod.Head, $"{repository}/manifests/{tag}");
        using var response = await Client.SendAsync(request);
        if (response.StatusCode is HttpStatusCode.NotFound)
        {
            return null;
        }

        response.EnsureSuccessStatusCode();
        return response.Headers.GetValues("Docker-Content-Digest").Single();
    }

    /// <summary>What the layers of the image that a tag names take in the registry, in bytes.</summary>
    /// <param name="repository">The repository.</param>
    /// <param name="tag">The tag.</param>
    public async Task<long> PullSizeAsync(string repository, string tag) =>
        (await JsonAsync($"{repository}/manifests/{tag}"))["layers"]!.AsArray().Sum(layer => (long)layer!["size"]!);

    /// <summary>The configuration of the image that a tag names.</summary>
    /// <param name="repository">The repository.</param>
    /// <param name="tag">The tag.</param>
    public async Task<JsonNode> ConfigurationAsync(string repository, string tag)
    {
        var manifest = await JsonAsync($"{repository}/manifests/{tag}");
        return await JsonAsync($"{repository}/blobs/{(string?)manifest["config"]!["digest"]}");
    }

    /// <summary>The layers of the image that a tag names, as they are pulled.</summary>
    /// <param name="repository">The repository.</param>
    /// <param name="tag">The tag.</param>
    /// <returns>Their digests and compressed bytes, from the base image up.</returns>
    public async Task<IReadOnlyList<(string Digest, long Bytes)>> LayersAsync(string repository, string tag) =>
        [
            .. (await JsonAsync($"{repository}/manifests/{tag}"))["layers"]!
                .AsArray()
                .Select(layer => ((string)layer!["digest"]!, (long)layer["size"]!)),
        ];

    /// <summary>The manifest or the index that a tag or a digest names.</summary>
    /// <param name="repository">The repository.</param>
    /// <param name="reference">The tag or the digest.</param>
    public Task<JsonNode> ManifestAsync(string repository, string reference) => JsonAsync($"{repository}/manifests/{reference}");

    /// <summary>The tags of a repository.</summary>
    /// <param name="repository">The repository.</param>
    public async Task<IReadOnlyList<string>> TagsAsync(string repository) =>
        [.. (await JsonAsync($"{repository}/tags/list"))["tags"]!.AsArray().Select(tag => (string)tag!)];

    /// <summary>Puts an index over images that have a tag each, which is their architecture.</summary>
    /// <param name="repository">The repository.</param>
    /// <param name="tag">The index's tag.</param>
    /// <param name="architectures">The architectures.</param>
    public async Task PutIndexAsync(string repository, string tag, params string[] architectures)
    {
        var manifests = new JsonArray();
        foreach (var architecture in architectures)
        {
            using var request = Request(HttpMethod.Get, $"{repository}/manifests/{architecture}");
            using var response = await Client.SendAsync(request);
            response.EnsureSuccessStatusCode();
            manifests.Add(
                new JsonObject
                {
                    ["mediaType"] = response.Content.Headers.ContentType!.MediaType,
                    ["size"] = (await response.Content.ReadAsByteArrayAsync()).Length,
                    ["digest"] = response.Headers.GetValues("Docker-Content-Digest").Single(),
                    ["platform"] = new JsonObject { ["os"] = "linux", ["architecture"] = architecture },
                }
            );
        }

        const string Type = "application/vnd.oci.image.index.v1+json";
        var index = new JsonObject
        {
            ["schemaVersion"] = 2,
            ["mediaType"] = Type,
            ["manifests"] = manifests,
        };
        using var put = Request(HttpMethod.Put, $"{repository}/manifests/{tag}");
        put.Content = new StringContent(index.ToJsonString(), new MediaTypeHeaderValue(Type));
        using var answer = await Client.SendAsync(put);
        answer.EnsureSuccessStatusCode();
    }

    private async Task<JsonNode> JsonAsync(string path)
    {
        using var request = Request(HttpMethod.Get, path);
        using var response = await Client.SendAsync(request);
        response.EnsureSuccessStatusCode();
        return JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
    }

    private HttpRequestMessage Request(HttpMethod method, string path)
    {
        var request = new HttpRequestMessage(method, new Uri($"http://{Address}/v2/{path}"));
        foreach (var type in ManifestTypes)
        {
            request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(type));
        }

        if (_credentials is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", _credentials);
        }

        return request;
    }

    /// <summary>Writes a Docker configuration that knows the password, as <c>docker login</c> does.</summary>
    /// <param name="folder">The folder to write it in.</param>
    public void WriteLogin(string folder)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "config.json"), $$"""{ "auths": { "{{Address}}": { "auth": "{{_credentials}}" } } }""");
    }

    private static string Variable(string name)
    {
        var value = Environment.GetEnvironmentVariable(name);
        Assert.IsFalse(string.IsNullOrEmpty(value), $"No registry is named in {name}; run ./build/setup.sh");
        return value!;
    }
}
