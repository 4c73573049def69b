using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace MultiStage.Build.Projects.Closure;

/// <summary>Files among the sources that are not input of a build, by their names. Each pattern is one name at any depth.</summary>
internal static class LeftOutNames
{
    /// <summary>What builds write beside a project.</summary>
    public static ImmutableArray<string> Outputs { get; } = ["**/bin", "**/obj"];

    /// <summary>History, and what is this user's own.</summary>
    public static ImmutableArray<string> Always { get; } = ["**/.git", "**/.vs", "**/.vscode", "**/.idea", "**/*.suo"];

    /// <summary>What stays out unless a project names the file. A Dockerfile in the context would only make the sources' layer change with
    /// it.</summary>
    public static ImmutableArray<string> UnlessNamed { get; } =
    [
        "**/node_modules",
        "**/TestResults",
        "**/Dockerfile",
        "**/Dockerfile.*",
        "**/*.Dockerfile",
        "**/.dockerignore",
        "**/*.dockerignore",
        "**/compose.y*ml",
        "**/compose.*.y*ml",
        "**/docker-compose*.y*ml",
        "**/docker-bake*.json",
        // A baseline follows from the image: were it a part of it, there would be no end to it.
        "**/*.size.json",
    ];

    /// <summary>What holds secrets more often than not, and stays out unless a project names the file.</summary>
    public static ImmutableArray<string> Secrets { get; } =
    [
        "**/.env",
        "**/.env.*",
        "**/*.pfx",
        "**/*.p12",
        "**/*.key",
        "**/*.pem",
        "**/*.p8",
        "**/*.ppk",
        "**/*.jks",
        "**/*.keystore",
        "**/*.kdbx",
        "**/*.tfstate",
        "**/*.tfstate.*",
        "**/*.kubeconfig",
        "**/kubeconfig",
        "**/id_rsa*",
        "**/id_dsa*",
        "**/id_ecdsa*",
        "**/id_ed25519*",
        "**/secrets.json",
        "**/.netrc",
        "**/_netrc",
        "**/.pgpass",
        "**/.htpasswd",
        "**/.vault-token",
        "**/.dockercfg",
        "**/.dockerconfigjson",
        "**/.gnupg",
        "**/.pypirc",
        "**/.git-credentials",
        "**/.aws",
        "**/.azure",
        "**/.ssh",
        "**/.docker",
        "**/.kube",
    ];

    // What a web project publishes with every other JSON file, and a developer's machine alone should have.
    private static readonly ImmutableArray<string> s_local =
    [
        "**/appsettings.Local.json",
        "**/appsettings.*.Local.json",
        "**/appsettings.Secrets.json",
        "**/local.settings.json",
        "**/*.secrets.json",
    ];

    private static readonly Regex s_anyCase = Names([.. Secrets, .. s_local], RegexOptions.IgnoreCase);
    private static readonly Regex s_always = Names(Always);
    private static readonly Regex s_unlessNamed = Names([.. UnlessNamed, .. Secrets, .. Outputs]);
    private static readonly Regex s_secrets = Names(Secrets);
    private static readonly Regex s_otherCase = Names(Secrets, RegexOptions.IgnoreCase);

    /// <summary>Whether a path never enters a build context.</summary>
    /// <param name="path">A relative path.</param>
    public static bool IsNeverSent(string path) => path.Split('/', '\\').Any(part => s_always.IsMatch(part));

    /// <summary>Whether a path is the repository's <c>.git</c> or lies in it, by which projects find the repository's root.</summary>
    /// <param name="path">A relative path.</param>
    public static bool IsOfGit(string path) => path.Split('/')[0] == ".git";

    /// <summary>Whether a path is let in only because a project names it.</summary>
    /// <param name="path">A relative path.</param>
    public static bool NeedsNaming(string path) => Matches(s_unlessNamed, path) && !Matches(s_always, path);

    /// <summary>Whether a path lies in a folder that builds write, by its name.</summary>
    /// <param name="path">A path with forward slashes.</param>
    public static bool IsOutput(string path) => path.Split('/').Any(part => part is "bin" or "obj");

    /// <summary>Whether a pattern says nothing that these do not say.</summary>
    /// <param name="pattern">A pattern of an ignore file.</param>
    public static bool Covers(string pattern)
    {
        var name = pattern.EndsWith("/**", StringComparison.Ordinal) ? pattern[..^"/**".Length] : pattern;
        return Outputs.Contains(name) || Always.Contains(name) || UnlessNamed.Contains(name) || Secrets.Contains(name);
    }

    /// <summary>Whether a path looks like a secret's, in any casing.</summary>
    /// <param name="path">A relative path.</param>
    public static bool IsSecret(string path) => Matches(s_anyCase, path);

    /// <summary>Whether a path looks like a secret's and the patterns, which know one casing, leave it in.</summary>
    /// <param name="path">A relative path.</param>
    public static bool IsSecretInOtherCase(string path) => !Matches(s_secrets, path) && Matches(s_otherCase, path);

    private static bool Matches(Regex names, string path) => path.Split('/', '\\').Any(part => names.IsMatch(part));

    private static Regex Names(ImmutableArray<string> patterns, RegexOptions options = RegexOptions.None) =>
        new($"^({string.Join('|', patterns.Select(Name))})$", options | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);

    private static string Name(string pattern) => Regex.Escape(pattern["**/".Length..]).Replace(@"\*", ".*", StringComparison.Ordinal);
}
