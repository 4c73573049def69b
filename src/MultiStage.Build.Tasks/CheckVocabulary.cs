using Microsoft.Build.Framework;
using MultiStage.Build.Pipeline;

namespace MultiStage.Build.Tasks;

/// <summary>Warns of names that would be ignored in silence.</summary>
[MSBuildMultiThreadableTask]
public sealed class CheckVocabulary : MultiStageTask
{
    /// <summary><c>ContainerDockerfile</c>.</summary>
    public string Dockerfile { get; set; } = "";

    /// <summary>Whether the package is the project's only SDK.</summary>
    public bool IsStandalone { get; set; }

    /// <summary><c>ContainerBuildEngine</c>.</summary>
    public string EngineName { get; set; } = "";

    /// <summary><c>LocalRegistry</c>.</summary>
    public string LocalRegistry { get; set; } = "";

    /// <inheritdoc />
    protected override Task RunAsync(TargetRun run, CancellationToken cancellationToken)
    {
        new VocabularyTarget(run)
        {
            Dockerfile = Dockerfile,
            IsStandalone = IsStandalone,
            Engine = EngineName,
            LocalRegistry = LocalRegistry,
            Given = [.. GivenProperties.Keys],
        }.Run();
        return Task.CompletedTask;
    }
}
