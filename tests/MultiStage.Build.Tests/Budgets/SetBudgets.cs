using System.Collections.Immutable;
using MultiStage.Build.Budgets;
using MultiStage.Build.Budgets.Waivers;

namespace MultiStage.Build.Tests.Budgets;

/// <summary>The properties and items of a project, as the targets hand them over.</summary>
internal sealed record SetBudgets
{
    public string Total { get; init; } = "";

    public string App { get; init; } = "";

    public string Layer { get; init; } = "";

    public string LayerCount { get; init; } = "";

    public string Compressed { get; init; } = "";

    public string Wasted { get; init; } = "";

    public string Growth { get; init; } = "";

    public ImmutableArray<(string Name, string Path, string Max)> Paths { get; init; } = [];

    public ImmutableArray<(string Name, string Max)> Stages { get; init; } = [];

    public ImmutableArray<WaiverItem> Waivers { get; init; } = [];

    public string WarnAt { get; init; } = "";

    public string Severity { get; init; } = "";

    public BudgetSettings Read() =>
        BudgetReader.Read(
            new BudgetProperties
            {
                Limits =
                [
                    new("ContainerSizeGrowthBudget", Growth),
                    new("ContainerWastedSizeBudget", Wasted),
                    new("ContainerCompressedSizeBudget", Compressed),
                    new("ContainerLayerCountBudget", LayerCount),
                    new("ContainerLayerSizeBudget", Layer),
                    new("ContainerAppSizeBudget", App),
                    new("ContainerSizeBudget", Total),
                    .. Stages.Select(item => new BudgetLimit("ContainerStageBudget", item.Max) { Name = item.Name }),
                    .. Paths.Select(item => new BudgetLimit("ContainerPathBudget", item.Max) { Name = item.Name, Path = item.Path }),
                ],
                Waivers = Waivers,
                WarnAt = WarnAt,
                Severity = Severity,
            }
        );
}
