using System.Collections.Immutable;
using System.Globalization;
using MultiStage.Build.Budgets.Waivers;
using MultiStage.Build.Diagnostics;

namespace MultiStage.Build.Budgets;

/// <summary>Reads the budgets of a project from its properties and items (pure).</summary>
public static class BudgetReader
{
    private const string Max = "Max";

    /// <summary>Reads every budget, or says what cannot be read.</summary>
    /// <param name="properties">The properties and items.</param>
    /// <returns>The budgets, in a fixed order.</returns>
    /// <exception cref="MultiStageException">
    /// <see cref="Codes.BudgetNotUnderstood"/>, <see cref="Codes.ValueNotUnderstood"/>, <see cref="Codes.BudgetIncomplete"/>,
    /// <see cref="Codes.WarnAtUnusable"/>, <see cref="Codes.GrowthBudgetNotUnderstood"/> or <see cref="Codes.WaiverNotUnderstood"/>.
    /// </exception>
    public static BudgetSettings Read(BudgetProperties properties)
    {
        IEnumerable<Budget?> budgets =
        [
            Size(BudgetMetric.Total, BudgetSettings.TotalProperty, properties.Total),
            Size(BudgetMetric.App, BudgetSettings.AppProperty, properties.App),
            Size(BudgetMetric.Layer, BudgetSettings.LayerProperty, properties.Layer),
            Count(BudgetSettings.LayerCountProperty, properties.LayerCount),
            Size(BudgetMetric.Compressed, BudgetSettings.CompressedProperty, properties.Compressed),
            Size(BudgetMetric.Wasted, BudgetSettings.WastedProperty, properties.Wasted),
            .. properties.Paths.Select(Path),
            .. properties.Stages.Select(Stage),
        ];
        ImmutableArray<Budget> limits = [.. budgets.OfType<Budget>()];
        RefuseTwins(limits);
        var settings = new BudgetSettings(Warned(limits, properties.WarnAt.Trim()), Severity(properties.Severity)) { Growth = GrowthBudget.Parse(properties.Growth) };
        return settings with { Waivers = WaiverReader.Read(properties.Waivers, settings) };
    }

    private static Budget? Size(BudgetMetric metric, string property, string text) =>
        ByteSize.ParseBudget(property, text) is { } limit ? new Budget(metric, limit, property) : null;

    private static Budget? Count(string property, string text)
    {
        text = text.Trim();
        if (text.Length == 0)
            return null;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit > 0
            ? new Budget(BudgetMetric.LayerCount, limit, property)
            : throw Codes.ValueNotUnderstood.ErrorAbout(property, property, text, "a whole number of layers, at least 1");
    }

    private static Budget Path(PathBudgetItem item)
    {
        const string Item = BudgetSettings.PathItem;
        var pattern = Required(Item, item.Name, "Path", item.Path, "/app/wwwroot/**");
        if (!pattern.StartsWith('/'))
            throw Codes.ValueNotUnderstood.ErrorAbout(Item, $"{Item} '{item.Name}' Path", pattern, "an absolute path in the image, such as /app/wwwroot/**");
        return new Budget(BudgetMetric.Path, Limit(Item, item.Name, item.Max), Item) { Name = item.Name, Path = pattern };
    }

    private static Budget Stage(StageBudgetItem item) =>
        new(BudgetMetric.Stage, Limit(BudgetSettings.StageItem, item.Stage, item.Max), BudgetSettings.StageItem) { Name = item.Stage };

    private static long Limit(string item, string name, string max) =>
        ByteSize.TryParse(Required(item, name, Max, max, "20MB"), out var bytes, out var reason)
            ? bytes
            : throw Codes.BudgetNotUnderstood.ErrorAbout(item, $"{Max} of {item} '{name}'", max.Trim(), reason);

    private static string Required(string item, string name, string metadata, string value, string example) =>
        value.Trim() is { Length: > 0 } text ? text : throw Codes.BudgetIncomplete.ErrorAbout(item, item, name, metadata, example);

    // Of two limits on one thing a reader would not know which one holds.
    private static void RefuseTwins(ImmutableArray<Budget> budgets)
    {
        var twins = budgets.Where(budget => budget.Name is not null)
            .GroupBy(budget => (budget.Property, Name: budget.Name!.ToUpperInvariant()))
            .FirstOrDefault(group => group.Skip(1).Any());
        if (twins is not null)
            throw Codes.BudgetTwice.ErrorAbout(twins.Key.Property, twins.Key.Property, twins.First().Name);
    }

    private static ImmutableArray<Budget> Warned(ImmutableArray<Budget> budgets, string text)
    {
        if (text.Length == 0)
            return budgets;
        if (text.EndsWith('%'))
        {
            var percent = WarnPercent(text);
            return budgets.Length > 0
                ? [.. budgets.Select(budget => budget with { WarnAt = (long)Math.Floor(budget.Limit * percent / 100) })]
                : throw Unusable(text, "there is no budget that it could be a part of");
        }

        var size = ByteSize.ParseBudget(BudgetSettings.WarnAtProperty, text)!.Value;
        if (budgets.FirstOrDefault(budget => budget.Metric == BudgetMetric.Total) is not { } total)
            throw Unusable(text, $"a size is a point below {BudgetSettings.TotalProperty}, which is not set");
        if (size >= total.Limit)
            throw Unusable(text, $"it is not below {BudgetSettings.TotalProperty}");
        return [.. budgets.Select(budget => budget == total ? budget with { WarnAt = size } : budget)];
    }

    private static decimal WarnPercent(string text) =>
        decimal.TryParse(text[..^1].Trim(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var percent) && percent is > 0 and < 100
            ? percent
            : throw Unusable(text, "a percentage lies between 0 and 100");

    private static MultiStageException Unusable(string text, string reason) =>
        Codes.WarnAtUnusable.ErrorAbout(BudgetSettings.WarnAtProperty, text, reason);

    private static DiagnosticSeverity Severity(string text) => text.Trim().ToUpperInvariant() switch
    {
        "" or "ERROR" => DiagnosticSeverity.Error,
        "WARNING" => DiagnosticSeverity.Warning,
        _ => throw Codes.ValueNotUnderstood.ErrorAbout(BudgetSettings.SeverityProperty, BudgetSettings.SeverityProperty, text, "error or warning"),
    };
}
