using System.Collections.Immutable;
using System.Globalization;
using MultiStage.Build.Budgets.Waivers;
using MultiStage.Build.Diagnostics;
using MultiStage.Build.Measurement;

namespace MultiStage.Build.Budgets;

/// <summary>Reads the budgets of a project from its properties and items (pure).</summary>
internal static class BudgetReader
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
        if (properties.Limits.FirstOrDefault(limit => BudgetKinds.All.All(kind => kind.Setting != limit.Setting)) is { } unknown)
        {
            throw new ArgumentException($"No kind of budget is set by {unknown.Setting}.", nameof(properties));
        }

        var kinds = BudgetKinds.All.Where(kind => kind != BudgetKinds.Growth);
        ImmutableArray<Budget> limits =
        [
            .. kinds.SelectMany(kind => properties.Of(kind).Select(limit => Read(kind, limit))).OfType<Budget>(),
        ];
        RefuseTwins(limits);
        var settings = new BudgetSettings(Warned(limits, properties.WarnAt.Trim()), Severity(properties.Severity))
        {
            Growth = GrowthBudget.Parse(properties.Of(BudgetKinds.Growth).SingleOrDefault()?.Max),
            OfPlatforms = PartOf(PlatformBudgets.Read(properties.Platforms), properties.WarnAt.Trim()),
        };
        return settings with { Waivers = WaiverReader.Read(properties.Waivers, settings) };
    }

    private static Budget? Read(BudgetKind kind, BudgetLimit limit) => kind.IsItem ? Item(kind, limit) : Property(kind, limit.Max.Trim());

    private static Budget? Property(BudgetKind kind, string text) =>
        text.Length == 0 ? null : new Budget(kind, Limit(kind, text, kind.Setting));

    private static Budget Item(BudgetKind kind, BudgetLimit item)
    {
        var path = kind.HasPath ? Path(kind.Setting, item) : null;
        var max = Required(kind.Setting, item.Name, Max, item.Max, "20MB");
        return new Budget(kind, Limit(kind, max, $"{Max} of {kind.Setting} '{item.Name}'")) { Name = item.Name, Path = path };
    }

    private static string Path(string setting, BudgetLimit item)
    {
        var pattern = Required(setting, item.Name, "Path", item.Path, "/app/wwwroot/**");
        if (pattern.StartsWith('/'))
        {
            _ = PathPattern.Parse(pattern);
            return pattern;
        }

        throw Codes.ValueNotUnderstood.ErrorAbout(
            setting,
            $"{setting} '{item.Name}' Path",
            pattern,
            "an absolute path in the image, such as /app/wwwroot/**"
        );
    }

    /// <param name="text">The limit, as the project has it.</param>
    /// <param name="what">What the message calls it.</param>
    internal static long Limit(BudgetKind kind, string text, string what)
    {
        var (limit, reason) = kind.Unit.Read(text);
        return limit
            ?? throw (
                kind.Unit == BudgetUnit.Layers
                    ? Codes.ValueNotUnderstood.ErrorAbout(kind.Setting, what, text, "a whole number of layers, at least 1")
                    : Codes.BudgetNotUnderstood.ErrorAbout(kind.Setting, what, text, reason)
            );
    }

    private static string Required(string item, string name, string metadata, string value, string example) =>
        value.Trim() is { Length: > 0 } text ? text : throw Codes.BudgetIncomplete.ErrorAbout(item, item, name, metadata, example);

    // Of two limits on one thing a reader would not know which one holds.
    private static void RefuseTwins(ImmutableArray<Budget> budgets)
    {
        var twins = budgets
            .Where(budget => budget.Name is not null)
            .GroupBy(budget => (Property: budget.Kind.Setting, Name: budget.Name!.ToUpperInvariant()))
            .FirstOrDefault(group => group.Skip(1).Any());
        if (twins is not null)
        {
            throw Codes.BudgetTwice.ErrorAbout(twins.Key.Property, twins.Key.Property, twins.First().Name);
        }
    }

    // A size is a point below the one limit for all.
    private static ImmutableArray<Budget> PartOf(ImmutableArray<Budget> budgets, string warnAt) =>
        budgets.IsEmpty || !warnAt.EndsWith('%') ? budgets : Warned(budgets, warnAt);

    private static ImmutableArray<Budget> Warned(ImmutableArray<Budget> budgets, string text)
    {
        if (text.Length == 0)
        {
            return budgets;
        }

        if (text.EndsWith('%'))
        {
            var percent = WarnPercent(text);
            return budgets.Length > 0
                ? [.. budgets.Select(budget => budget with { WarnAt = (long)Math.Floor(budget.Limit * percent / 100) })]
                : throw Unusable(text, "there is no budget that it could be a part of");
        }

        var size = ByteSize.ParseBudget(BudgetSettings.WarnAtProperty, text)!.Value;
        if (budgets.FirstOrDefault(budget => budget.Kind == BudgetKinds.Total) is not { } total)
        {
            throw Unusable(text, $"a size is a point below {BudgetKinds.Total.Setting}, which is not set");
        }

        if (size >= total.Limit)
        {
            throw Unusable(text, $"it is not below {BudgetKinds.Total.Setting}");
        }

        return [.. budgets.Select(budget => budget == total ? budget with { WarnAt = size } : budget)];
    }

    private static decimal WarnPercent(string text) =>
        decimal.TryParse(text[..^1].Trim(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var percent)
        && percent is > 0 and < 100
            ? percent
            : throw Unusable(text, "a percentage lies between 0 and 100");

    private static MultiStageException Unusable(string text, string reason) =>
        Codes.WarnAtUnusable.ErrorAbout(BudgetSettings.WarnAtProperty, text, reason);

    private static DiagnosticSeverity Severity(string text) =>
        text.Trim().ToUpperInvariant() switch
        {
            "" or "ERROR" => DiagnosticSeverity.Error,
            "WARNING" => DiagnosticSeverity.Warning,
            _ => throw Codes.ValueNotUnderstood.ErrorAbout(
                BudgetSettings.SeverityProperty,
                BudgetSettings.SeverityProperty,
                text,
                "error or warning"
            ),
        };
}
