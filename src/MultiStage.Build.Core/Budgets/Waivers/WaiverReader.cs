using System.Collections.Immutable;
using MultiStage.Build.Diagnostics;

namespace MultiStage.Build.Budgets.Waivers;

/// <summary>Reads a project's waivers against its budgets (pure).</summary>
internal static class WaiverReader
{
    /// <summary>Reads every waiver, or says what cannot be used.</summary>
    /// <returns>The waivers, in their order.</returns>
    /// <exception cref="MultiStageException"><see cref="Codes.WaiverNotUnderstood"/>.</exception>
    public static ImmutableArray<BudgetWaiver> Read(IEnumerable<WaiverItem> items, BudgetSettings settings)
    {
        ImmutableArray<BudgetWaiver> waivers =
        [
            .. items.Select(item => WithCeiling(BudgetWaiver.Parse(item.Budget, item.Until, item.Reason, item.AllowUpTo), settings)),
        ];
        var twice = waivers.GroupBy(waiver => waiver.Budget, StringComparer.OrdinalIgnoreCase).FirstOrDefault(group => group.Skip(1).Any());
        return twice is null ? waivers : throw BudgetWaiver.NotUnderstood(twice.Key, "there are two of it");
    }

    private static BudgetWaiver WithCeiling(BudgetWaiver waiver, BudgetSettings settings)
    {
        if (waiver.IsFor(GrowthBudget.Property, null))
        {
            if (settings.Growth is not { } growth)
            {
                throw NoBudget(waiver, settings);
            }

            if (!GrowthBudget.TryParse(waiver.AllowUpTo, out var ceiling, out var reason))
            {
                throw BudgetWaiver.NotUnderstood(waiver.Budget, $"its AllowUpTo '{waiver.AllowUpTo}' is not a valid growth: {reason}");
            }

            if ((ceiling!.Percent ?? 0) <= (growth.Percent ?? 0) && (ceiling.Bytes ?? 0) <= (growth.Bytes ?? 0))
            {
                throw BudgetWaiver.NotUnderstood(waiver.Budget, $"its AllowUpTo '{waiver.AllowUpTo}' is not above the budget");
            }

            return waiver with
            {
                GrowthCeiling = ceiling,
            };
        }

        var budget = settings.Budgets.FirstOrDefault(budget => waiver.IsFor(budget.Kind.Setting, budget.Name))
            ?? throw NoBudget(waiver, settings);
        var (limit, why) = budget.Kind.Unit.Read(waiver.AllowUpTo);
        if (limit is null)
        {
            throw BudgetWaiver.NotUnderstood(
                waiver.Budget,
                budget.Kind.Unit == BudgetUnit.Layers
                    ? $"its AllowUpTo '{waiver.AllowUpTo}' is not a valid number of layers"
                    : $"its AllowUpTo '{waiver.AllowUpTo}' is not a valid size: {why}"
            );
        }

        return limit > budget.Limit
            ? waiver with
            {
                Ceiling = limit,
            }
            : throw BudgetWaiver.NotUnderstood(waiver.Budget, $"its AllowUpTo '{waiver.AllowUpTo}' is not above the budget");
    }

    private static MultiStageException NoBudget(BudgetWaiver waiver, BudgetSettings settings)
    {
        var names = settings
            .Budgets.Select(budget => budget.Name ?? budget.Kind.Setting)
            .Concat(settings.Growth is null ? [] : [GrowthBudget.Property])
            .ToList();
        return BudgetWaiver.NotUnderstood(
            waiver.Budget,
            names.Count == 0 ? "the project has no budget" : $"there is no such budget; the budgets are {string.Join(", ", names)}"
        );
    }
}

/// <summary>A <c>ContainerBudgetWaiver</c> item, as the project has it.</summary>
/// <param name="Budget">Its name (<c>Include</c>).</param>
/// <param name="Reason">Why there is one.</param>
/// <param name="AllowUpTo">What takes the place of the limit.</param>
public sealed record WaiverItem(string Budget, string Until, string Reason, string AllowUpTo);
