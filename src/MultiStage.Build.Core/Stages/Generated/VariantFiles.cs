using System.Collections.Immutable;
using MultiStage.Build.Projects;
using MultiStage.Build.Stages.Items;

namespace MultiStage.Build.Stages.Generated;

/// <summary>
/// The files that give the published project the properties of a variant inside the builder. What restore does not read is in the second
/// one alone, so that variants of one kind share a restore.
/// </summary>
internal static class VariantFiles
{
    private const string ForRestore = "/variant/restore.targets";

    private const string ForPublish = "/variant/publish.targets";

    /// <summary>Plans the file that the restore reads.</summary>
    /// <param name="facts">What was read from the project.</param>
    /// <returns>The step, or none.</returns>
    public static IEnumerable<Step> Restore(ProjectFacts facts, PlanTarget target) =>
        facts.Publish.Variant is { ForRestore.IsEmpty: false } variant
            ? [Plan(ForRestore, variant, variant.ForRestore, facts, target, StepAnchors.Restore)]
            : [];

    /// <summary>Plans the file that the publish reads, where it is another one.</summary>
    /// <param name="facts">What was read from the project.</param>
    /// <returns>The step, or none.</returns>
    public static IEnumerable<Step> Publish(ProjectFacts facts, PlanTarget target) =>
        facts.Publish.Variant is { } variant && IsMore(variant)
            ? [Plan(ForPublish, variant, variant.Properties, facts, target, StepAnchors.Publish)]
            : [];

    /// <param name="publish">How the app is published.</param>
    /// <returns>The switch, or none.</returns>
    public static IEnumerable<string> RestoreSwitch(PublishFacts publish) =>
        publish.Variant is { ForRestore.IsEmpty: false } ? [Switch(ForRestore)] : [];

    /// <summary>The switch of a build or a publish.</summary>
    /// <param name="publish">How the app is published.</param>
    /// <returns>The switch, or none.</returns>
    public static IEnumerable<string> PublishSwitch(PublishFacts publish) =>
        publish.Variant is { } variant && IsMore(variant) ? [Switch(ForPublish)] : RestoreSwitch(publish);

    private static bool IsMore(VariantFacts variant) => variant.Properties.Count > variant.ForRestore.Count;

    private static string Switch(string path) => $"-p:{VariantFile.Hook}={path}";

    private static Step Plan(
        string path,
        VariantFacts variant,
        ImmutableSortedDictionary<string, string> properties,
        ProjectFacts facts,
        PlanTarget target,
        string anchor
    ) =>
        InlineFile.Plan(path, VariantFile.InContainer(facts.Closure.Project, properties), target) with
        {
            Anchor = anchor,
            Why = $"The variant {variant.Name}, for {Path.GetFileName(facts.Closure.Project)} alone.",
        };
}
