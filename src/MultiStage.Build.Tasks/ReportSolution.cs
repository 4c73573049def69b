using Microsoft.Build.Framework;
using MultiStage.Build.Pipeline;

namespace MultiStage.Build.Tasks;

/// <summary>Shows the images of a solution together, after the last of them.</summary>
[MSBuildMultiThreadableTask]
public sealed class ReportSolution : MultiStageTask
{
    /// <summary>The projects, with <c>Run</c>, <c>IsDelivered</c> and <c>Copies</c>.</summary>
    [Required]
    public ITaskItem[] Projects { get; set; } = [];

    /// <summary>The name of the project that runs this.</summary>
    [Required]
    public string Caller { get; set; } = "";

    /// <inheritdoc />
    protected override Task RunAsync(TargetRun run, CancellationToken cancellationToken)
    {
        new SolutionTarget(run)
        {
            Caller = Caller,
            Projects =
            [
                .. Projects.Select(project => new SolutionRun(
                    project.ItemSpec,
                    project.GetMetadata("Run"),
                    project.GetMetadata("IsDelivered") == "true",
                    project.GetMetadata("Copies")
                )),
            ],
        }.Run();
        return Task.CompletedTask;
    }
}
