using Microsoft.Build.Framework;
using MultiStage.Build.Pipeline;

namespace MultiStage.Build.Tasks;

/// <summary>Writes <c>docker-bake.json</c> for one project, or for those of a solution.</summary>
[MSBuildMultiThreadableTask]
public sealed class GenerateBake : MultiStageTask
{
    /// <summary>The projects, with <c>Run</c>, <c>Dockerfile</c>, <c>Stage</c> and <c>Suffix</c>.</summary>
    [Required]
    public ITaskItem[] Projects { get; set; } = [];

    /// <summary>Compares instead of writing.</summary>
    public bool CheckOnly { get; set; }

    /// <inheritdoc />
    protected override Task RunAsync(TargetRun run, CancellationToken cancellationToken)
    {
        new BakeTarget(run)
        {
            CheckOnly = CheckOnly,
            Projects =
            [
                .. Projects.Select(project => new BakedProject(
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
