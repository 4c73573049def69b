using System.Collections.Immutable;
using MultiStage.Build.Projects.Evaluation;

namespace MultiStage.Build.Projects;

/// <summary>
/// A variant, as the build in the container gets it: properties that the published project has alone, as if they stood at the end of its
/// file.
/// </summary>
/// <param name="Properties">The properties that the publish has.</param>
/// <param name="ForRestore">Those of them that may change what is restored.</param>
internal sealed record VariantFacts(
    string Name,
    ImmutableSortedDictionary<string, string> Properties,
    ImmutableSortedDictionary<string, string> ForRestore
)
{
    // Neither the SDK's restore nor NuGet reads these. Variants that differ in nothing else share the layer of one restore.
    private static readonly HashSet<string> s_notOfRestore = new(StringComparer.OrdinalIgnoreCase)
    {
        "InvariantGlobalization",
        "SatelliteResourceLanguages",
        "DebugType",
        "DebugSymbols",
        "AllowedReferenceRelatedFileExtensions",
        "CopyOutputSymbolsToPublishDirectory",
    };

    /// <summary>Decides what of a variant the build in the container has to know.</summary>
    /// <param name="properties">All that it sets.</param>
    /// <param name="reads">What the repository's own files read.</param>
    public static VariantFacts Of(string name, ImmutableSortedDictionary<string, string> properties, PropertyReads reads)
    {
        // This package has read the container's own on this machine.
        var read = properties.RemoveRange(properties.Keys.Where(key => GlobalProperties.IsHostOnly(key) && !reads.Contains(key)));
        return new(name, read, read.RemoveRange(read.Keys.Where(key => IsNotOfRestore(key) && !reads.LeadsToRestore(key))));
    }

    private static bool IsNotOfRestore(string property) =>
        s_notOfRestore.Contains(property) || property.StartsWith("Container", StringComparison.OrdinalIgnoreCase);
}
