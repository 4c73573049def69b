using System.Collections.Immutable;
using MultiStage.Build.Diagnostics;
using MultiStage.Build.Images;
using MultiStage.Build.Projects;
using MultiStage.Build.Projects.Container;
using MultiStage.Build.Stages.Generated;
using MultiStage.Build.Stages.Items;

namespace MultiStage.Build.Stages;

/// <summary>Turns facts into a plan.</summary>
internal static class BuildPlanner
{
    /// <summary>The name of the stage that restores and publishes.</summary>
    public const string BuilderStage = "builder";

    /// <summary>The name of the stage that runs.</summary>
    public const string RuntimeStage = "runtime";

    /// <summary>The name of the stage that builds what the health check runs.</summary>
    public const string HealthcheckerStage = "healthchecker";

    /// <summary>The folder of the app itself in what a publish on this machine fills.</summary>
    public const string HostAppFolder = "app";

    /// <summary>The folder of what packages brought, beside it.</summary>
    public const string HostPackagesFolder = "packages";

    /// <summary>Where the builder leaves what it published of the app itself.</summary>
    internal const string AppFolder = "/publish";

    /// <summary>Where the builder leaves what packages brought, which a change in the sources does not touch.</summary>
    internal const string PackagesFolder = "/packages";

    /// <summary>Plans the image of a project.</summary>
    /// <param name="facts">What was read from the project.</param>
    public static BuildPlan Plan(ProjectFacts facts, PlanTarget target)
    {
        ArgumentNullException.ThrowIfNull(facts);
        FactValues.Check(facts);
        ImmutableArray<Stage> generated =
            facts.Source is ImageSource.Project
                ?
                [
                    .. facts.PublishedFolder is null ? Builder(facts, target) : [],
                    .. Generated.HealthcheckerStage.Plan(facts, target),
                    .. TestStage.Plan(facts, target),
                    Generated.RuntimeStage.Plan(facts, SplitLabels(facts.Container).Labels, target),
                ]
                : [];
        var stages = StagePlanner.Plan(facts.Closure.Project, generated, facts.Stages, target, facts.PublishedFolder is not null);
        return Given(facts) with { Stages = facts.Source is ImageSource.Items ? ImageSettings.AddTo(stages, facts) : stages };
    }

    private static IEnumerable<Stage> Builder(ProjectFacts facts, PlanTarget target) =>
        [
            .. RestoreInputsStage.Plan(facts.Closure, BuilderStage, facts.Container.SdkImage, target),
            Generated.BuilderStage.Plan(facts, target),
        ];

    /// <summary>Plans what the build is given beside its stages.</summary>
    /// <param name="facts">What was read from the project.</param>
    /// <returns>A plan without stages.</returns>
    public static BuildPlan Given(ProjectFacts facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        facts = Read(facts);
        return new(facts.Closure.Project, [])
        {
            BuildArgs = BuildArgs(facts),
            OptionalBuildArgs =
            [
                .. facts
                    .Publish.Git.Values.Keys.Concat(facts.Variables.Select(variable => variable.Key))
                    .Except(facts.Stages.BuildArgs.Select(item => item.Include), StringComparer.Ordinal)
                    .Order(StringComparer.Ordinal),
            ],
            Secrets = SecretReader.Read(facts),
            Labels = SplitLabels(facts.Container).BuildLabels,
            TargetFramework = facts.Publish.TargetFramework,
            Variant = facts.Publish.Variant?.Name,
            Platform = facts.Container.Platform,
            Platforms = facts.Container.Platforms,
            PublishesOnHost = facts.PublishedFolder is not null,
        };
    }

    // Where no stage publishes, none reads what a publish is given; the environment reaches the tests.
    private static ProjectFacts Read(ProjectFacts facts) =>
        facts.PublishedFolder is null
            ? facts
            : facts with
            {
                Publish = facts.Publish with
                {
                    Stamps = facts.Publish.Stamps.Clear(),
                    Git = new(),
                    Environment = facts.Tests.IsEmpty ? new() : facts.Publish.Environment,
                },
            };

    // Stamps reach MSBuild's command line through the shell, which takes nothing away; in its environment they stand as they are.
    private static ImmutableSortedDictionary<string, string> BuildArgs(ProjectFacts facts) =>
        facts
            .Publish.Stamps.Select(stamp => (Name: stamp.Key, Value: MSBuildValue.Escape(stamp.Value)))
            .Concat(
                facts.Publish.Git.Values.Where(version => version.Value.Length > 0).Select(version => (Name: version.Key, version.Value))
            )
            .Concat(facts.Variables.Where(variable => variable.Value.Length > 0).Select(variable => (Name: variable.Key, variable.Value)))
            .Concat(facts.Stages.BuildArgs.Select(item => (Name: item.Include, Value: item["Value"])))
            .GroupBy(arg => arg.Name, StringComparer.Ordinal)
            .ToImmutableSortedDictionary(group => group.Key, group => group.Last().Value, StringComparer.Ordinal);

    // An instruction is one line, and no escape for a line break exists; the daemon takes such labels from the request instead.
    private static (ImmutableArray<NameValue> Labels, ImmutableSortedDictionary<string, string> BuildLabels) SplitLabels(
        ContainerFacts container
    )
    {
        var labels = container.Labels.GroupBy(l => l.Name, StringComparer.Ordinal).Select(g => g.Last()).ToList();
        // Nor is there one for the sign that ends a label's name.
        var unwritable = labels
            .Where(label => LineText.Problem(label.Value) is not null || label.Name.Contains('=', StringComparison.Ordinal))
            .ToList();
        return (
            [.. labels.Except(unwritable)],
            container
                .BuildLabels.Concat(unwritable)
                .GroupBy(l => l.Name, StringComparer.Ordinal)
                .ToImmutableSortedDictionary(g => g.Key, g => g.Last().Value, StringComparer.Ordinal)
        );
    }

    /// <summary>Whether a stage's name is the builder's.</summary>
    /// <param name="name">The name, in any casing.</param>
    internal static bool IsBuilder(string name) => name.Equals(BuilderStage, StringComparison.OrdinalIgnoreCase);

    /// <summary>Writes a path as a folder, as a destination of several files has to be.</summary>
    /// <param name="path">The path; empty for the working directory.</param>
    /// <returns>The path with a slash at its end.</returns>
    internal static string Folder(string path) =>
        path switch
        {
            "" => "./",
            _ => path + "/",
        };
}
