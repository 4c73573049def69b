using MultiStage.Build.Diagnostics;

namespace MultiStage.Build.Pipeline.Exploring;

/// <summary>The log of one variant: what a publish shows is a detail here, and its errors are the variant's and not the build's.</summary>
/// <param name="log">The log of the whole.</param>
internal sealed class QuietLog(ITargetLog log) : ITargetLog
{
    /// <summary>The first error; null where there was none.</summary>
    public string? FirstError { get; private set; }

    /// <inheritdoc />
    public void Message(Verbosity verbosity, string text) =>
        log.Message(verbosity is Verbosity.Minimal ? Verbosity.Normal : verbosity, text);

    /// <inheritdoc />
    public void Problem(DiagnosticSeverity severity, string? code, SourceLocation? place, string text, string? link)
    {
        if (severity is DiagnosticSeverity.Error)
        {
            FirstError ??= code is null ? text : $"{code}: {text}";
        }

        log.Message(Verbosity.Normal, text);
    }

    /// <inheritdoc />
    public void Command(string command) => log.Command(command);
}
