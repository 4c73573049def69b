using System.Collections.Immutable;
using MultiStage.Build.Budgets.Waivers;
using MultiStage.Build.Diagnostics;

namespace MultiStage.Build.Budgets;

/// <summary>The properties and items by which a project sets size budgets, as it has them. What is not set is empty.</summary>
public sealed record BudgetProperties
{
    /// <summary>The limits: of every property, and of every item.</summary>
    public ImmutableArray<BudgetLimit> Limits { get; init; } = [];

    /// <summary>The limits of a kind, in their order.</summary>
    /// <returns>The limits; those of properties that are not set are empty.</returns>
    internal IEnumerable<BudgetLimit> Of(BudgetKind kind) => Limits.Where(limit => limit.Setting == kind.Setting);

    /// <summary><c>ContainerPlatformBudget</c> items.</summary>
    public ImmutableArray<ProjectItem> Platforms { get; init; } = [];

    /// <summary><c>ContainerBudgetWaiver</c> items.</summary>
    public ImmutableArray<WaiverItem> Waivers { get; init; } = [];

    /// <summary><c>ContainerSizeBudgetWarnAt</c>: a percentage of every limit, or a size below that of
    /// <c>ContainerSizeBudget</c>.</summary>
    public string WarnAt { get; init; } = "";

    /// <summary><c>ContainerSizeBudgetSeverity</c>.</summary>
    public string Severity { get; init; } = "";
}

/// <summary>A limit, as the project has it.</summary>
/// <param name="Setting">The property or item that sets it.</param>
/// <param name="Max">The property's value, or the item's <c>Max</c>.</param>
public sealed record BudgetLimit(string Setting, string Max)
{
    /// <summary>The item's name (<c>Include</c>); empty for a property.</summary>
    public string Name { get; init; } = "";

    /// <summary>The item's <c>Path</c>, the pattern of paths in the image; empty for others.</summary>
    public string Path { get; init; } = "";
}
