using System.Collections.Immutable;
using System.Security;

namespace MultiStage.Build.Variants;

/// <summary>What to write for a variant to become the project's own way of publishing (pure).</summary>
internal static class AdviceLines
{
    // Each project of a closure writes symbols of its own, and only the property of that project says otherwise.
    private static readonly string[] s_ofEveryProject = ["DebugType"];

    /// <summary>Writes the lines.</summary>
    /// <param name="properties">The variant's properties.</param>
    /// <returns>A property group, line by line.</returns>
    public static ImmutableArray<string> For(ImmutableSortedDictionary<string, string> properties) =>
        [
            "<PropertyGroup>",
            .. properties.Select(property => $"  <{property.Key}>{SecurityElement.Escape(property.Value)}</{property.Key}>"),
            "</PropertyGroup>",
        ];

    /// <summary>Says where the lines go.</summary>
    /// <param name="exploration">The exploration.</param>
    /// <param name="properties">The variant's properties.</param>
    /// <returns>A file's name.</returns>
    public static string File(Exploration exploration, ImmutableSortedDictionary<string, string> properties) =>
        exploration.HasReferences && s_ofEveryProject.Any(properties.ContainsKey)
            ? "Directory.Build.props, for the referenced projects too"
            : exploration.ProjectFile;
}
