using Microsoft.Build.Framework;
using MultiStage.Build.Budgets;
using MultiStage.Build.Budgets.Waivers;
using MultiStage.Build.Pipeline;

namespace MultiStage.Build.Tasks;

/// <summary>Reads every budget of the project, before anything is built, and writes them to <c>budgets.json</c>.</summary>
[MSBuildMultiThreadableTask]
public sealed class ReadSizeBudgets : MultiStageTask
{
    /// <summary>The limits: a property by its name with its value as <c>Max</c>; an item with its own metadata, and its type as
    /// <c>Setting</c>.</summary>
    public ITaskItem[] Limits { get; set; } = [];

    /// <summary><c>ContainerPlatformBudget</c> items, with a limit for each property that their metadata names.</summary>
    public ITaskItem[] Platforms { get; set; } = [];

    /// <summary><c>ContainerBudgetWaiver</c> items, with their <c>Until</c>, <c>Reason</c> and <c>AllowUpTo</c>.</summary>
    public ITaskItem[] Waivers { get; set; } = [];

    /// <summary><c>ContainerSizeBudgetWarnAt</c>.</summary>
    public string WarnAt { get; set; } = "";

    /// <summary><c>ContainerSizeBudgetSeverity</c>.</summary>
    public string Severity { get; set; } = "";

    /// <summary><c>ContainerSizeBaseline</c>.</summary>
    [Required]
    public string Baseline { get; set; } = "";

    /// <summary><c>ContainerSizeBaselineImage</c>; empty where the baseline is a file.</summary>
    public string BaselineImage { get; set; } = "";

    /// <summary><c>TargetFramework</c>.</summary>
    public string TargetFramework { get; set; } = "";

    /// <summary><c>TargetFrameworks</c>; where there are several, a command has to name one.</summary>
    public string TargetFrameworks { get; set; } = "";

    /// <summary><c>ContainerImage</c>.</summary>
    public string Image { get; set; } = "";

    /// <summary><c>ContainerArchive</c>.</summary>
    public string Archive { get; set; } = "";

    /// <summary><c>ContainerRuntimeIdentifier</c>.</summary>
    public string RuntimeIdentifier { get; set; } = "";

    /// <inheritdoc />
    protected override Task RunAsync(TargetRun run, CancellationToken cancellationToken)
    {
        new BudgetsTarget(run)
        {
            Budgets = new()
            {
                Limits = [.. Limits.Select(Limit)],
                Platforms = ProjectItems.Read(Platforms, "ContainerPlatformBudget"),
                Waivers = [.. Waivers.Select(Waiver)],
                WarnAt = WarnAt,
                Severity = Severity,
            },
            Baseline = Baseline,
            BaselineImage = BaselineImage,
            TargetFramework = TargetFramework,
            TargetFrameworks = TargetFrameworks,
            Image = Image,
            Archive = Archive,
            RuntimeIdentifier = RuntimeIdentifier,
        }.Run();
        return Task.CompletedTask;
    }

    private static WaiverItem Waiver(ITaskItem item) =>
        new(item.ItemSpec, item.GetMetadata("Until"), item.GetMetadata("Reason"), item.GetMetadata("AllowUpTo"));

    private static BudgetLimit Limit(ITaskItem item) =>
        item.GetMetadata("Setting") is { Length: > 0 } setting
            ? new BudgetLimit(setting, item.GetMetadata("Max")) { Name = item.ItemSpec, Path = item.GetMetadata("Path") }
            : new BudgetLimit(item.ItemSpec, item.GetMetadata("Max"));
}
