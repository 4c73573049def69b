using System.Collections.Immutable;
using MultiStage.Build.Diagnostics;
using MultiStage.Build.Projects;
using MultiStage.Build.Stages;

namespace MultiStage.Build.Tests.Stages;

/// <summary>The items of a project, as a test writes them.</summary>
internal static class Items
{
    /// <summary>A <c>ContainerStage</c> item.</summary>
    public static ProjectItem Stage(string name, params (string Name, string Value)[] metadata) => Item("ContainerStage", name, metadata);

    /// <summary>A <c>ContainerStep</c> item.</summary>
    public static ProjectItem Step(string stage, params (string Name, string Value)[] metadata) =>
        Item("ContainerStep", "step", [("Stage", stage), .. metadata]);

    /// <summary>A <c>ContainerPackage</c> item.</summary>
    public static ProjectItem Package(string name, params (string Name, string Value)[] metadata) =>
        Item("ContainerPackage", name, metadata);

    /// <summary>An item.</summary>
    public static ProjectItem Item(string type, string include, params (string Name, string Value)[] metadata) =>
        new(type, include)
        {
            Metadata = metadata.ToImmutableSortedDictionary(pair => pair.Name, pair => pair.Value, StringComparer.OrdinalIgnoreCase),
        };

    /// <summary>The facts of a project that is not .NET.</summary>
    public static ProjectFacts Facts(params ProjectItem[] items) =>
        Add(
            Samples.Web with
            {
                Source = ImageSource.Items,
                Container = Samples.Web.Container with
                {
                    User = "",
                    WorkingDirectory = "",
                    Entrypoint = [],
                    Command = [],
                    Environment = [],
                    Ports = [],
                },
                Closure = Samples.Web.Closure with
                {
                    Project = "greeter.proj",
                    Projects = [],
                    RestoreInputs = [],
                    NeverSent = ["greeter.proj", "obj"],
                },
            },
            items
        );

    /// <summary>Facts with items added.</summary>
    public static ProjectFacts Add(ProjectFacts facts, params ProjectItem[] items) =>
        facts with
        {
            Stages = new StageFacts
            {
                Stages = Of("ContainerStage", items),
                Steps = Of("ContainerStep", items),
                Packages = Of("ContainerPackage", items),
                BuildArgs = Of("ContainerBuildArg", items),
                Secrets = Of("ContainerSecret", items),
            },
        };

    /// <summary>Plans a project for BuildKit.</summary>
    public static BuildPlan Plan(ProjectFacts facts) => BuildPlanner.Plan(facts, new PlanTarget.BuildKit());

    private static ImmutableArray<ProjectItem> Of(string type, ProjectItem[] items) => [.. items.Where(item => item.Type == type)];
}
