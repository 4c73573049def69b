using Microsoft.Build.Framework;
using MultiStage.Build.Reporting;

namespace MultiStage.Build.Tasks;

/// <summary>Tells the image's size: one line where it keeps its budgets, and what it is made of where it does not.</summary>
public sealed class ReportSize : MultiStageTask
{
    /// <inheritdoc />
    protected override Task RunAsync(CancellationToken cancellationToken)
    {
        var report = ReadSize();
        if (report.Passed)
        {
            Log.LogMessage(MessageImportance.High, "{0}", ConsoleReport.Line(report));
        }

        // One message, because each message gets a prefix of its own.
        Log.LogMessage(report.Passed ? MessageImportance.Normal : MessageImportance.High, "{0}", ConsoleReport.Table(report));
        return Task.CompletedTask;
    }
}
