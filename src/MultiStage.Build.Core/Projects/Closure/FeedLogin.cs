using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;

namespace MultiStage.Build.Projects.Closure;

/// <summary>What a package source accepts of somebody. It never shows what it holds.</summary>
/// <param name="Password">The password or token.</param>
/// <param name="Types">The kinds of authentication it is for, as NuGet lists them; null for all.</param>
internal sealed partial record FeedLogin(string User, string Password, string? Types = null)
{
    // Read by the credential provider of Azure Artifacts; the second name is the newer one.
    private static readonly string[] s_endpoints =
    [
        "VSS_NUGET_EXTERNAL_FEED_ENDPOINTS",
        "ARTIFACTS_CREDENTIALPROVIDER_EXTERNAL_FEED_ENDPOINTS",
    ];

    /// <summary>Finds the login that this machine has for a source, in NuGet's order.</summary>
    /// <param name="configurations">NuGet's configuration, the nearest first.</param>
    /// <param name="variable">Reads an environment variable.</param>
    /// <returns>The login; null where there is none.</returns>
    public static FeedLogin? Find(string name, string address, IEnumerable<XElement> configurations, Func<string, string?> variable) =>
        OfVariable(variable($"NuGetPackageSourceCredentials_{name}"))
        ?? configurations.Select(root => OfConfiguration(root, name)).FirstOrDefault(login => login is not null)
        ?? s_endpoints.Select(endpoints => OfEndpoints(variable(endpoints), address)).FirstOrDefault(login => login is not null);

    /// <summary>The credentials of each source in a configuration.</summary>
    /// <returns>The sources' names, and what holds their credentials.</returns>
    public static IEnumerable<(string Name, XElement Section)> Sections(XElement root) =>
        root.Elements("packageSourceCredentials").Elements().Select(section => (XmlConvert.DecodeName(section.Name.LocalName), section));

    /// <inheritdoc/>
    public override string ToString() => nameof(FeedLogin);

    /// <summary>One value of a source's credentials as it is written.</summary>
    /// <returns>The value; null where there is none.</returns>
    public static string? Value(XElement section, string key) =>
        section
            .Elements("add")
            .Where(add => key.Equals((string?)add.Attribute("key"), StringComparison.OrdinalIgnoreCase))
            .Select(add => (string?)add.Attribute("value"))
            .LastOrDefault();

    private static FeedLogin? OfVariable(string? text) =>
        text is not null && Variable().Match(text) is { Success: true } match
            ? new(
                match.Groups["user"].Value,
                match.Groups["password"].Value,
                match.Groups["types"] is { Success: true } types ? types.Value : null
            )
            : null;

    private static FeedLogin? OfConfiguration(XElement root, string name)
    {
        var section = Sections(root).FirstOrDefault(found => found.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Section;
        if (section is null || Expanded(Value(section, "Username")) is not { } user)
        {
            return null;
        }

        var password = Expanded(Value(section, "ClearTextPassword")) ?? Decrypted(Value(section, "Password"));
        return password is null ? null : new(user, password, Value(section, "ValidAuthenticationTypes"));
    }

    // A variable that is not set stays as it is written, and is not a password.
    private static string? Expanded(string? value) =>
        value is not null && Environment.ExpandEnvironmentVariables(value) is var expanded && !Unset().IsMatch(expanded) ? expanded : null;

    // Windows alone encrypts, for one user of one machine. NuGet runs in the same process as a restore's tasks do.
    private static string? Decrypted(string? value)
    {
        try
        {
            return value is null
                ? null
                : Type.GetType("NuGet.Configuration.EncryptionUtility, NuGet.Configuration")
                    ?.GetMethod("DecryptString", [typeof(string)])
                    ?.Invoke(null, [value]) as string;
        }
        catch (TargetInvocationException)
        {
            // Somebody else encrypted it, or another machine.
            return null;
        }
    }

    private static FeedLogin? OfEndpoints(string? text, string address)
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        try
        {
            using var json = JsonDocument.Parse(text);
            return json.RootElement.TryGetProperty("endpointCredentials", out var list)
                ? list.EnumerateArray()
                    .Where(entry => address.Equals(Text(entry, "endpoint"), StringComparison.OrdinalIgnoreCase))
                    .Select(entry =>
                        Text(entry, "password") is { } password
                            ? new FeedLogin(Text(entry, "username") ?? "VssSessionToken", password)
                            : null
                    )
                    .FirstOrDefault()
                : null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // The provider refuses it on this machine, too.
            return null;
        }
    }

    private static string? Text(JsonElement entry, string name) =>
        entry.TryGetProperty(name, out var value) && value.GetString() is { Length: > 0 } text ? text : null;

    // Source: NuGet's EnvironmentalPackageSourceCredentials.
    [GeneratedRegex(
        "^Username=(?<user>.*?);\\s*Password=(?<password>.*?)(;\\s*ValidAuthenticationTypes=(?<types>.*))?$",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex Variable();

    [GeneratedRegex("%[A-Za-z_][A-Za-z0-9_]*%")]
    private static partial Regex Unset();
}
