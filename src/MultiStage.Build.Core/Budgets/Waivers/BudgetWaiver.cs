using System.Globalization;
using MultiStage.Build.Diagnostics;

namespace MultiStage.Build.Budgets.Waivers;

/// <summary>Lets a budget be broken for a time, up to a ceiling, and says why: an item <c>ContainerBudgetWaiver</c>.</summary>
/// <param name="Budget">The budget it is for: the property's name, or the name of a path's or a stage's budget.</param>
/// <param name="Until">The last day on which it holds, in UTC.</param>
/// <param name="Reason">Why, for the reader of the report.</param>
/// <param name="AllowUpTo">What takes the place of the budget's limit meanwhile, written as the budget is.</param>
internal sealed record BudgetWaiver(string Budget, DateOnly Until, string Reason, string AllowUpTo)
{
    /// <summary>The item that it comes from.</summary>
    public const string Item = "ContainerBudgetWaiver";

    private const string DateFormat = "yyyy-MM-dd";

    /// <summary>Reads an item. All of its metadata is required.</summary>
    /// <param name="until">Its metadata <c>Until</c>, a day such as <c>2027-03-31</c>.</param>
    /// <param name="reason">Its metadata <c>Reason</c>.</param>
    /// <param name="allowUpTo">Its metadata <c>AllowUpTo</c>; what it means depends on the budget, and is read with it.</param>
    /// <exception cref="MultiStageException"><see cref="Codes.WaiverNotUnderstood"/>.</exception>
    public static BudgetWaiver Parse(string budget, string? until, string? reason, string? allowUpTo)
    {
        foreach (var (name, value) in new[] { (nameof(Until), until), (nameof(Reason), reason), (nameof(AllowUpTo), allowUpTo) })
        {
            if (string.IsNullOrWhiteSpace(value))
            {
                throw NotUnderstood(budget, $"it has no {name}");
            }
        }

        if (!DateOnly.TryParseExact(until!.Trim(), DateFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            throw NotUnderstood(budget, $"its Until '{until.Trim()}' is not a valid date; write it as 2027-03-31");
        }

        return new BudgetWaiver(budget.Trim(), day, reason!.Trim(), allowUpTo!.Trim());
    }

    /// <summary>Makes the error for a waiver that means nothing.</summary>
    /// <param name="why">Why, one clause.</param>
    /// <returns>The exception, to be thrown.</returns>
    public static MultiStageException NotUnderstood(string budget, string why) => Codes.WaiverNotUnderstood.ErrorAbout(Item, budget, why);

    /// <summary>Whether it still holds: until the last moment of its day in UTC, wherever the build runs.</summary>
    public bool HoldsAt(DateTimeOffset now) => DateOnly.FromDateTime(now.UtcDateTime) <= Until;

    /// <summary>The largest value that it lets pass, in the budget's unit; null where it is about growth, or was not read with its budget
    /// yet.</summary>
    public long? Ceiling { get; init; }

    /// <summary>The growth that it lets pass; null where it is not about growth.</summary>
    public GrowthBudget? GrowthCeiling { get; init; }

    /// <param name="property">The property or item that sets the budget.</param>
    /// <param name="name">The name of a path's or a stage's budget; null for others.</param>
    public bool IsFor(string property, string? name) => Budget.Equals(name ?? property, StringComparison.OrdinalIgnoreCase);

    /// <summary>The largest value that it lets pass.</summary>
    /// <param name="baselineBytes">The baseline's total in bytes; null where there is none.</param>
    /// <returns>The value, in the budget's unit.</returns>
    public long CeilingOver(long? baselineBytes) => Ceiling ?? GrowthCeiling?.AllowedBytes(baselineBytes ?? 0) ?? 0;
}
