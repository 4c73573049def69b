using System.Collections.Immutable;
using MultiStage.Build.Diagnostics;

namespace MultiStage.Build.Variants;

/// <summary>Decides which variants are tried (pure).</summary>
internal static class VariantReader
{
    /// <summary>The metadata of the items that this package brings: they are there so that a project can take one out.</summary>
    public const string BuiltInMark = "MultiStageBuiltIn";

    // These are read by targets that do not see what a variant sets, or are chosen before it, and would be left out silently.
    private static readonly HashSet<string> s_ofThePublish = new(StringComparer.OrdinalIgnoreCase)
    {
        "Configuration",
        "TargetFramework",
        "TargetFrameworks",
        "ContainerVerify",
        "ContainerTarget",
        "ContainerTargetTagSuffix",
        "ContainerArchiveOutputPath",
        "ContainerBuildEngine",
        "ContainerBuilder",
        "ContainerPublishMode",
        "ContainerNoCache",
        "ContainerDockerfile",
        "ContainerDockerfileOutput",
        "PublishMultiStage",
    };

    /// <summary>Lists the variants to try.</summary>
    /// <param name="items">The <c>ContainerVariant</c> items, in the order of evaluation.</param>
    /// <param name="project">The project as it is today.</param>
    /// <param name="wanted"><c>ContainerVariants</c>, split; empty for all that make sense.</param>
    /// <exception cref="MultiStageException"><see cref="Codes.VariantUnknown"/>, <see cref="Codes.VariantEmpty"/> or
    /// <see cref="Codes.VariantSetsPublish"/>.</exception>
    /// <returns>
    /// The project's own first, then those of this package, the largest savings first; or those that are wanted, in their order.
    /// </returns>
    public static ImmutableArray<Variant> Read(IEnumerable<ProjectItem> items, ExploredProject project, ImmutableArray<string> wanted)
    {
        var candidates = Candidates(items, project);
        return wanted.Length == 0
            ? [.. candidates.Where(candidate => candidate.MakesSense).Select(candidate => candidate.Variant)]
            : [.. wanted.Distinct(StringComparer.OrdinalIgnoreCase).Select(name => Find(candidates, name, "ContainerVariants"))];
    }

    /// <summary>Finds the variant that a publish asks for.</summary>
    /// <param name="items">The <c>ContainerVariant</c> items, in the order of evaluation.</param>
    /// <param name="project">The project as it is today.</param>
    /// <param name="name"><c>ContainerVariant</c>.</param>
    /// <exception cref="MultiStageException"><see cref="Codes.VariantUnknown"/>, <see cref="Codes.VariantEmpty"/> or
    /// <see cref="Codes.VariantSetsPublish"/>.</exception>
    public static Variant Find(IEnumerable<ProjectItem> items, ExploredProject project, string name) =>
        Find(Candidates(items, project), name, "ContainerVariant");

    private static Variant Find(ImmutableArray<BuiltIn> candidates, string name, string property) =>
        candidates.FirstOrDefault(candidate => candidate.Variant.Name.Equals(name, StringComparison.OrdinalIgnoreCase))?.Variant
        ?? throw Codes.VariantUnknown.ErrorAbout(
            property,
            property,
            name,
            string.Join(", ", candidates.Select(candidate => candidate.Variant.Name))
        );

    private static ImmutableArray<BuiltIn> Candidates(IEnumerable<ProjectItem> items, ExploredProject project)
    {
        var builtIn = BuiltInVariants.For(project);
        // The last item of a name counts, as the last value of a property does.
        var last = items.GroupBy(item => item.Include, StringComparer.OrdinalIgnoreCase).Select(group => group.Last()).ToList();
        var own = last.Where(item => !IsPlain(item)).Select(item => new BuiltIn(Own(item), MakesSense: true));
        var plain = last.Where(IsPlain).Select(item => item.Include).ToHashSet(StringComparer.OrdinalIgnoreCase);
        if (plain.Except(builtIn.Select(known => known.Variant.Name), StringComparer.OrdinalIgnoreCase).FirstOrDefault() is { } empty)
        {
            throw Codes.VariantEmpty.ErrorAt(last.First(item => item.Include.Equals(empty, StringComparison.OrdinalIgnoreCase)), empty);
        }

        return [.. own, .. builtIn.Where(known => plain.Contains(known.Variant.Name))];
    }

    private static bool IsPlain(ProjectItem item) => item.Metadata.Keys.All(IsMark);

    private static bool IsMark(string metadata) => metadata.Equals(BuiltInMark, StringComparison.OrdinalIgnoreCase);

    private static Variant Own(ProjectItem item)
    {
        var properties = item.Metadata.Where(property => !IsMark(property.Key)).Select(property => (property.Key, property.Value)).ToList();
        return properties.Select(property => property.Key).FirstOrDefault(IsOfThePublish) is { } property
            ? throw Codes.VariantSetsPublish.ErrorAt(item, item.Include, property)
            : Variant.Of(item.Include, properties);
    }

    private static bool IsOfThePublish(string property) =>
        s_ofThePublish.Contains(property)
        || property.StartsWith("ContainerSize", StringComparison.OrdinalIgnoreCase)
        || property.EndsWith("Budget", StringComparison.OrdinalIgnoreCase);
}
