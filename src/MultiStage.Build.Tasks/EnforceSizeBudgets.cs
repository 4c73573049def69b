using Microsoft.Build.Framework;
using MultiStage.Build.Reporting;

namespace MultiStage.Build.Tasks;

/// <summary>Fails the build for each budget that the image breaks, before the image gets a name.</summary>
[MSBuildMultiThreadableTask]
public sealed class EnforceSizeBudgets : SizeTask
{
    /// <inheritdoc />
    protected override Task RunAsync(CancellationToken cancellationToken)
    {
        foreach (var (diagnostic, _) in GateProblems.Of(ReadSize(), ReadBudgets(), Place))
            Report(diagnostic);
        return Task.CompletedTask;
    }
}
