using System.Collections.Immutable;
using System.Xml;
using System.Xml.Linq;
using MultiStage.Build.Context;
using MultiStage.Build.Diagnostics;

namespace MultiStage.Build.Projects.Closure;

/// <summary>
/// The package sources of a closure for which this machine has credentials, and those that only this user's own configuration names and
/// that packages came from. A restore in the container gets both as a configuration of its machine, which is a secret. Source:
/// https://learn.microsoft.com/nuget/consume-packages/configuring-nuget-behavior
/// </summary>
/// <param name="closure">The closure, with those that are built beside it.</param>
/// <param name="host">What NuGet reads on this machine.</param>
internal sealed class PackageFeeds(ClosureFacts closure, NuGetHost host)
{
    public const string SecretId = "nuget-feeds";

    /// <summary>Where the container's NuGet finds it: below its own configuration and that of the repository, for every user.</summary>
    public const string Target = "/etc/opt/NuGet/Config/feeds.config";

    private readonly ImmutableArray<(string File, XElement Root)> _repository =
    [
        .. closure
            .RestoreInputs.Where(FeedCredentials.MayBeIn)
            .OrderByDescending(file => file.Count(c => c == '/'))
            .Select(file => Path.Combine(closure.Context, file))
            .SelectMany(Load),
    ];

    private readonly ImmutableArray<(string File, XElement Root)> _user =
    [
        .. ContextPath
            .Ancestors(closure.Context)
            .Skip(1)
            .SelectMany(RestoreInputs.ConfigurationFiles)
            .Where(FeedCredentials.MayBeIn)
            .Concat(host.Files)
            .SelectMany(Load),
    ];

    /// <summary>The names of the sources, in the order of the configuration.</summary>
    public ImmutableArray<string> Names => [.. Find().Select(feed => feed.Name)];

    /// <summary>The configuration that gives a restore in the container what it does not have.</summary>
    /// <returns>Its text, with passwords; null where it would be empty.</returns>
    public string? Configuration()
    {
        var feeds = Find();
        if (feeds.IsEmpty)
        {
            return null;
        }

        return new XElement(
            "configuration",
            new XElement("packageSources", feeds.Where(feed => feed.IsOfUser).Select(feed => feed.Source)),
            new XElement(
                "packageSourceCredentials",
                feeds
                    .Where(feed => feed.Login is not null)
                    .Select(feed => new XElement(XmlConvert.EncodeLocalName(feed.Name)!, Credentials(feed.Login!)))
            ),
            LeavesOutDefault ? new XElement("disabledPackageSources", Add("nuget.org", "true")) : null,
            _user.Select(file => file.Root.Element("packageSourceMapping")).FirstOrDefault(mapping => mapping is not null)
        ).ToString();
    }

    /// <summary>Finds passwords that are written into the repository.</summary>
    /// <returns>A warning for each source, at its line.</returns>
    public IEnumerable<Diagnostic> Warnings() =>
        from file in _repository
        from section in FeedLogin.Sections(file.Root)
        let password = FeedLogin.Value(section.Section, "ClearTextPassword") ?? FeedLogin.Value(section.Section, "Password")
        where password is not null && !password.Contains('%', StringComparison.Ordinal)
        let line = (IXmlLineInfo)section.Section
        select Codes.PasswordInRepository.With(ContextPath.Relative(closure.Context, file.File), section.Name) with
        {
            Location = new(file.File, line.LineNumber, line.LinePosition),
        };

    private ImmutableArray<Feed> Find()
    {
        var all = _repository.Concat(_user).Select(file => file.Root).ToList();
        var disabled = all.SelectMany(Disabled).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var own = _repository.SelectMany(file => Sources(file.Root)).DistinctBy(Name, StringComparer.OrdinalIgnoreCase).ToList();
        // With this, the repository's configuration keeps the others out on this machine, too.
        var isAlone = _repository.Any(file => file.Root.Elements("packageSources").Elements("clear").Any());
        var others = isAlone
            ? []
            : _user
                .SelectMany(file => Sources(file.Root))
                .DistinctBy(Name, StringComparer.OrdinalIgnoreCase)
                .Where(source => !own.Any(mine => Same(Name(mine), Name(source)) || Same(Address(mine), Address(source))))
                .Where(source => !Same(Address(source), host.DefaultSource))
                .ToList();
        var used = others.Count == 0 ? [] : RestoredSources.Of(closure);
        return
        [
            .. own.Select(source => Feed(source, isOfUser: false))
                .Where(feed => feed.Login is not null)
                .Concat(others.Where(source => used.Contains(Address(source))).Select(source => Feed(source, isOfUser: true)))
                .Where(feed => !disabled.Contains(feed.Name)),
        ];

        Feed Feed(XElement source, bool isOfUser) =>
            new(Name(source), source, FeedLogin.Find(Name(source), Address(source), all, host.Variable), isOfUser);
    }

    // A company's mirror often stands in for it, and a restore would ask it all the same.
    private bool LeavesOutDefault =>
        host.DefaultSource is { } address
        && _user.Any(file => Sources(file.Root).Any())
        && !_repository.Concat(_user).Any(file => Sources(file.Root).Any(source => Same(Address(source), address)));

    private static IEnumerable<XElement> Credentials(FeedLogin login) =>
        [
            Add("Username", login.User),
            Add("ClearTextPassword", login.Password),
            .. login.Types is { } types ? [Add("ValidAuthenticationTypes", types)] : Array.Empty<XElement>(),
        ];

    private static XElement Add(string key, string value) => new("add", new XAttribute("key", key), new XAttribute("value", value));

    private static IEnumerable<XElement> Sources(XElement root) =>
        root.Elements("packageSources")
            .Elements("add")
            .Where(source => Uri.TryCreate(Address(source), UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https");

    private static IEnumerable<string> Disabled(XElement root) =>
        root.Elements("disabledPackageSources")
            .Elements("add")
            .Where(add => "true".Equals((string?)add.Attribute("value"), StringComparison.OrdinalIgnoreCase))
            .Select(Name);

    private static string Name(XElement source) => (string?)source.Attribute("key") ?? "";

    private static string Address(XElement source) => Environment.ExpandEnvironmentVariables((string?)source.Attribute("value") ?? "");

    private static bool Same(string one, string? other) => one.Equals(other, StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<(string File, XElement Root)> Load(string file)
    {
        try
        {
            return XDocument.Load(file, LoadOptions.SetLineInfo).Root is { } root ? [(file, root)] : [];
        }
        catch (Exception exception) when (exception is XmlException or IOException or UnauthorizedAccessException)
        {
            // NuGet itself reports a malformed file, with a better message, before this runs.
            return [];
        }
    }

    private sealed record Feed(string Name, XElement Source, FeedLogin? Login, bool IsOfUser);
}
