using MultiStage.Build.Context;
using MultiStage.Build.Diagnostics;
using MultiStage.Build.Engines.Progress;
using MultiStage.Build.Projects.Closure;
using MultiStage.Build.Projects.Evaluation;

namespace MultiStage.Build.Pipeline.Building;

/// <summary>Writes what an engine does to the build's log, as it happens: in short at minimal verbosity, in detail at normal.</summary>
/// <param name="context">The build context's absolute path, for the places of errors; null where nothing is built.</param>
internal sealed class BuildLog(ITargetLog log, string? context = null) : IProgress<BuildEvent>
{
    // A broken header file makes thousands; the first ones tell.
    private const int MostErrors = 50;

    private readonly BuildProgress _progress = new(TimeProvider.System);
    private readonly HashSet<ToolError> _errors = [];
    private readonly HashSet<Diagnostic> _missing = [];

    /// <summary>Told when the daemon has the whole context, and has maybe built from it already.</summary>
    public Action<ContextSent>? OnContextSent { get; init; }

    /// <summary>Finds files that a step looks for and that were not sent; null where no project is built.</summary>
    public MissingInputs? Inputs { get; set; }

    /// <inheritdoc />
    public void Report(BuildEvent value)
    {
        if (value is ContextSent sent)
        {
            OnContextSent?.Invoke(sent);
        }

        Write(_progress.Add(value));
        if (
            value is StepOutput output
            && context is not null
            && _errors.Count < MostErrors
            && ToolErrors.Parse(output.Text, GlobalProperties.SourceFolder, context) is { } error
        )
        {
            _errors.Add(error);
        }

        if (
            value is StepOutput { Text: var text }
            && _missing.Count < MostErrors
            && Inputs is not null
            && (Inputs.Find(text) ?? MissingCommand.Find(text)) is { } missing
        )
        {
            _missing.Add(missing);
        }
    }

    /// <summary>Ends a build that succeeded.</summary>
    public void Finish() => Write(_progress.Finish());

    /// <summary>Shows the failed step's own last lines, which minimal verbosity has not shown, and the errors in them where an editor finds
    /// them.</summary>
    public void ShowFailure()
    {
        if (_progress.FailureTail.Count > 0)
        {
            log.Message(Verbosity.Minimal, string.Join(Environment.NewLine, _progress.FailureTail));
        }

        foreach (var error in _errors)
        {
            log.Problem(DiagnosticSeverity.Error, error.Code, new(error.File, error.Line, error.Column), error.Text);
        }

        if (_errors.FirstOrDefault(error => UserSources.Misses(error.Code)) is { } missed && UserSources.Missing(context!) is { } sources)
        {
            log.Problem(DiagnosticSeverity.Error, sources.Descriptor.Code, new(missed.File), sources.Message, sources.Descriptor.HelpLink);
        }

        foreach (var missing in _missing)
        {
            log.Problem(DiagnosticSeverity.Error, missing.Descriptor.Code, null, missing.Message, missing.Descriptor.HelpLink);
        }
    }

    /// <summary>Adds the failed step's last lines to an error, for a terminal. Where they held errors that an editor finds, those are shown
    /// already.</summary>
    public Diagnostic WithTail(Diagnostic diagnostic) =>
        _errors.Count > 0 || _progress.FailureTail.Count == 0
            ? diagnostic
            : diagnostic with
            {
                Block = string.Join('\n', _progress.FailureTail.Prepend(diagnostic.Message)),
            };

    private void Write(IReadOnlyList<ProgressLine> lines)
    {
        foreach (var line in lines)
        {
            log.Message(line.IsDetail ? Verbosity.Normal : Verbosity.Minimal, line.Text);
        }
    }
}
