using Microsoft.Build.Framework;
using MultiStage.Build.Diagnostics;
using MultiStage.Build.Pipeline;

namespace MultiStage.Build.Tasks;

/// <summary>A task over the core: cancelable, and with one canonical line for what goes wrong.</summary>
public abstract class MultiStageTask : Microsoft.Build.Utilities.Task, ICancelableTask, IDisposable
{
    private readonly CancellationTokenSource _cancellation = new();

    /// <summary>The folder of the run's files: a <see cref="PipelineRun"/> below <c>$(IntermediateOutputPath)multistage</c>,
    /// absolute.</summary>
    [Required]
    public string PipelineDirectory { get; set; } = "";

    /// <summary>The project's absolute path.</summary>
    [Required]
    public string ProjectFile { get; set; } = "";

    /// <summary><c>ContainerSilenceLimit</c>; empty for the default.</summary>
    public string SilenceLimit { get; set; } = "";

    /// <summary><c>ContainerBuildSilenceLimit</c>; empty for the default.</summary>
    public string BuildSilenceLimit { get; set; } = "";

    /// <inheritdoc />
    public void Cancel() => _cancellation.Cancel();

    /// <inheritdoc />
    public override bool Execute()
    {
        var run = new TargetRun(ProjectFile, PipelineDirectory, new TaskLog(Log))
        {
            SilenceLimit = SilenceLimit,
            BuildSilenceLimit = BuildSilenceLimit,
        };
        try
        {
            RunAsync(run, _cancellation.Token).GetAwaiter().GetResult();
        }
        catch (MultiStageException exception)
        {
            run.Report(exception.Diagnostic);
        }
        catch (OperationCanceledException) when (_cancellation.IsCancellationRequested)
        {
            // MSBuild says itself that the build was cancelled; a task only has to fail.
            return false;
        }

        return !Log.HasLoggedErrors;
    }

    /// <summary>Does the task's work.</summary>
    /// <param name="run">What the target works with.</param>
    protected abstract Task RunAsync(TargetRun run, CancellationToken cancellationToken);

    /// <summary>The properties that the build was given, by name in any casing, escaped as MSBuild has them.</summary>
    private protected IReadOnlyDictionary<string, string> GivenProperties => ((IBuildEngine6)BuildEngine).GetGlobalProperties();

    /// <summary>Releases what the task holds.</summary>
    /// <param name="disposing">Whether it is called by <see cref="Dispose()"/>.</param>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            _cancellation.Dispose();
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }
}
