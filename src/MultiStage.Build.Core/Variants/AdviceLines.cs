using System.Collections.Immutable;
using MultiStage.Build.Projects;

namespace MultiStage.Build.Variants;

/// <summary>What to write for a variant to become the project's own way of publishing (pure).</summary>
internal static class AdviceLines
{
    /// <summary>Writes the lines.</summary>
    /// <returns>A property group, line by line.</returns>
    public static ImmutableArray<string> For(ImmutableSortedDictionary<string, string> properties) =>
        ["<PropertyGroup>", .. properties.Select(property => "  " + VariantFile.Element(property)), "</PropertyGroup>"];
}
