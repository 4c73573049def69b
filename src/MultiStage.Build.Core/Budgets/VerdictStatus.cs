namespace MultiStage.Build.Budgets;

/// <summary>How an image stands to a budget, in one word.</summary>
internal enum VerdictStatus
{
    /// <summary>It keeps the budget.</summary>
    Passed,

    /// <summary>It keeps the budget and is over the point where a warning begins, or an estimate is so close to the limit that it may be
    /// either.</summary>
    Warned,

    /// <summary>It breaks the budget, and a waiver lets it.</summary>
    Waived,

    /// <summary>There is no baseline to compare with, or one of something else; this is reported and fails nothing.</summary>
    NotCompared,

    /// <summary>It breaks the budget.</summary>
    Failed,

    /// <summary>The value could not be had. A budget that is not measured is a broken one: it never counts as kept.</summary>
    NotMeasured,
}
