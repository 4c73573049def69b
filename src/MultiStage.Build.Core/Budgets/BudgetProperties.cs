using System.Collections.Immutable;
using MultiStage.Build.Budgets.Waivers;

namespace MultiStage.Build.Budgets;

/// <summary>The properties and items by which a project sets size budgets, as it has them. What is not set is empty.</summary>
public sealed record BudgetProperties
{
    /// <summary><c>ContainerSizeBudget</c>.</summary>
    public string Total { get; init; } = "";

    /// <summary><c>ContainerAppSizeBudget</c>.</summary>
    public string App { get; init; } = "";

    /// <summary><c>ContainerLayerSizeBudget</c>.</summary>
    public string Layer { get; init; } = "";

    /// <summary><c>ContainerLayerCountBudget</c>.</summary>
    public string LayerCount { get; init; } = "";

    /// <summary><c>ContainerCompressedSizeBudget</c>.</summary>
    public string Compressed { get; init; } = "";

    /// <summary><c>ContainerWastedSizeBudget</c>.</summary>
    public string Wasted { get; init; } = "";

    /// <summary><c>ContainerPathBudget</c> items.</summary>
    public ImmutableArray<PathBudgetItem> Paths { get; init; } = [];

    /// <summary><c>ContainerStageBudget</c> items.</summary>
    public ImmutableArray<StageBudgetItem> Stages { get; init; } = [];

    /// <summary><c>ContainerSizeGrowthBudget</c>.</summary>
    public string Growth { get; init; } = "";

    /// <summary><c>ContainerBudgetWaiver</c> items.</summary>
    public ImmutableArray<WaiverItem> Waivers { get; init; } = [];

    /// <summary><c>ContainerSizeBudgetWarnAt</c>: a percentage of every limit, or a size below that of <c>ContainerSizeBudget</c>.</summary>
    public string WarnAt { get; init; } = "";

    /// <summary><c>ContainerSizeBudgetSeverity</c>.</summary>
    public string Severity { get; init; } = "";
}

/// <summary>A <c>ContainerPathBudget</c> item.</summary>
/// <param name="Name">Its name (<c>Include</c>).</param>
/// <param name="Path">The pattern of paths in the image.</param>
/// <param name="Max">The limit.</param>
public sealed record PathBudgetItem(string Name, string Path, string Max);

/// <summary>A <c>ContainerStageBudget</c> item.</summary>
/// <param name="Stage">The stage's name (<c>Include</c>).</param>
/// <param name="Max">The limit.</param>
public sealed record StageBudgetItem(string Stage, string Max);
