using System.Collections.Immutable;
using System.Text.Json.Serialization;
using MultiStage.Build.Budgets.Waivers;
using MultiStage.Build.Diagnostics;

namespace MultiStage.Build.Budgets;

/// <summary>
/// The size budgets of a project, understood. Written to <c>budgets.json</c> before anything is built, so that a typo costs no build, and read by every
/// stage of the pipeline that needs one.
/// </summary>
/// <param name="Budgets">The limits, in the order of their metrics and then of their items; none where the project sets none.</param>
/// <param name="Severity">What a broken budget is: an error keeps the image from being tagged and pushed, a warning does not.</param>
public sealed record BudgetSettings(ImmutableArray<Budget> Budgets, DiagnosticSeverity Severity)
{
    /// <summary>The property that limits the whole image.</summary>
    public const string TotalProperty = "ContainerSizeBudget";

    /// <summary>The property that limits what the app adds to its base image.</summary>
    public const string AppProperty = "ContainerAppSizeBudget";

    /// <summary>The property that limits any one of the app's layers.</summary>
    public const string LayerProperty = "ContainerLayerSizeBudget";

    /// <summary>The property that limits the number of layers.</summary>
    public const string LayerCountProperty = "ContainerLayerCountBudget";

    /// <summary>The property that limits the pull size.</summary>
    public const string CompressedProperty = "ContainerCompressedSizeBudget";

    /// <summary>The property that limits what is overwritten, deleted or hidden.</summary>
    public const string WastedProperty = "ContainerWastedSizeBudget";

    /// <summary>The item that limits paths in the image.</summary>
    public const string PathItem = "ContainerPathBudget";

    /// <summary>The item that limits a stage.</summary>
    public const string StageItem = "ContainerStageBudget";

    /// <summary>The property that says where a warning begins.</summary>
    public const string WarnAtProperty = "ContainerSizeBudgetWarnAt";

    /// <summary>The property that says what a broken budget is.</summary>
    public const string SeverityProperty = "ContainerSizeBudgetSeverity";

    /// <summary>How much the image may grow over its baseline; null for any.</summary>
    public GrowthBudget? Growth { get; init; }

    /// <summary>What lets budgets be broken for a time.</summary>
    public ImmutableArray<BudgetWaiver> Waivers { get; init; } = [];

    /// <summary>No budget at all.</summary>
    public static BudgetSettings None { get; } = new([], DiagnosticSeverity.Error);

    /// <summary>The stages whose own images have a budget, in the order of their items.</summary>
    [JsonIgnore]
    public IEnumerable<string> Stages => Budgets.Where(budget => budget.Metric == BudgetMetric.Stage).Select(budget => budget.Name!);

    /// <summary>Whether a budget cannot be decided without knowing the files of the image.</summary>
    [JsonIgnore]
    public bool NeedFiles => Budgets.Any(budget => budget.Metric is BudgetMetric.Wasted or BudgetMetric.Path);
}
