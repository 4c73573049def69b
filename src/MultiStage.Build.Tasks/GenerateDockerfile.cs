using Microsoft.Build.Framework;
using MultiStage.Build.Pipeline;

namespace MultiStage.Build.Tasks;

/// <summary>Plans the build and writes it as a Dockerfile with its ignore file. Needs no Docker.</summary>
[MSBuildMultiThreadableTask]
public sealed class GenerateDockerfile : MultiStageTask
{
    /// <summary><c>ContainerDockerfileOutput</c>: where the Dockerfile is written, relative to the project.</summary>
    [Required]
    public string DockerfileOutput { get; set; } = "";

    /// <summary><c>ContainerTarget</c>; checked here, so that a wrong name costs nothing.</summary>
    public string Target { get; set; } = "";

    /// <summary>Compares instead of writing, and fails where the files on disk differ.</summary>
    public bool CheckOnly { get; set; }

    /// <summary>The Dockerfile's absolute path.</summary>
    [Output]
    public string Dockerfile { get; private set; } = "";

    /// <inheritdoc />
    protected override Task RunAsync(TargetRun run, CancellationToken cancellationToken)
    {
        Dockerfile = new GenerateTarget(run)
        {
            Output = DockerfileOutput,
            Target = Target,
            CheckOnly = CheckOnly,
        }.Run();
        return Task.CompletedTask;
    }
}
