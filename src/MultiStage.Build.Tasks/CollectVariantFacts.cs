using Microsoft.Build.Framework;
using MultiStage.Build.Pipeline;
using MultiStage.Build.Pipeline.Exploring;
using MultiStage.Build.Variants;

namespace MultiStage.Build.Tasks;

/// <summary>Collects a project's facts with the properties of a variant.</summary>
[MSBuildMultiThreadableTask]
public sealed class CollectVariantFacts : VariantTask
{
    /// <summary><c>ContainerVariant</c>.</summary>
    [Required]
    public string Variant { get; set; } = "";

    /// <summary>The properties that decide what a variant sets, with their <c>Value</c>.</summary>
    public ITaskItem[] Properties { get; set; } = [];

    /// <summary><c>ContainerBaseImage</c>, inferred or set.</summary>
    public string BaseImage { get; set; } = "";

    /// <summary>Whether a <c>FrameworkReference</c> names <c>Microsoft.AspNetCore.App</c>.</summary>
    public bool UsesAspNet { get; set; }

    /// <summary><c>ContainerStep</c> items.</summary>
    public ITaskItem[] Steps { get; set; } = [];

    /// <summary><c>ContainerPackage</c> items.</summary>
    public ITaskItem[] Packages { get; set; } = [];

    /// <inheritdoc />
    protected override Task RunAsync(TargetRun run, CancellationToken cancellationToken) =>
        new VariantTarget(run)
        {
            Host = Host,
            RestoreFolder = RestoreFolder,
            Items = Items,
            Project = new ExploredProject(ProjectItems.Pairs(Properties, "Value").ToDictionary(p => p.Name, p => p.Value), BaseImage)
            {
                UsesAspNet = UsesAspNet,
                HasSteps = StepsOnBase.Any(ProjectItems.Stages([], Steps, Packages, [], [])),
            },
            Name = Variant,
        }.RunAsync(cancellationToken);
}
