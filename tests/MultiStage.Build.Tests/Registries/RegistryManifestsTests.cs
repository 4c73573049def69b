using System.Net;
using System.Text;
using MultiStage.Build.Images;
using MultiStage.Build.Registries;

namespace MultiStage.Build.Tests.Registries;

[TestClass]
public sealed class RegistryManifestsTests
{
    private const string Manifest =
        """{ "schemaVersion": 2, "config": { "size": 7 }, "layers": [{ "size": 30000000000 }, { "size": 12 }] }""";

    private const string Index = """
        { "manifests": [
          { "digest": "sha256:arm", "platform": { "os": "linux", "architecture": "arm64", "variant": "v8" } },
          { "digest": "sha256:attestation", "platform": { "os": "unknown", "architecture": "unknown" } },
          { "digest": "sha256:amd", "platform": { "os": "linux", "architecture": "amd64" } } ] }
        """;

    [TestMethod]
    public async Task The_layers_are_added_up_and_the_configuration_is_not()
    {
        var registry = new Answers { ["https://r.example/v2/shop/web/manifests/sha256:1"] = _ => Json(Manifest) };
        Assert.AreEqual(30_000_000_012, await AskAsync(registry, "r.example/shop/web:1"));
        Assert.Contains("application/vnd.oci.image.index.v1+json", registry.Asked.Single().Headers.Accept.ToString());
    }

    [TestMethod]
    [DataRow("linux/amd64", "sha256:amd")]
    [DataRow("linux/arm64", "sha256:arm")]
    public async Task Of_several_platforms_one_is_taken_and_never_an_attestation(string platform, string digest)
    {
        var registry = new Answers
        {
            ["https://r.example/v2/web/manifests/sha256:1"] = _ => Json(Index),
            [$"https://r.example/v2/web/manifests/{digest}"] = _ => Json(Manifest),
        };
        Assert.AreEqual(30_000_000_012, await AskAsync(registry, "r.example/web:1", platform: platform));
    }

    [TestMethod]
    [DataRow(Index, "no image for linux/s390x")]
    [DataRow("""{ "schemaVersion": 1 }""", "is not a manifest")]
    [DataRow("<html>", "is not a manifest")]
    public async Task An_answer_that_says_nothing_of_the_image_is_told(string answer, string says)
    {
        var registry = new Answers { ["https://r.example/v2/web/manifests/sha256:1"] = _ => Json(answer) };
        var failure = await Assert.ThrowsExactlyAsync<InvalidDataException>(() =>
            AskAsync(registry, "r.example/web:1", platform: "linux/s390x")
        );
        Assert.Contains(says, failure.Message);
    }

    [TestMethod]
    [DataRow("docker.io", "registry-1.docker.io", "web:1", "library/web")]
    [DataRow("r.example", "r.example", "r.example/web:1", "web")]
    public async Task A_token_is_fetched_where_the_registry_says_with_the_password(
        string registryName,
        string host,
        string name,
        string repository
    )
    {
        var registry = new Answers
        {
            [$"https://{host}/v2/{repository}/manifests/sha256:1"] = request =>
                request.Headers.Authorization?.ToString() == "Bearer t0ken"
                    ? Json(Manifest)
                    : Refuse($"Bearer realm=\"https://auth.example/token\",service=\"{host}\",scope=\"repository:{repository}:pull\""),
            [$"https://auth.example/token?service={host}&scope=repository%3A{Uri.EscapeDataString(repository)}%3Apull"] = request =>
                request.Headers.Authorization?.ToString() == "Basic dXNlcjpwYTpzcw=="
                    ? Json("""{ "token": "t0ken" }""")
                    : new(HttpStatusCode.Forbidden),
        };
        var key = registryName == "docker.io" ? "https://index.docker.io/v1/" : registryName;
        Assert.AreEqual(30_000_000_012, await AskAsync(registry, name, $$"""{ "auths": { "{{key}}": { "auth": "dXNlcjpwYTpzcw==" } } }"""));
    }

    [TestMethod]
    public async Task The_query_of_the_address_that_gives_tokens_is_kept()
    {
        var registry = new Answers
        {
            ["https://r.example/v2/web/manifests/sha256:1"] = request =>
                request.Headers.Authorization is null
                    ? Refuse("Bearer realm=\"https://r.example/token?account=a\",service=\"s\"")
                    : Json(Manifest),
            ["https://r.example/token?account=a&service=s"] = _ => Json("""{ "token": "t" }"""),
        };
        Assert.AreEqual(30_000_000_012, await AskAsync(registry, "r.example/web:1"));
    }

    [TestMethod]
    public async Task An_identity_token_is_exchanged_and_not_sent_as_a_password()
    {
        var registry = new Answers
        {
            ["https://r.example/v2/web/manifests/sha256:1"] = request =>
                request.Headers.Authorization?.ToString() == "Bearer access"
                    ? Json(Manifest)
                    : Refuse("Bearer realm=\"https://r.example/oauth2/token\",service=\"r.example\""),
            ["https://r.example/oauth2/token"] = request =>
                request.Method == HttpMethod.Post && request.Headers.Authorization is null
                    ? Json("""{ "access_token": "access" }""")
                    : new(HttpStatusCode.Forbidden),
        };
        Assert.AreEqual(
            30_000_000_012,
            await AskAsync(registry, "r.example/web:1", """{ "auths": { "r.example": { "identitytoken": "i" } } }""")
        );
    }

    [TestMethod]
    public async Task A_password_goes_over_no_unencrypted_line()
    {
        var registry = new Answers
        {
            ["https://r.example/v2/web/manifests/sha256:1"] = _ => Refuse("Bearer realm=\"http://auth.example/token\""),
        };
        await Assert.ThrowsExactlyAsync<HttpRequestException>(() =>
            AskAsync(registry, "r.example/web:1", """{ "auths": { "r.example": { "auth": "dXNlcjpwYTpzcw==" } } }""")
        );
        Assert.IsTrue(
            registry.Asked.All(request => request.RequestUri!.Scheme == Uri.UriSchemeHttps && request.Headers.Authorization is null)
        );
    }

    [TestMethod]
    [DataRow("localhost:5000")]
    [DataRow("127.0.0.1:5000")]
    public async Task A_registry_on_this_machine_needs_no_certificate(string host)
    {
        var registry = new Answers { [$"http://{host}/v2/web/manifests/sha256:1"] = _ => Json(Manifest) };
        Assert.AreEqual(30_000_000_012, await AskAsync(registry, $"{host}/web:1"));
    }

    private static async Task<long> AskAsync(Answers registry, string name, string configuration = "{}", string platform = "linux/amd64")
    {
        using var folder = new TempFolder();
        folder.Write("config.json", configuration);
        using var client = new HttpClient(registry);
        return await new RegistryManifests(client, new RegistryCredentials(folder.Path, TimeSpan.FromSeconds(30))).PullSizeAsync(
            ImageReference.TryParse(name)!,
            "sha256:1",
            Platform.Parse(platform),
            CancellationToken.None
        );
    }

    private static HttpResponseMessage Json(string text) =>
        new(HttpStatusCode.OK) { Content = new StringContent(text, Encoding.UTF8, "application/json") };

    private static HttpResponseMessage Refuse(string challenge)
    {
        var answer = new HttpResponseMessage(HttpStatusCode.Unauthorized);
        answer.Headers.Add("WWW-Authenticate", challenge);
        return answer;
    }

    // Has an answer for each address, and none for any other.
    private sealed class Answers : HttpMessageHandler
    {
        private readonly Dictionary<string, Func<HttpRequestMessage, HttpResponseMessage>> _answers = [];

        public List<HttpRequestMessage> Asked { get; } = [];

        public Func<HttpRequestMessage, HttpResponseMessage> this[string address]
        {
            set => _answers[address] = value;
        }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Asked.Add(request);
            return Task.FromResult(
                _answers.TryGetValue(request.RequestUri!.AbsoluteUri, out var answer) ? answer(request) : new(HttpStatusCode.NotFound)
            );
        }
    }
}
