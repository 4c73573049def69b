using System.Collections.Immutable;
using MultiStage.Build.Facts;

namespace MultiStage.Build.Stages;

/// <summary>Turns facts into a plan.</summary>
public static class BuildPlanner
{
    /// <summary>The name of the stage that restores and publishes.</summary>
    public const string BuilderStage = "builder";

    /// <summary>The name of the stage that runs.</summary>
    public const string RuntimeStage = "runtime";

    /// <summary>Where the builder leaves what it published.</summary>
    internal const string PublishFolder = "/publish/";

    /// <summary>Plans the image of a project.</summary>
    /// <param name="facts">What was read from the project.</param>
    /// <param name="target">The builder.</param>
    /// <returns>The plan.</returns>
    public static BuildPlan Plan(ProjectFacts facts, PlanTarget target)
    {
        var (labels, buildLabels) = SplitLabels(facts.Container);
        return new BuildPlan(facts.Closure.Project, [Stages.BuilderStage.Plan(facts, target), Stages.RuntimeStage.Plan(facts.Container, labels, target)])
        {
            // They reach MSBuild's command line through the shell, which takes nothing away.
            BuildArgs = facts.Publish.Stamps.ToImmutableSortedDictionary(stamp => stamp.Key, stamp => MSBuildValue.Escape(stamp.Value), StringComparer.Ordinal),
            Labels = buildLabels,
            TargetFramework = facts.Publish.TargetFramework,
            Platform = facts.Container.Platform,
        };
    }

    // An instruction is one line, and no escape for a line break exists; the daemon takes such labels from the request instead.
    private static (ImmutableArray<NameValue> Labels, ImmutableSortedDictionary<string, string> BuildLabels) SplitLabels(ContainerFacts container)
    {
        var labels = container.Labels.GroupBy(l => l.Name, StringComparer.Ordinal).Select(g => g.Last()).ToList();
        var multiline = labels.Where(label => label.Value.AsSpan().ContainsAny('\r', '\n')).ToList();
        return (
            [.. labels.Except(multiline)],
            container.BuildLabels.Concat(multiline)
                .GroupBy(l => l.Name, StringComparer.Ordinal)
                .ToImmutableSortedDictionary(g => g.Key, g => g.Last().Value, StringComparer.Ordinal));
    }

    /// <summary>Writes a path as a folder, as a destination of several files has to be.</summary>
    /// <param name="path">The path; empty for the working directory.</param>
    /// <returns>The path with a slash at its end.</returns>
    internal static string Folder(string path) => path switch
    {
        "" => "./",
        _ => path + "/",
    };
}
