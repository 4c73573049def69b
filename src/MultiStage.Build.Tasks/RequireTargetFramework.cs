using Microsoft.Build.Framework;
using MultiStage.Build.Diagnostics;
using MultiStage.Build.Pipeline;
using MultiStage.Build.Projects.Evaluation;

namespace MultiStage.Build.Tasks;

/// <summary>Refuses a project with several target frameworks, of which none was named, at the line that lists them.</summary>
[MSBuildMultiThreadableTask]
public sealed class RequireTargetFramework : MultiStageTask
{
    /// <summary><c>TargetFrameworks</c>.</summary>
    [Required]
    public string[] TargetFrameworks { get; set; } = [];

    /// <inheritdoc />
    protected override Task RunAsync(TargetRun run, CancellationToken cancellationToken) =>
        throw Codes.SeveralTargetFrameworks.ErrorAbout(
            "TargetFrameworks",
            Path.GetFileNameWithoutExtension(ProjectFile),
            string.Join(";", TargetFrameworks),
            LikelyChoice.Framework(TargetFrameworks)
        );
}
