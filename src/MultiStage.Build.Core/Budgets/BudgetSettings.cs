using System.Collections.Immutable;
using System.Text.Json.Serialization;
using MultiStage.Build.Budgets.Baselines;
using MultiStage.Build.Budgets.Waivers;
using MultiStage.Build.Diagnostics;
using MultiStage.Build.Images;

namespace MultiStage.Build.Budgets;

/// <summary>
/// The size budgets of a project, understood. Written to <c>budgets.json</c> before anything is built, so that a typo costs no build, and
/// read by every
/// stage of the pipeline that needs one.
/// </summary>
/// <param name="Budgets">The limits, in the order of their kinds and then of their items; none where the project sets none.</param>
/// <param name="Severity">What a broken budget is: an error keeps the image from being tagged and pushed, a warning does not.</param>
internal sealed record BudgetSettings(ImmutableArray<Budget> Budgets, DiagnosticSeverity Severity)
{
    /// <summary>The property that says where a warning begins.</summary>
    public const string WarnAtProperty = "ContainerSizeBudgetWarnAt";

    /// <summary>The property that says what a broken budget is.</summary>
    public const string SeverityProperty = "ContainerSizeBudgetSeverity";

    /// <summary>How much the image may grow over its baseline; null for any.</summary>
    public GrowthBudget? Growth { get; init; }

    /// <summary>What lets budgets be broken for a time.</summary>
    public ImmutableArray<BudgetWaiver> Waivers { get; init; } = [];

    /// <summary>The limits that hold for one platform of several, in place of those for all.</summary>
    public ImmutableArray<Budget> OfPlatforms { get; init; } = [];

    public static BudgetSettings None { get; } = new([], DiagnosticSeverity.Error);

    /// <summary>The stages whose own images have a budget, in the order of their items.</summary>
    [JsonIgnore]
    public IEnumerable<string> Stages => Budgets.Where(budget => budget.Kind == BudgetKinds.Stage).Select(budget => budget.Name!);

    /// <summary>Whether a budget cannot be decided without something.</summary>
    /// <param name="need">What may be needed.</param>
    public bool Need(BudgetNeed need) => Budgets.Any(budget => budget.Kind.Needs == need);

    /// <summary>The budgets of one of several platforms.</summary>
    /// <param name="platform">The platform, such as <c>linux/arm64</c>.</param>
    /// <returns>The budgets for all, but for those that the platform has its own of.</returns>
    public BudgetSettings For(Platform platform)
    {
        var own = OfPlatforms.Where(budget => budget.Platform == platform).ToList();
        return this with
        {
            Budgets =
            [
                .. Budgets
                    .Where(budget => !own.Any(other => other.Kind == budget.Kind))
                    .Concat(own)
                    .OrderBy(budget => BudgetKinds.All.IndexOf(budget.Kind)),
            ],
            OfPlatforms = [],
        };
    }

    /// <summary>The budgets of one kind alone, with what waives them.</summary>
    public BudgetSettings Only(BudgetKind kind) => this with { Budgets = [.. Budgets.Where(budget => budget.Kind == kind)], Growth = null };

    /// <summary>Every budget, with that of growth as so many bytes over a baseline.</summary>
    /// <param name="comparison">How the image compares with its baseline; null where there is none.</param>
    /// <returns>The budgets in their order, and that of growth last.</returns>
    public ImmutableArray<Budget> Over(SizeComparison? comparison) =>
        Growth is { } growth
            ? Budgets.Add(new Budget(BudgetKinds.Growth, comparison is null ? 0 : growth.AllowedBytes(comparison.TotalBytes)))
            : Budgets;
}
