using MultiStage.Build.Budgets;

namespace MultiStage.Build.Tasks;

/// <summary>Fails the build for each budget that the image breaks, before the image gets a name.</summary>
public sealed class EnforceSizeBudgets : MultiStageTask
{
    /// <inheritdoc />
    protected override Task RunAsync(CancellationToken cancellationToken)
    {
        var severity = ReadBudgets().Severity;
        var report = ReadSize();
        foreach (var diagnostic in report.Verdicts.Select(verdict => BudgetDiagnostics.Of(verdict, report.Measured, report.Image, severity)).OfType<Diagnostic>())
        {
            Report(diagnostic);
        }

        return Task.CompletedTask;
    }
}
