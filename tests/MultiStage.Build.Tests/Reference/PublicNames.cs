using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace MultiStage.Build.Tests.Reference;

/// <summary>The names that users' build scripts may depend on, as the source tree has them.</summary>
internal static partial class PublicNames
{
    // The native compiler's package hooks it on Publish; it is replaced by nothing, and nobody calls it.
    private const string ReplacedTarget = "CopyNativeBinary";

    // What the SDK's container targets compute on their way and hand to their own tasks.
    private static readonly string[] s_derivedBySdk =
    [
        "ContainerBaseRegistry",
        "ContainerBaseName",
        "ContainerBaseTag",
        "ContainerBaseDigest",
        "ContainerBaseImageDigest",
        "ContainerEnvironmentVariables",
    ];

    /// <summary>Properties and items that our files read, set or give back.</summary>
    public static IReadOnlySet<string> OfPackage { get; } = Sorted(PackageFiles().SelectMany(file => Names(XDocument.Load(file))));

    /// <summary>Properties and items that the container support of the .NET SDK reads.</summary>
    public static IReadOnlySet<string> OfSdk { get; } =
        Sorted(
            SdkFiles()
                .SelectMany(file => SdkReference().Matches(File.ReadAllText(file)))
                .Select(match => match.Groups[1].Value)
                .Except(s_derivedBySdk)
        );

    /// <summary>The targets that our files define.</summary>
    public static IReadOnlySet<string> Targets { get; } =
        Sorted(
            PackageFiles()
                .SelectMany(file => XDocument.Load(file).Descendants("Target"))
                .Select(target => target.Attribute("Name")!.Value)
                .Except([ReplacedTarget])
        );

    /// <summary>All of them.</summary>
    public static IReadOnlySet<string> All { get; } = Sorted(OfPackage.Concat(OfSdk).Concat(Targets));

    /// <summary>Whether a name looks like one of ours or of the SDK's container support.</summary>
    /// <param name="name">The name.</param>
    /// <returns>Whether it does.</returns>
    public static bool IsOfOurKind(string name) => OurKind().IsMatch(name);

    private static IEnumerable<string> PackageFiles() =>
        Directory
            .EnumerateFiles(RepositoryRoot.Combine("sdk"), "*", SearchOption.AllDirectories)
            .Where(file => Path.GetExtension(file) is ".props" or ".targets");

    // The tests run on the runtime beside the SDK that builds them.
    private static IEnumerable<string> SdkFiles()
    {
        var root = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "..", "..", ".."));
        var containers = Directory
            .EnumerateDirectories(Path.Combine(root, "sdk"))
            .Select(folder => Path.Combine(folder, "Containers", "build"))
            .Where(Directory.Exists)
            .Order(StringComparer.Ordinal)
            .Last();
        return Directory.EnumerateFiles(containers, "*.targets");
    }

    private static IEnumerable<string> Names(XDocument document)
    {
        var elements = document
            .Descendants()
            .Where(e => e.Parent?.Name.LocalName is "PropertyGroup" or "ItemGroup")
            .Select(e => e.Name.LocalName);
        var outputs = document.Descendants("Output").Select(e => (e.Attribute("PropertyName") ?? e.Attribute("ItemName"))!.Value);
        var texts = document.Descendants().SelectMany(e => e.Attributes().Select(a => a.Value).Append(e.HasElements ? "" : e.Value));
        return elements
            .Concat(outputs)
            .Concat(texts.SelectMany(text => Reference().Matches(text)).Select(match => match.Groups[1].Value))
            .Where(IsOfOurKind)
            .Except(s_derivedBySdk);
    }

    private static SortedSet<string> Sorted(IEnumerable<string> names) => new(names.Where(name => name[0] != '_'), StringComparer.Ordinal);

    [GeneratedRegex(@"[$@]\(([A-Za-z_]\w*)", RegexOptions.CultureInvariant)]
    private static partial Regex Reference();

    [GeneratedRegex(
        @"[$@]\(((?:Container|LocalRegistry|RegistryUrl|PublishImageTag|AutoGenerateImageTag|EnableSdkContainerSupport)\w*)",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex SdkReference();

    [GeneratedRegex(
        "^(Container|MultiStage|Generated)[A-Z][A-Za-z]*$|^[A-Za-z]+MultiStage[A-Za-z]*$|^MULTISTAGE[0-9]+$",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex OurKind();
}
