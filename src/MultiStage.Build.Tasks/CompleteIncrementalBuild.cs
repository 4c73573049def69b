using Microsoft.Build.Framework;
using MultiStage.Build.Publishing;

namespace MultiStage.Build.Tasks;

/// <summary>Inside the builder, after everything has succeeded: keeps what the build left.</summary>
public sealed class CompleteIncrementalBuild : MultiStageTask
{
    /// <summary><c>MultiStageBuildCache</c>.</summary>
    [Required]
    public string Cache { get; set; } = "";

    /// <inheritdoc />
    protected override Task RunAsync(CancellationToken cancellationToken)
    {
        // It is not there where it could not begin, which was told.
        if (((IBuildEngine4)BuildEngine).GetRegisteredTaskObject(BeginIncrementalBuild.BuildKey, RegisteredTaskObjectLifetime.Build) is not IncrementalBuild build)
        {
            return Task.CompletedTask;
        }

        try
        {
            if (!build.Complete())
            {
                Log.LogMessage(MessageImportance.High, "This build is not kept: it wrote sources or files that belong to no project, or a package rewrites assemblies.");
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Report(Diagnostics.BuildCacheUnusable.With(Cache, e.Message));
        }

        return Task.CompletedTask;
    }
}
