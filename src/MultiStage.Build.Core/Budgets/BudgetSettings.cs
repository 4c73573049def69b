using System.Collections.Immutable;

namespace MultiStage.Build.Budgets;

/// <summary>The size budgets of a project.</summary>
/// <param name="Budgets">The limits; none where the project sets none.</param>
/// <param name="Severity">What a broken budget is: an error keeps the image from being tagged and pushed, a warning does not.</param>
public sealed record BudgetSettings(ImmutableArray<Budget> Budgets, DiagnosticSeverity Severity)
{
    /// <summary>The property that limits the whole image.</summary>
    public const string TotalProperty = "ContainerSizeBudget";

    /// <summary>The property that says what a broken budget is.</summary>
    public const string SeverityProperty = "ContainerSizeBudgetSeverity";

    /// <summary>Reads the budgets from the values of their properties.</summary>
    /// <param name="total"><see cref="TotalProperty"/>, a size; empty for no limit.</param>
    /// <param name="severity"><see cref="SeverityProperty"/>, <c>error</c> or <c>warning</c> in any case; empty for <c>error</c>.</param>
    /// <returns>The budgets.</returns>
    /// <exception cref="MultiStageException"><see cref="Diagnostics.BudgetNotUnderstood"/> or <see cref="Diagnostics.ValueNotUnderstood"/>.</exception>
    public static BudgetSettings Parse(string? total, string? severity) => new(
        ByteSize.ParseBudget(TotalProperty, total) is { } limit ? [new Budget(BudgetMetric.Total, limit, TotalProperty)] : [],
        ParseSeverity(severity));

    private static DiagnosticSeverity ParseSeverity(string? text) => (text ?? "").Trim().ToUpperInvariant() switch
    {
        "" or "ERROR" => DiagnosticSeverity.Error,
        "WARNING" => DiagnosticSeverity.Warning,
        _ => throw Diagnostics.ValueNotUnderstood.ErrorAbout(SeverityProperty, SeverityProperty, text, "error or warning"),
    };
}
