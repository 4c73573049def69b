using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;

namespace MultiStage.Build.Projects.Evaluation;

/// <summary>
/// Reads in the text of a repository's own project files and imports which properties they read, anywhere, targets included; and what each
/// may lead to: a restore, or a version. The text is the same on every machine, whatever the environment has.
/// </summary>
internal sealed partial class PropertyReads
{
    // Items and properties that decide what is restored.
    private static readonly HashSet<string> s_restoreItems = new(StringComparer.OrdinalIgnoreCase)
    {
        "PackageReference",
        "PackageVersion",
        "GlobalPackageReference",
        "PackageDownload",
        "ProjectReference",
        "FrameworkReference",
        "DotNetCliToolReference",
    };

    private readonly HashSet<string> _reads = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _inTargets = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _defined = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _fromEnvironment = new(StringComparer.Ordinal);
    private readonly HashSet<string> _restore = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<(string Property, HashSet<string> From)> _flows = [];

    private PropertyReads() { }

    /// <summary>The names that are written as environment variables are, or read as such, sorted.</summary>
    public IEnumerable<string> EnvironmentNames => _fromEnvironment.Order(StringComparer.Ordinal);

    /// <param name="files">Their paths; a file that is not XML reads nothing.</param>
    public static PropertyReads Of(IEnumerable<string> files)
    {
        var reads = new PropertyReads();
        foreach (var file in files.Where(file => Path.GetExtension(file) != ".json" && File.Exists(file)))
        {
            try
            {
                reads.Read(XDocument.Load(file).Root!, [], isInTarget: false);
            }
            catch (XmlException)
            {
                // MSBuild reports it.
            }
        }

        return reads;
    }

    public bool Contains(string name) => _reads.Contains(name) || _inTargets.Contains(name);

    /// <summary>Whether a property is read by targets alone, so that no evaluation shows its value.</summary>
    public bool ContainsInTargetsAlone(string name) => _inTargets.Contains(name) && !_reads.Contains(name);

    /// <summary>Whether the files give a property a value whatever it had before.</summary>
    public bool Defines(string name) => _defined.Contains(name);

    /// <summary>Whether a restore may come out otherwise with another value.</summary>
    /// <returns>Whether it may.</returns>
    public bool LeadsToRestore(string name) =>
        Reached(name).Any(property => _restore.Contains(property) || IsOfRestore().IsMatch(property));

    /// <summary>Whether a version may come out otherwise with another value.</summary>
    /// <returns>Whether it may.</returns>
    public bool LeadsToVersion(string name) =>
        Reached(name)
            .Any(property =>
                GlobalProperties.VersionStamps.Contains(property) || property.Equals("ContainerVersion", StringComparison.OrdinalIgnoreCase)
            );

    private HashSet<string> Reached(string name)
    {
        var reached = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { name };
        for (var grew = true; grew;)
        {
            grew = false;
            foreach (var (property, from) in _flows)
            {
                grew |= from.Overlaps(reached) && reached.Add(property);
            }
        }

        return reached;
    }

    private void Read(XElement element, HashSet<string> outer, bool isInTarget)
    {
        var own = Names(
            element.Attributes().Select(attribute => attribute.Value).Concat(element.Nodes().OfType<XText>().Select(text => text.Value)),
            isInTarget
        );
        var (name, kind) = (element.Name.LocalName, element.Parent?.Name.LocalName);
        if (name == "Exec" && isInTarget)
        {
            OfShell(element.Attribute("Command")?.Value ?? "");
        }

        var given = new HashSet<string>(outer.Concat(own), StringComparer.OrdinalIgnoreCase);
        if (name == "Choose")
        {
            // Otherwise stands for what no other condition met.
            given.UnionWith(Names(element.Elements().Select(when => when.Attribute("Condition")?.Value ?? ""), isInTarget));
        }

        if (kind == "PropertyGroup" && !isInTarget)
        {
            _flows.Add((name, given));
            if (!given.Contains(name))
            {
                _defined.Add(name);
            }
        }
        else if (
            !isInTarget
            && (
                name is "Import" or "Sdk"
                || (kind == "ItemGroup" && s_restoreItems.Contains(name))
                || (element.Parent?.Parent?.Name.LocalName == "ItemGroup" && s_restoreItems.Contains(kind!))
            )
        )
        {
            _restore.UnionWith(given);
        }

        // A condition of a group is one of all that is in it.
        var inner = name is "PropertyGroup" or "ItemGroup" or "When" or "Choose" || kind == "ItemGroup" ? given : outer;
        foreach (var child in element.Elements())
        {
            Read(child, inner, isInTarget || name == "Target");
        }
    }

    private HashSet<string> Names(IEnumerable<string> texts, bool isInTarget)
    {
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var text in texts)
        {
            foreach (var name in Property().Matches(text).Select(match => match.Groups[1].Value))
            {
                names.Add(name);
                if (IsEnvironmentStyle().IsMatch(name))
                {
                    _fromEnvironment.Add(name);
                }
            }

            var isExpanded = text.Contains("ExpandEnvironmentVariables", StringComparison.OrdinalIgnoreCase);
            foreach (
                var name in Variable()
                    .Matches(text)
                    .Concat(isExpanded ? Expanded().Matches(text) : [])
                    .Select(match => match.Groups[1].Value)
            )
            {
                names.Add(name);
                _fromEnvironment.Add(name);
            }
        }

        (isInTarget ? _inTargets : _reads).UnionWith(names);
        return names;
    }

    // What a command gives a value itself is the shell's own.
    private void OfShell(string command)
    {
        var names = Shell()
            .Matches(command)
            .Select(match => match.Groups[1].Value)
            .Where(name => IsEnvironmentStyle().IsMatch(name) && !command.Contains($"{name}=", StringComparison.Ordinal))
            .ToList();
        _inTargets.UnionWith(names);
        _fromEnvironment.UnionWith(names);
    }

    [GeneratedRegex(@"\$\(\s*([A-Za-z_][A-Za-z0-9_-]*)", RegexOptions.CultureInvariant)]
    private static partial Regex Property();

    [GeneratedRegex(@"\$\{?([A-Za-z_][A-Za-z0-9_]*)", RegexOptions.CultureInvariant)]
    private static partial Regex Shell();

    // A percent sign is %25 in a project.
    [GeneratedRegex("%(?:25)?([A-Za-z_][A-Za-z0-9_]*)%", RegexOptions.CultureInvariant)]
    private static partial Regex Expanded();

    [GeneratedRegex(
        @"GetEnvironmentVariable\(\s*['""`]?([A-Za-z_][A-Za-z0-9_]*)['""`]?\s*\)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    )]
    private static partial Regex Variable();

    [GeneratedRegex("^[A-Z][A-Z0-9]*(_[A-Z0-9]+)*$", RegexOptions.CultureInvariant)]
    private static partial Regex IsEnvironmentStyle();

    [GeneratedRegex(
        "^(Restore.*|NuGet.*|TargetFrameworks?|RuntimeIdentifiers?|TargetPlatform.*|"
            + "SelfContained|Publish(SelfContained|Aot|Trimmed|ReadyToRun|SingleFile)|"
            + "ManagePackageVersionsCentrally|Central.*|Disable.*|.*AssetTargetFallback|ImportDirectory.*|UsingMicrosoft.*)$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    )]
    private static partial Regex IsOfRestore();
}
