using System.Collections.Immutable;
using MultiStage.Build.Diagnostics;
using MultiStage.Build.Images;

namespace MultiStage.Build.Budgets;

/// <summary>Reads the limits that hold for one platform of several, in place of those for all (pure).</summary>
internal static class PlatformBudgets
{
    /// <summary>The item that sets them: each metadata is called as the property that it stands in for.</summary>
    public const string Item = "ContainerPlatformBudget";

    private static readonly ImmutableArray<BudgetKind> s_kinds =
    [
        .. BudgetKinds.All.Where(kind => !kind.IsItem && kind != BudgetKinds.Growth),
    ];

    /// <param name="items">The <c>ContainerPlatformBudget</c> items.</param>
    /// <exception cref="MultiStageException"><see cref="Codes.BudgetPlatformUnknown"/>, <see cref="Codes.BudgetTwice"/>, or of the
    /// limit.</exception>
    /// <returns>The budgets, each with its platform.</returns>
    public static ImmutableArray<Budget> Read(ImmutableArray<ProjectItem> items)
    {
        var twice = items.GroupBy(PlatformOf).FirstOrDefault(group => group.Skip(1).Any());
        return twice is null ? [.. items.SelectMany(Read)] : throw Codes.BudgetTwice.ErrorAt(twice.Last(), Item, twice.Last().Include);
    }

    /// <summary>Refuses budgets for platforms that the image is not for: they could never fail.</summary>
    /// <exception cref="MultiStageException"><see cref="Codes.BudgetPlatformUnknown"/>.</exception>
    public static void Require(ImmutableArray<Budget> budgets, IReadOnlyCollection<Platform> platforms)
    {
        if (budgets.FirstOrDefault(budget => !platforms.Contains(budget.Platform!)) is { } stray)
        {
            var why =
                platforms.Count == 0
                    ? $"is a limit for one of several platforms, and this image is for one alone: set {stray.Kind.Setting}, "
                        + "or give the item a Condition"
                    : $"names a platform that the image is not for: it is for {string.Join(", ", platforms)}";
            throw Codes.BudgetPlatformUnknown.ErrorAbout(Item, stray.Platform, why);
        }
    }

    private static IEnumerable<Budget> Read(ProjectItem item)
    {
        if (item.Metadata.Keys.FirstOrDefault(name => !s_kinds.Any(kind => Is(kind, name))) is { } unknown)
        {
            var known = string.Join(", ", s_kinds.Select(kind => kind.Setting));
            throw Codes.BudgetPlatformUnknown.ErrorAt(item, item.Include, $"has the metadata {unknown}, which is not one of {known}");
        }

        var limits = s_kinds.Where(kind => item[kind.Setting].Trim().Length > 0).ToList();
        if (limits.Count == 0)
        {
            throw Codes.BudgetPlatformUnknown.ErrorAt(item, item.Include, $"sets no limit, such as {BudgetKinds.Total.Setting}=\"120MB\"");
        }

        var platform = PlatformOf(item);
        return limits.Select(kind => new Budget(kind, BudgetReader.Limit(kind, item[kind.Setting].Trim(), $"{kind.Setting} for {platform}"))
        {
            Platform = platform,
        });
    }

    private static bool Is(BudgetKind kind, string name) => kind.Setting.Equals(name, StringComparison.OrdinalIgnoreCase);

    private static Platform PlatformOf(ProjectItem item) =>
        RuntimeIdentifier.TryParse(item.Include)?.Platform
        ?? Platform.TryParse(item.Include)
        ?? throw Codes.BudgetPlatformUnknown.ErrorAt(item, item.Include, "is not a platform, such as linux-arm64");
}
