using System.Runtime.Versioning;
using MultiStage.Build.Registries;

namespace MultiStage.Build.Tests.Registries;

// Credential helpers are found on the path, which the whole process shares.
[TestClass]
[DoNotParallelize]
public sealed class RegistryCredentialsTests
{
    private const string UserAndPassword = "dXNlcjpwYTpzcw==";

    [TestMethod]
    [DataRow("registry.example:5000", "registry.example:5000")]
    [DataRow("https://registry.example:5000/v2/", "registry.example:5000")]
    [DataRow("https://index.docker.io/v1/", "docker.io")]
    public async Task An_entry_is_found_however_docker_login_wrote_its_key(string key, string registry)
    {
        var login = await FindAsync(
            $$"""{ "auths": { "other.example": { "auth": "eDp5" }, "{{key}}": { "auth": "{{UserAndPassword}}" } } }""",
            registry
        );
        Assert.AreEqual("user", login.Auth!.Username);
        Assert.AreEqual("pa:ss", login.Auth.Password);
        Assert.IsNull(login.Problem);
    }

    [TestMethod]
    public async Task Without_an_entry_there_is_none_and_nothing_wrong()
    {
        Assert.AreEqual(new RegistryLogin(null), await FindAsync("""{ "auths": { "a.example": {} } }""", "a.example"));
        Assert.AreEqual(new RegistryLogin(null), await FindAsync("{}", "a.example"));
        using var empty = new TempFolder();
        Assert.AreEqual(
            new RegistryLogin(null),
            await new RegistryCredentials(empty.Path, TimeSpan.FromSeconds(30)).FindAsync("a.example", CancellationToken.None)
        );
    }

    [TestMethod]
    public async Task An_identity_token_is_taken_as_it_is()
    {
        var login = await FindAsync("""{ "auths": { "a.example": { "identitytoken": "t" } } }""", "a.example");
        Assert.AreEqual("t", login.Auth!.IdentityToken);
    }

    [TestMethod]
    [DataRow("""{ "auths": { "a.example": { "auth": "top secret" } } }""")]
    [DataRow("""{ "auths": { "a.example": "top secret" """)]
    [DataRow("""{ "auths": "top secret" }""")]
    public async Task A_damaged_configuration_is_told_without_quoting_it(string configuration)
    {
        var login = await FindAsync(configuration, "a.example");
        Assert.IsNull(login.Auth);
        Assert.Contains("cannot be read", login.Problem!);
        Assert.DoesNotContain("secret", login.Problem!);
    }

    [TestMethod]
    [OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
    [UnsupportedOSPlatform("windows")]
    public async Task A_helper_is_asked_for_its_registry_before_the_one_for_all()
    {
        using var helpers = new Helpers()
            .With("one", """read key; echo "{\"ServerURL\":\"$key\",\"Username\":\"one\",\"Secret\":\"$key\"}";""")
            .With("all", """read key; echo '{"Username":"<token>","Secret":"t"}';""");
        const string Configuration = """{ "credsStore": "all", "credHelpers": { "a.example": "one" } }""";

        var one = (await FindAsync(Configuration, "a.example")).Auth!;
        Assert.AreEqual("one a.example", $"{one.Username} {one.Password}");
        var all = (await FindAsync(Configuration, "b.example")).Auth!;
        Assert.AreEqual("t", all.IdentityToken);
        Assert.IsNull(all.Password);
        Assert.AreEqual(
            "https://index.docker.io/v1/",
            (await FindAsync(Configuration.Replace("a.example", "docker.io", StringComparison.Ordinal), "docker.io")).Auth!.ServerAddress
        );
    }

    [TestMethod]
    [OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
    [UnsupportedOSPlatform("windows")]
    public async Task A_helper_that_knows_nothing_or_is_missing_leaves_the_registry_anonymous()
    {
        using var helpers = new Helpers().With("empty", "echo credentials not found in native keychain; exit 1");
        Assert.AreEqual(new RegistryLogin(null), await FindAsync("""{ "credsStore": "empty" }""", "a.example"));
        var missing = await FindAsync("""{ "credsStore": "nowhere" }""", "a.example");
        Assert.AreEqual("the credential helper 'docker-credential-nowhere' of Docker's configuration could not be run", missing.Problem);
    }

    private static async Task<RegistryLogin> FindAsync(string configuration, string registry)
    {
        using var folder = new TempFolder();
        folder.Write("config.json", configuration);
        return await new RegistryCredentials(folder.Path, TimeSpan.FromSeconds(30)).FindAsync(registry, CancellationToken.None);
    }

    [UnsupportedOSPlatform("windows")]
    private sealed class Helpers : IDisposable
    {
        private readonly TempFolder _folder = new();
        private readonly string? _path = Environment.GetEnvironmentVariable("PATH");

        public Helpers() => Environment.SetEnvironmentVariable("PATH", $"{_folder.Path}:{_path}");

        public Helpers With(string name, string script)
        {
            var path = _folder.Write("docker-credential-" + name, $"#!/bin/sh\n{script}\n");
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            return this;
        }

        public void Dispose()
        {
            Environment.SetEnvironmentVariable("PATH", _path);
            _folder.Dispose();
        }
    }

    [TestMethod]
    [DataRow(
        "DOTNET_CONTAINER_PUSH_REGISTRY",
        "DOTNET_CONTAINER_REGISTRY",
        "DOTNET_CONTAINER_PUSH_REGISTRY",
        DisplayName = "the one for pushing first"
    )]
    [DataRow("DOTNET_CONTAINER_REGISTRY", "SDK_CONTAINER_REGISTRY", "DOTNET_CONTAINER_REGISTRY")]
    [DataRow("SDK_CONTAINER_REGISTRY", "", "SDK_CONTAINER_REGISTRY")]
    [DataRow("", "", null)]
    public void A_login_for_pushing_comes_from_the_variables_of_the_SDK(string first, string second, string? user)
    {
        var login = RegistryCredentials.ForPush(name =>
            name == first + "_UNAME" || name == second + "_UNAME" ? name[..^"_UNAME".Length]
            : name.EndsWith("_PWORD", StringComparison.Ordinal) ? "secret"
            : null
        );

        Assert.AreEqual(user, login?.Username);
    }

    [TestMethod]
    public async Task A_login_for_pulling_is_another_one_and_Docker_s_own_comes_first()
    {
        using var folder = new TempFolder();
        var credentials = new RegistryCredentials(folder.Path, TimeSpan.FromSeconds(5));
        async Task<string?> FindAsync(string prefix) =>
            (
                await credentials.ForPullAsync(
                    "r.example",
                    name => name.StartsWith(prefix, StringComparison.Ordinal) ? "given" : null,
                    CancellationToken.None
                )
            )
                .Auth
                ?.Username;

        Assert.IsNull(await FindAsync("DOTNET_CONTAINER_PUSH_REGISTRY_"));
        Assert.AreEqual("given", await FindAsync("DOTNET_CONTAINER_PULL_REGISTRY_"));
        await File.WriteAllTextAsync(folder["config.json"], """{ "auths": { "r.example": { "auth": "b3duOnNlY3JldA==" } } }""");
        Assert.AreEqual("own", await FindAsync("DOTNET_CONTAINER_PULL_REGISTRY_"));
    }
}
