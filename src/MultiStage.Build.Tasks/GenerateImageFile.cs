using Microsoft.Build.Framework;
using MultiStage.Build.Pipeline;

namespace MultiStage.Build.Tasks;

/// <summary>Writes a file for <c>docker buildx bake</c> or Compose, for one project or for those of a solution.</summary>
[MSBuildMultiThreadableTask]
public sealed class GenerateImageFile : MultiStageTask
{
    /// <summary>The projects, with <c>Run</c>, <c>Dockerfile</c>, <c>Stage</c> and <c>Suffix</c>.</summary>
    [Required]
    public ITaskItem[] Projects { get; set; } = [];

    /// <summary>The target that was called; empty to compare what is there.</summary>
    public string Target { get; set; } = "";

    /// <inheritdoc />
    protected override Task RunAsync(TargetRun run, CancellationToken cancellationToken)
    {
        new ImageFileTarget(run)
        {
            Target = Target,
            Projects =
            [
                .. Projects.Select(project => new ListedProject(
                    project.ItemSpec,
                    project.GetMetadata("Run"),
                    project.GetMetadata("Dockerfile"),
                    project.GetMetadata("Stage"),
                    project.GetMetadata("Suffix")
                )),
            ],
        }.Run();
        return Task.CompletedTask;
    }
}
