using MultiStage.Build.Budgets.Waivers;

namespace MultiStage.Build.Budgets;

/// <summary>How an image stands to a budget.</summary>
/// <param name="Value">What the image has, in the unit of the budget; null where it could not be measured.</param>
internal sealed record Verdict(Budget Budget, long? Value, VerdictStatus Status)
{
    /// <summary>Whether <see cref="Value"/> is an estimate: right within a few percent, and marked as one wherever it is shown.</summary>
    public bool IsEstimate { get; init; }

    /// <summary>Why the value could not be measured, one clause; null where it was.</summary>
    public string? Reason { get; init; }

    /// <summary>The waiver that is about this budget, whether it counts or not; null where there is none.</summary>
    public AppliedWaiver? Waiver { get; init; }

    /// <summary>What is limited.</summary>
    public BudgetKind Kind => Budget.Kind;

    /// <summary>The property or item that sets the budget.</summary>
    public string Property => Budget.Kind.Setting;

    /// <summary>The name of a path budget, the stage of a stage budget; null for other kinds.</summary>
    public string? Name => Budget.Name;

    /// <summary>The largest value that passes.</summary>
    public long Limit => Budget.Limit;

    /// <summary>Whether the image may be delivered as far as this budget goes. A waiver that is over stops it even where the budget is
    /// kept.</summary>
    public bool Passed => Status is not (VerdictStatus.Failed or VerdictStatus.NotMeasured) && Waiver is not { IsOver: true };
}
