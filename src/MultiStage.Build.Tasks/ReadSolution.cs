using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;
using MultiStage.Build.Pipeline;

namespace MultiStage.Build.Tasks;

/// <summary>Reads which projects a solution builds, and with which properties.</summary>
[MSBuildMultiThreadableTask]
public sealed class ReadSolution : MultiStageTask
{
    /// <summary><c>CurrentSolutionConfigurationContents</c>, which MSBuild gives to each project of a solution.</summary>
    [Required]
    public string Contents { get; set; } = "";

    /// <summary>The projects, with <c>Properties</c> for the task that calls them.</summary>
    [Output]
    public ITaskItem[] Projects { get; private set; } = [];

    /// <inheritdoc />
    protected override System.Threading.Tasks.Task RunAsync(TargetRun run, CancellationToken cancellationToken)
    {
        Projects =
        [
            .. SolutionProject
                .Read(Contents)
                .Select(project => new TaskItem(
                    project.File,
                    new Dictionary<string, string> { ["AdditionalProperties"] = project.Properties }
                )),
        ];
        return System.Threading.Tasks.Task.CompletedTask;
    }
}
