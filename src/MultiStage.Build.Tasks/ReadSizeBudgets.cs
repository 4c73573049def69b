using Microsoft.Build.Framework;
using MultiStage.Build.Budgets;
using MultiStage.Build.Budgets.Waivers;

namespace MultiStage.Build.Tasks;

/// <summary>Reads every budget of the project, before anything is built, and writes them to <c>budgets.json</c>.</summary>
public sealed class ReadSizeBudgets : MultiStageTask
{
    /// <summary><c>ContainerSizeBudget</c>.</summary>
    public string Total { get; set; } = "";

    /// <summary><c>ContainerAppSizeBudget</c>.</summary>
    public string App { get; set; } = "";

    /// <summary><c>ContainerLayerSizeBudget</c>.</summary>
    public string Layer { get; set; } = "";

    /// <summary><c>ContainerLayerCountBudget</c>.</summary>
    public string LayerCount { get; set; } = "";

    /// <summary><c>ContainerCompressedSizeBudget</c>.</summary>
    public string Compressed { get; set; } = "";

    /// <summary><c>ContainerWastedSizeBudget</c>.</summary>
    public string Wasted { get; set; } = "";

    /// <summary><c>ContainerPathBudget</c> items, with their <c>Path</c> and <c>Max</c>.</summary>
    public ITaskItem[] Paths { get; set; } = [];

    /// <summary><c>ContainerStageBudget</c> items, with their <c>Max</c>.</summary>
    public ITaskItem[] Stages { get; set; } = [];

    /// <summary><c>ContainerSizeGrowthBudget</c>.</summary>
    public string Growth { get; set; } = "";

    /// <summary><c>ContainerBudgetWaiver</c> items, with their <c>Until</c>, <c>Reason</c> and <c>AllowUpTo</c>.</summary>
    public ITaskItem[] Waivers { get; set; } = [];

    /// <summary><c>ContainerSizeBudgetWarnAt</c>.</summary>
    public string WarnAt { get; set; } = "";

    /// <summary><c>ContainerSizeBudgetSeverity</c>.</summary>
    public string Severity { get; set; } = "";

    /// <inheritdoc />
    protected override Task RunAsync(CancellationToken cancellationToken)
    {
        Write(PipelineFiles.Budgets, BudgetReader.Read(new BudgetProperties
        {
            Total = Total,
            App = App,
            Layer = Layer,
            LayerCount = LayerCount,
            Compressed = Compressed,
            Wasted = Wasted,
            Paths = [.. Paths.Select(item => new PathBudgetItem(item.ItemSpec, item.GetMetadata("Path"), item.GetMetadata("Max")))],
            Stages = [.. Stages.Select(item => new StageBudgetItem(item.ItemSpec, item.GetMetadata("Max")))],
            Growth = Growth,
            Waivers = [.. Waivers.Select(item => new WaiverItem(item.ItemSpec, item.GetMetadata("Until"), item.GetMetadata("Reason"), item.GetMetadata("AllowUpTo")))],
            WarnAt = WarnAt,
            Severity = Severity,
        }));
        return Task.CompletedTask;
    }
}
