using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;
using MultiStage.Build.Diagnostics;
using MultiStage.Build.Pipeline;
using MultiStage.Build.Reporting;

namespace MultiStage.Build.Tasks;

internal sealed class TaskLog(TaskLoggingHelper log) : ITargetLog
{
    public void Message(Verbosity verbosity, string text) =>
        log.LogMessage(
            verbosity switch
            {
                Verbosity.Minimal => MessageImportance.High,
                Verbosity.Normal => MessageImportance.Normal,
                _ => MessageImportance.Low,
            },
            "{0}",
            LogText.Safe(text)
        );

    public void Command(string command) => log.LogMessage(MessageImportance.High, "{0}", command);

    public void Problem(DiagnosticSeverity severity, string? code, SourceLocation? place, string text, string? link)
    {
        text = LogText.Safe(text);
        var (file, line, column) = (place?.File, place?.Line ?? 0, place?.Column ?? 0);
        if (severity == DiagnosticSeverity.Error)
        {
            log.LogError(null, code, null, link, file, line, column, 0, 0, "{0}", text);
        }
        else
        {
            log.LogWarning(null, code, null, link, file, line, column, 0, 0, "{0}", text);
        }
    }
}
