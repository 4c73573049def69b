using MultiStage.Build.Budgets;

namespace MultiStage.Build.Tasks;

/// <summary>Fails the build for each budget that the image breaks, before the image gets a name.</summary>
public sealed class EnforceSizeBudgets : MultiStageTask
{
    /// <summary><c>ContainerSizeBudgetSeverity</c>; empty for <c>error</c>.</summary>
    public string SizeBudgetSeverity { get; set; } = "";

    /// <inheritdoc />
    protected override Task RunAsync(CancellationToken cancellationToken)
    {
        var severity = BudgetSettings.Parse("", SizeBudgetSeverity).Severity;
        var report = ReadSize();
        foreach (var verdict in report.Verdicts.Where(verdict => !verdict.Passed))
        {
            Report(BudgetDiagnostics.Of(verdict, report.Sizes, report.Image, severity), severity);
        }

        return Task.CompletedTask;
    }
}
