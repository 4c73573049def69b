using Microsoft.Build.Framework;
using MultiStage.Build.Pipeline;

namespace MultiStage.Build.Tasks;

/// <summary>Measures an image that something else built, holds it against the project's budgets, and writes the files that
/// <see cref="MeasureImage"/> does.</summary>
[MSBuildMultiThreadableTask]
public sealed class MeasureForeignImage : MultiStageTask
{
    /// <summary><c>ContainerImage</c>; empty where an archive is measured.</summary>
    public string Image { get; set; } = "";

    /// <summary><c>ContainerArchive</c>; empty where an image on the daemon is measured.</summary>
    public string Archive { get; set; } = "";

    /// <summary><c>ContainerRuntimeIdentifier</c>, which chooses among platforms; empty for this machine's own.</summary>
    public string RuntimeIdentifier { get; set; } = "";

    /// <summary>Whether the image's files should be known even where every budget is kept, for a report.</summary>
    public bool Explain { get; set; }

    /// <inheritdoc />
    protected override Task RunAsync(TargetRun run, CancellationToken cancellationToken) =>
        new MeasureForeignTarget(run)
        {
            Image = Image,
            Archive = Archive,
            RuntimeIdentifier = RuntimeIdentifier,
            Explain = Explain,
        }.RunAsync(cancellationToken);
}
