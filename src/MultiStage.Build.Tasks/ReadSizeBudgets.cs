using Microsoft.Build.Framework;
using MultiStage.Build.Budgets;
using MultiStage.Build.Budgets.Waivers;

namespace MultiStage.Build.Tasks;

/// <summary>Reads every budget of the project, before anything is built, and writes them to <c>budgets.json</c>.</summary>
[MSBuildMultiThreadableTask]
public sealed class ReadSizeBudgets : MultiStageTask
{
    /// <summary>The limits: a property by its name with its value as <c>Max</c>; an item with its own metadata, and its type as
    /// <c>Setting</c>.</summary>
    public ITaskItem[] Limits { get; set; } = [];

    /// <summary><c>ContainerBudgetWaiver</c> items, with their <c>Until</c>, <c>Reason</c> and <c>AllowUpTo</c>.</summary>
    public ITaskItem[] Waivers { get; set; } = [];

    /// <summary><c>ContainerSizeBudgetWarnAt</c>.</summary>
    public string WarnAt { get; set; } = "";

    /// <summary><c>ContainerSizeBudgetSeverity</c>.</summary>
    public string Severity { get; set; } = "";

    /// <inheritdoc />
    protected override Task RunAsync(CancellationToken cancellationToken)
    {
        Write(
            PipelineFiles.Budgets,
            BudgetReader.Read(
                new BudgetProperties
                {
                    Limits = [.. Limits.Select(Limit)],
                    Waivers =
                    [
                        .. Waivers.Select(item => new WaiverItem(
                            item.ItemSpec,
                            item.GetMetadata("Until"),
                            item.GetMetadata("Reason"),
                            item.GetMetadata("AllowUpTo")
                        )),
                    ],
                    WarnAt = WarnAt,
                    Severity = Severity,
                }
            )
        );
        return Task.CompletedTask;
    }

    private static BudgetLimit Limit(ITaskItem item) =>
        item.GetMetadata("Setting") is { Length: > 0 } setting
            ? new BudgetLimit(setting, item.GetMetadata("Max")) { Name = item.ItemSpec, Path = item.GetMetadata("Path") }
            : new BudgetLimit(item.ItemSpec, item.GetMetadata("Max"));
}
