using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace MultiStage.Build.Tests.Targets;

/// <summary>The properties and items that are read when a project without a .NET project is published, as the targets' own text has
/// them.</summary>
internal static partial class NamesThatTargetsRead
{
    // Imported for .NET projects that are published, or for what runs in the container.
    private static readonly string[] s_others = ["AfterSdk", "Publish", "Builder", "Compile"];

    // What the properties of these names hold for such a project.
    private static readonly (string Name, string Value)[] s_properties =
    [
        ("$(_MultiStageFactsTarget)", "ReadMultiStageStages"),
        ("$(_MultiStageMeasured)", "MeasureMultiStageImage"),
    ];

    private static readonly string[] s_begins =
    [
        "PublishMultiStage",
        "CheckMultiStageDockerfile",
        "UpdateMultiStageSizeBaseline",
        "MeasureMultiStageForeignImage",
        "ExploreMultiStageImages",
    ];

    /// <summary>Reads them.</summary>
    /// <returns>The names: in properties and items outside targets, and in targets that run.</returns>
    public static IReadOnlySet<string> WithoutProject()
    {
        var documents = Directory
            .EnumerateFiles(RepositoryRoot.Combine("sdk"), "*.*", SearchOption.AllDirectories)
            .Where(file => Path.GetExtension(file) is ".props" or ".targets")
            .Where(file => !s_others.Any(name => file.EndsWith($".{name}.targets", StringComparison.Ordinal)))
            .Where(file => !file.Contains("MultiTargeting", StringComparison.Ordinal))
            .Select(file => XDocument.Load(file).Root!)
            .ToList();
        var targets = documents.SelectMany(root => root.Descendants("Target")).ToLookup(target => target.Attribute("Name")!.Value);
        var reached = new HashSet<string>(StringComparer.Ordinal);
        var waiting = new Queue<string>(s_begins);
        while (waiting.TryDequeue(out var name))
        {
            if (!reached.Add(name))
            {
                continue;
            }

            foreach (var list in targets[name].Select(target => target.Attribute("DependsOnTargets")?.Value ?? ""))
            {
                var known = s_properties.Aggregate(list, (text, property) =>
                    text.Replace(property.Name, property.Value, StringComparison.Ordinal)
                );
                Array.ForEach(known.Split(';'), waiting.Enqueue);
            }
        }

        var read = documents
            .SelectMany(root => root.Elements().Where(element => element.Name != "Target"))
            .Concat(reached.SelectMany(name => targets[name]))
            .SelectMany(element => element.DescendantsAndSelf())
            .SelectMany(element =>
                element.Attributes().Select(attribute => attribute.Value).Append(element.HasElements ? "" : element.Value)
            );
        return read.SelectMany(text => Reference().Matches(text)).Select(match => match.Groups[1].Value).ToHashSet(StringComparer.Ordinal);
    }

    [GeneratedRegex(@"[$@]\(([A-Za-z_]\w*)", RegexOptions.CultureInvariant)]
    private static partial Regex Reference();
}
