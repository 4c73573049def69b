using System.Collections.Immutable;
using Microsoft.Build.Framework;
using MultiStage.Build.Diagnostics;
using MultiStage.Build.Images;
using MultiStage.Build.Projects;

namespace MultiStage.Build.Tasks;

/// <summary>Takes items over from MSBuild.</summary>
internal static class ProjectItems
{
    /// <summary>Reads items with the metadata that their project gives them.</summary>
    /// <returns>The items, in order; of metadata, the escapes of MSBuild are undone and nothing else is.</returns>
    public static ImmutableArray<ProjectItem> Read(ITaskItem[] items, string type) =>
        [
            .. items.Select(item => new ProjectItem(
                type,
                item.ItemSpec,
                item.GetMetadata("DefiningProjectFullPath") is { Length: > 0 } file ? file : null
            )
            {
                Metadata = item.CloneCustomMetadata()
                    .Keys.Cast<string>()
                    // What MSBuild adds when an item comes out of another project is not the project's.
                    .Where(name => !name.StartsWith("MSBuildSource", StringComparison.Ordinal))
                    .ToImmutableSortedDictionary(name => name, item.GetMetadata, StringComparer.OrdinalIgnoreCase),
            }),
        ];

    /// <summary>Reads what a project says of stages.</summary>
    /// <param name="stages"><c>ContainerStage</c> items.</param>
    /// <param name="steps"><c>ContainerStep</c> items.</param>
    /// <param name="packages"><c>ContainerPackage</c> items.</param>
    /// <param name="buildArgs"><c>ContainerBuildArg</c> items.</param>
    /// <param name="secrets"><c>ContainerSecret</c> items.</param>
    public static StageFacts Stages(
        ITaskItem[] stages,
        ITaskItem[] steps,
        ITaskItem[] packages,
        ITaskItem[] buildArgs,
        ITaskItem[] secrets
    ) =>
        new()
        {
            Stages = Read(stages, "ContainerStage"),
            Steps = Read(steps, "ContainerStep"),
            Packages = Read(packages, "ContainerPackage"),
            BuildArgs = Read(buildArgs, "ContainerBuildArg"),
            Secrets = Read(secrets, "ContainerSecret"),
        };

    /// <summary>Reads items as words.</summary>
    /// <returns>Their names, in order.</returns>
    public static ImmutableArray<string> Words(ITaskItem[] items) => [.. items.Select(item => item.ItemSpec)];

    /// <summary>Reads items that have a value each.</summary>
    /// <returns>Their names and values, in order.</returns>
    public static ImmutableArray<NameValue> Pairs(ITaskItem[] items, string metadata) =>
        [.. items.Select(item => new NameValue(item.ItemSpec, item.GetMetadata(metadata)))];
}
