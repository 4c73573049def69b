using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;
using MultiStage.Build.Engines;

namespace MultiStage.Build.Tasks;

/// <summary>Writes what an engine does to the MSBuild log, as it happens: in short at minimal verbosity, in detail at normal.</summary>
/// <param name="log">The task's log.</param>
internal sealed class BuildLog(TaskLoggingHelper log) : IProgress<BuildEvent>
{
    private readonly BuildProgress _progress = new(TimeProvider.System);

    /// <inheritdoc />
    public void Report(BuildEvent value) => Write(_progress.Add(value));

    /// <summary>Ends a build that succeeded.</summary>
    public void Finish() => Write(_progress.Finish());

    /// <summary>Shows the failed step's own last lines, which minimal verbosity has not shown.</summary>
    public void ShowFailure()
    {
        if (_progress.FailureTail.Count > 0)
        {
            // One message, because each message gets a prefix of its own.
            log.LogMessage(MessageImportance.High, "{0}", string.Join(Environment.NewLine, _progress.FailureTail));
        }
    }

    private void Write(IReadOnlyList<ProgressLine> lines)
    {
        foreach (var line in lines)
        {
            log.LogMessage(line.IsDetail ? MessageImportance.Normal : MessageImportance.High, "{0}", line.Text);
        }
    }
}
